//! 调整: asks what shall be done with a card, where to and from when, shows what that means, and writes it or puts
//! it on trial. What it means is said by `moving`.

use std::rc::Rc;

use crate::model::kinds::holding::HoldRole;
use crate::model::value::parse_date;
use crate::model::{Date, schema};
use crate::moving::ways::{Choices, Offered, Way, dropped, role_of, ways};
use crate::moving::{CannotMove, Move, Planned, plan};
use crate::rules::Links;
use crate::ui::components::button::TextButton;
use crate::ui::components::date::DateInput;
use crate::ui::components::dialog::{Dialog, Shape};
use crate::ui::components::picture::carry::{Asked, Moving};
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use crate::view::record_of;

struct AskingParts {
    session: Session,
    moving: Moving,
    /// The township on the chosen day.
    links: RwSignal<Rc<Links>, LocalStorage>,
    offered: StoredValue<Vec<Offered>>,
    /// Which of them.
    at: RwSignal<usize>,
    to: RwSignal<String>,
    role: RwSignal<HoldRole>,
    day: RwSignal<String>,
    problem: RwSignal<Option<String>>,
}

type Asking = Handle<AskingParts>;

/// The dialog, where a card is asked about. Entered by its address: its code waits in the second part.
pub fn dialog(moving: Moving) -> AnyView {
    view! { {move || moving.0.get().map(|asked| question(moving, &asked))} }.into_any()
}

fn question(moving: Moving, asked: &Asked) -> Option<AnyView> {
    let session = use_session();
    let day = session.day.get_untracked();
    let links = untrack(|| session.links());
    let (kind, id) = record_of(&asked.card)?;
    let kind_id = schema().kinds[kind].spec.id;
    let offered = ways(&links, kind_id, &id);
    let on = asked.on.as_ref().and_then(|on| record_of(on));
    let meant =
        on.and_then(|(on, to)| dropped(&links, (kind_id, &id), (schema().kinds[on].spec.id, &to)));
    let (way, to) = meant.unzip();
    let at = way.and_then(|way| offered.iter().position(|offered| offered.way == way)).unwrap_or(0);
    let role = role_of(&links, &offered.get(at)?.way);
    let asking = Handle::to(AskingParts {
        session,
        moving,
        links: RwSignal::new_local(links),
        offered: StoredValue::new(offered),
        at: RwSignal::new(at),
        to: RwSignal::new(to.unwrap_or_default()),
        role: RwSignal::new(role),
        day: RwSignal::new(day.to_string()),
        problem: RwSignal::new(None),
    });
    let name = session.read(|fold| fold.township().title_of(kind_id, id.as_str()));
    let title = ["调整", schema().kinds[kind].spec.label, "“", &name, "”"].concat();
    Some(view! { <Question asking=asking title=title/> }.into_any())
}

#[component]
fn Question(asking: Asking, title: String) -> impl IntoView {
    asking.follow_day();
    let planned = memo_untested(move || asking.planned());
    let session = asking.session;
    let close = move |()| asking.moving.0.set(None);
    let write = move |trial: bool| match planned.get_untracked() {
        Some(Ok(planned)) => {
            if trial && !session.begin_trial() {
                return;
            }
            session.commit(planned.draft);
            close(());
        }
        Some(Err(error)) => asking.problem.set(Some(error.to_string())),
        None => asking.problem.set(Some("请先选好要调到哪里。".to_string())),
    };
    let label = move || if session.is_trying() { "加进试排" } else { "确定调整" };
    view! {
        <Dialog title=title shape=Shape::Side close=close>
            <div class="dialog-body">
                <WayChoice asking=asking/>
                <TargetChoice asking=asking/>
                <Show when=move || asking.way().asks_role()>
                    <RoleChoice asking=asking/>
                </Show>
                <Show when=move || asking.way().asks_day()>
                    <label class="field field-short">
                        <span class="field-label">"从哪一天起"</span>
                        <DateInput id="move-day".to_string() label="从哪一天起" value=asking.day problem=asking.problem left=|()| ()/>
                    </label>
                </Show>
                {move || asking.problem.get().map(|said| view! {
                    <p class="field-problem" id="move-day-problem" role="alert">{said}</p>
                })}
                <div class="move-plan" role="status">
                    {move || planned.get().map(told)}
                </div>
            </div>
            <div class="dialog-foot">
                <button class="button button-main" on:click=move |_| write(false)>{label}</button>
                <Show when=move || !session.is_trying()>
                    <TextButton class="button" label="先试排" act=move |()| write(true)/>
                </Show>
                <TextButton class="button" label="取消" act=close/>
            </div>
        </Dialog>
    }
}

