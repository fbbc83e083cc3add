//! 显示: which lines are drawn over the chart and what its cards show. Chooses only; `view` says what there is and
//! `picture` draws it. Entered by address: its code waits in the second part.

use std::rc::Rc;

use crate::model::kinds::Review;
use crate::picture::chart::ties::{TieKind, Ties};
use crate::picture::chart::tying::{self, tied};
use crate::picture::chart::{Chart, ChartInput, Form};
use crate::picture::scene::{GroupId, Scene};
use crate::rules::{Links, Work};
use crate::ui::components::check::check;
use crate::ui::components::picture::carry::More;
use crate::ui::components::picture::legend_room;
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use crate::view::chart::{CardMore, ChartAsk};
use crate::view::more::has_faces;
use crate::view::ties::{TieAsk, ties};
use crate::view::work as view_work;
use crate::view::{group_id, more};

/// The bar above the chart.
pub fn bar(more: More) -> AnyView {
    let session = use_session();
    let cards = CardMore::ALL.iter().map(|one| card_check(more, *one)).collect_view();
    view! {
        <div class="since chart-more" role="group" aria-label="显示">
            {move || lines(session, more)}
            <span class="chart-more-group">
                <span class="chart-more-label">"卡片上"</span>
                {cards}
            </span>
            {move || no_faces(session, more)}
        </div>
    }
    .into_any()
}

/// Why names stand where faces were asked for.
fn no_faces(session: Session, more: More) -> Option<AnyView> {
    let asked = more.cards.with(|list| list.contains(&CardMore::Photo));
    let why = match session.form.get() {
        _ if !asked => return None,
        form if !has_faces(form) => "这个图形的卡片上没有照片。",
        _ if session.links().people.all().iter().any(|person| !person.photo.is_none()) => {
            return None;
        }
        _ => "还没有人登记照片，先写姓氏；照片在“人员”里选。",
    };
    Some(view! { <span class="quiet">{why}</span> }.into_any())
}

/// Lines this township has any of.
fn lines(session: Session, more: More) -> AnyView {
    let links = session.links();
    let form = session.form.get();
    let there =
        ties(&links, &work(session), &TieAsk { kinds: TieKind::ALL.to_vec(), form }).kinds();
    if there.is_empty() {
        let why = match form {
            Form::Chain | Form::Work => {
                "这个图形里没有别的关系线；换成“上下”“机构板”等图形可以选。"
            }
            _ => "还没有能画成线的关系：登记备岗、一人多岗、包村干部、对口县级部门或专班后就有。",
        };
        return view! { <span class="quiet">{why}</span> }.into_any();
    }
    let checks = there.into_iter().map(|kind| line_check(more, kind)).collect_view();
    view! {
        <span class="chart-more-group"><span class="chart-more-label">"关系线"</span>{checks}</span>
    }
    .into_any()
}

fn line_check(more: More, kind: TieKind) -> AnyView {
    check(
        kind.label(),
        move || more.kinds.with(|list| list.contains(&kind)),
        move |on| {
            more.kinds.update(|list| switched(list, kind, on));
        },
    )
}

fn card_check(more: More, one: CardMore) -> AnyView {
    check(
        one.label(),
        move || more.cards.with(|list| list.contains(&one)),
        move |on| {
            more.cards.update(|list| switched(list, one, on));
        },
    )
}

fn switched<T: PartialEq>(list: &mut Vec<T>, one: T, on: bool) {
    list.retain(|other| *other != one);
    if on {
        list.push(one);
    }
}

/// Cards as they are asked for.
pub fn cards((session, links, input, more): (Session, &Links, &mut ChartInput, More)) {
    let list = more.cards.get();
    let findings =
        if list.contains(&CardMore::Findings) { session.findings() } else { Rc::new([]) };
    let shows_score = list.contains(&CardMore::Score);
    let reviews: Vec<Review> =
        if shows_score { session.on_day(|day| day.all()) } else { Vec::new() };
    more::asked(input, links, (&findings, &reviews), &list);
}

/// The cards of 任务链.
pub fn work_cards((session, links, ask): (Session, &Links, &ChartAsk)) -> ChartInput {
    view_work::cards(links, &work(session), ask)
}

/// What belongs to a task besides the way up from it.
pub fn kin((session, id): (Session, &str)) -> Vec<String> {
    view_work::kin(&session.links(), &work(session), id)
}

/// Cards of 任务链 that hold what is looked for, or whose posts do.
pub fn found((session, words, posts): (Session, &str, &[String])) -> Vec<String> {
    view_work::found(&work(session), words, posts)
}

/// Cards of 任务链 that can be folded.
pub fn levels(session: Session) -> Vec<String> {
    let work = work(session);
    work.actions.all().iter().map(|action| group_id("action", &action.id)).collect()
}

fn work(session: Session) -> Work {
    session.on_day(Work::of)
}

/// The chart and its legend with the lines that are chosen.
pub fn with_lines(
    (session, links, more, chart, legend): (Session, &Links, More, Chart, Scene),
) -> (Chart, Scene, Ties) {
    let (kinds, form) = (more.kinds.get(), session.form.get());
    let found = ties(links, &work(session), &TieAsk { kinds, form });
    let shown = found.kinds();
    if shown.is_empty() {
        return (chart, legend, found);
    }
    (tied(chart, &found), tying::legend(legend, &shown, legend_room()), found)
}

/// What a card lights up by its lines.
pub fn bound((chart, id, ties): (&Chart, &str, &Ties)) -> Vec<GroupId> {
    tying::bound(&chart.scene, id, &ties.ties)
}
