//! 大厅图 on an answer's card: the floor, and in it the window to go to. Says nothing where nobody drew it.

use crate::answer::Answer;
use crate::answer::hall::{Area, Spot, plan_with};
use crate::model::kinds::{Matter, Window};
use crate::model::{Record, RecordId, schema};
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};

pub fn card(answer: StoredValue<Answer>) -> AnyView {
    let session = use_session();
    let window = answer.with_value(|answer| window_of(session, answer));
    let Some(window) = window else { return ().into_any() };
    let links = session.links();
    let Some(plan) = session.on_day(|day| plan_with(day, &links, &window)) else {
        return ().into_any();
    };
    let here = plan.spots.iter().find(|spot| spot.window.as_ref() == Some(&window));
    let told = here.map(|spot| match spot.label == spot.name {
        true => spot.name.clone(),
        false => [&*spot.label, " ", &*spot.name].concat(),
    });
    let said = [&*plan.floor, "大厅平面图，标红的是", &told.unwrap_or_default()].concat();
    let bounds = plan.bounds();
    let spot = |spot: &Spot| {
        let here = spot.window.as_ref() == Some(&window);
        view! {
            <span class=class_of(spot) class:hall-here=here style=lies(spot.area, bounds)>{spot.label.clone()}</span>
        }
    };
    view! {
        <section class="answer-section hall">
            <h3>"在大厅哪里" <small>{plan.floor.clone()}</small></h3>
            <div class="hall-frame">
                <div class="hall-plan" role="img" aria-label=said style=shape(bounds)>
                    {plan.spots.iter().map(spot).collect_view()}
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// The window an answer leads to.
fn window_of(session: Session, answer: &Answer) -> Option<RecordId> {
    let links = session.links();
    match schema().kinds[answer.kind].spec.id {
        Matter::ID => {
            let matter = links.matters.get(answer.id.as_str())?;
            matter.window.as_ref().map(|window| window.id.clone())
        }
        Window::ID => Some(answer.id.clone()),
        _ => None,
    }
}

pub fn class_of(spot: &Spot) -> String {
    ["hall-spot hall-", spot.what.id()].concat()
}

/// How wide and deep the plan is.
pub fn shape(bounds: Area) -> String {
    format!("padding-bottom:{:.2}%", part(bounds.h, bounds.w))
}

/// Where a spot lies on it.
pub fn lies(area: Area, bounds: Area) -> String {
    format!(
        "left:{:.2}%;top:{:.2}%;width:{:.2}%;height:{:.2}%",
        part(area.x - bounds.x, bounds.w),
        part(area.y - bounds.y, bounds.h),
        part(area.w, bounds.w),
        part(area.h, bounds.h)
    )
}

/// One of another in hundredths.
fn part(of: i64, whole: i64) -> f64 {
    100.0 * of as f64 / whole.max(1) as f64
}