/// What will be so, and what to look at.
fn told(planned: Result<Planned, CannotMove>) -> AnyView {
    match planned {
        Err(error) => view! { <p class="notice notice-bad">{error.to_string()}</p> }.into_any(),
        Ok(Planned { lines, warnings, .. }) => view! {
            <h3 class="move-title">"会变成这样"</h3>
            <ul class="move-lines">
                {lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
            </ul>
            {warnings.into_iter().map(|line| view! { <p class="notice notice-soon">{line}</p> }).collect_view()}
        }
        .into_any(),
    }
}

#[component]
fn WayChoice(asking: Asking) -> impl IntoView {
    let line = move |(at, Offered { way, label }): (usize, Offered)| {
        let choose = move |_| {
            asking.to.set(String::new());
            asking.role.set(role_of(&asking.links.get_untracked(), &way));
            asking.problem.set(None);
            asking.at.set(at);
        };
        view! {
            <label class="check">
                <input type="radio" name="move-way" prop:checked=move || asking.at.get() == at on:change=choose/>
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field move-ways">
            <legend class="field-label">"怎么调"</legend>
            {asking.offered.get_value().into_iter().enumerate().map(line).collect_view()}
        </fieldset>
    }
}

#[component]
fn TargetChoice(asking: Asking) -> impl IntoView {
    let list = move || {
        let way = asking.way();
        let label = way.asks()?;
        let choices = asking.links.with(|links| way.choices(links));
        let chosen = asking.to.get_untracked();
        let pick = move |event| {
            asking.problem.set(None);
            asking.to.set(event_target_value(&event));
        };
        Some(view! {
            <label class="field">
                <span class="field-label">{label}</span>
                <select class="input" on:change=pick>
                    <option value="" selected=chosen.is_empty()>"请选择"</option>
                    {choices.into_iter().map(|choices| group(choices, &chosen)).collect_view()}
                </select>
            </label>
        })
    };
    view! { {list} }
}

fn group(Choices { heading, list }: Choices, chosen: &str) -> AnyView {
    let option = |(id, words): (String, String)| {
        let selected = id == chosen;
        view! { <option value=id selected=selected>{words}</option> }
    };
    let options = list.into_iter().map(option).collect_view();
    if heading.is_empty() {
        return options.into_any();
    }
    view! { <optgroup label=heading>{options}</optgroup> }.into_any()
}

#[component]
fn RoleChoice(asking: Asking) -> impl IntoView {
    let line = move |role: &'static HoldRole| {
        view! {
            <label class="check">
                <input type="radio" name="move-role" prop:checked=move || asking.role.get() == *role on:change=move |_| asking.role.set(*role)/>
                <span>{role.label()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field move-roles">
            <legend class="field-label">"任什么"</legend>
            {HoldRole::ALL.iter().map(line).collect_view()}
        </fieldset>
    }
}

impl Asking {
    /// The chosen way; wakes the reader when another is chosen.
    fn way(self) -> Way {
        let at = self.at.get();
        self.offered.with_value(|offered| offered[at.min(offered.len() - 1)].way.clone())
    }

    fn chosen_day(self) -> Option<Date> {
        parse_date(&self.day.get())
    }

    /// Another day, another township.
    fn follow_day(self) {
        effect(move || {
            let Some(day) = self.chosen_day() else { return };
            self.session.watch_all(|_| ());
            let links = match day == self.session.day.get_untracked() {
                true => untrack(|| self.session.links()),
                false => Rc::new(self.session.read(|fold| Links::of(&fold.township().on(day)))),
            };
            self.links.set(links);
        });
    }

    /// What is asked for would mean this; nothing while something is still to be chosen.
    fn planned(self) -> Option<Result<Planned, CannotMove>> {
        let wanted: Move = self.way().wanted(&self.to.get(), self.role.get())?;
        let day = self.chosen_day()?;
        let mut fresh = || self.session.fresh_id();
        Some(self.links.with(|links| plan(links, &wanted, day, &mut fresh)))
    }
}
