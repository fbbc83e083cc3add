//! 架构图: 党委 → 分管领导 → 机构 → 岗位 → 人. The cards come from `view`, their places from `picture`.

use std::rc::Rc;
use std::sync::Arc;

use crate::ui::prelude::*;
use chrono::Months;
use rustc_hash::FxHashSet;

use crate::model::{Date, schema};
use crate::moving::compared::Compared;
use crate::moving::comparing::compare;
use crate::picture::chart::apart::{book, has_units};
use crate::picture::chart::outline::Outline;
use crate::picture::chart::ties::Ties;
use crate::picture::chart::{Chart, ChartInput, Form, draw, legend};
use crate::picture::press::{Book, Wanted};
use crate::picture::scene::GroupId;
use crate::picture::sheet::Words;
use crate::route::Route;
use crate::rules::Links;
use crate::sorting::Sorting;
use crate::ui::components::outline::{of as outline_of, view as outline_view};
use crate::ui::components::picture::carry::{Asked, Carry, More, Moving, Since};
use crate::ui::components::picture::choice::{PictureChoice, PictureSearch};
use crate::ui::components::picture::{
    ByUnits, Found, PictureView, Shown, Trace, legend_room, type_size,
};
use crate::ui::components::{chart_more, move_dialog, since};
use crate::ui::finder::Finder;
use crate::ui::later::{arrived, call, later_with};
use crate::ui::session::{Mode, Session, use_session};
use crate::view::chart::{ChartAsk, cards, elsewhere};
use crate::view::{group_id, record_of};
use crate::web::frame;

/// Up to here the bar of the places stands at the foot, in pixels (90-modes.css).
const NARROW: f64 = 720.0;
/// What stands above and below the chart there, within the room that is left.
const BARS: f64 = 130.0;
/// Paper around the chart on a larger screen; the buttons above it and the legend below it, for type of size 1.
const MARGIN: f64 = 24.0;
const TOOLS: f64 = 46.0;
const LEGEND: f64 = 60.0;
/// Headings on a wall, where letters grow and the screen does not.
const PROJECTED_HEADS: f64 = 1.25;

/// As a page that waits for its code.
pub fn page() -> AnyView {
    view! { <ChartPage/> }
}

#[component]
fn ChartPage() -> impl IntoView {
    let session = use_session();
    let collapsed = RwSignal::new(FxHashSet::<String>::default());
    let kept = StoredValue::new_local(None::<Kept>);
    let more = More::usual();
    let here = arrived();
    let aspect = aspect();
    let empty = move || !has_posts(session) && only_chain(session).is_none();
    let shown = RwSignal::new_local(None);
    let drawn = RwSignal::new_local(None::<Rc<ChartInput>>);
    let outline = RwSignal::new_local(None::<Rc<Outline>>);
    let pointed = RwSignal::new(None::<String>);
    let words = RwSignal::new(String::new());
    let finder = expect_context::<Finder>();
    let adjusting = RwSignal::new(false);
    let moving = Moving(RwSignal::new(None));
    let since = RwSignal::new(None::<Date>);
    let changed = memo_untested(move || {
        here.get().then(|| compared(session, since.get())).flatten().map(Arc::new)
    });
    let since = Since { day: since, changed };
    let begin_since = move |_| {
        let half_a_year = session.day.get_untracked().checked_sub_months(Months::new(6));
        since.day.update(|day| *day = if day.is_some() { None } else { half_a_year });
    };
    effect(move || {
        let links = session.links();
        let mode = session.mode.get();
        let names = mode != Mode::Lookup;
        let collapsed = collapsed.get();
        // A page handed to residents leaves what is for staff.
        let left = session.form.get() == Form::Work && !shows_work(session);
        let form = if left { only_chain(session).unwrap_or_default() } else { form_of(session) };
        let ask = ChartAsk { names, collapsed, form, changed: changed.get() };
        let mut input = match form {
            Form::Work => call(chart_more::work_cards, (session, &*links, &ask)),
            _ => cards(&links, &ask),
        };
        let asked = more.on.get() && names && here.get();
        if asked {
            call(chart_more::cards, (session, &*links, &mut input, more));
        }
        input.aspect = aspect;
        input.heads = if mode == Mode::Projector { PROJECTED_HEADS } else { 1.0 };
        let mut chart = draw(&input);
        let mut legend = legend(input.form, legend_room());
        let mut ties = Ties::default();
        if asked {
            let given = (session, &*links, more, chart, legend);
            (chart, legend, ties) = call(chart_more::with_lines, given);
        }
        let scene = chart.scene.clone();
        let (input, ties) = (Rc::new(input), Rc::new(ties));
        kept.set_value(Some(Kept { chart: Rc::new(chart), ties: ties.clone() }));
        let name = format!("{}岗位架构图", session.township_name());
        let legend = Some(Rc::new(legend));
        let arranged = input.form.label();
        let before = drawn.try_update_untracked(|drawn| drawn.replace(input.clone()));
        frame::drop_later(before);
        drawn.notify();
        shown.set(Some(Shown {
            scene,
            legend,
            legend_below: true,
            name,
            paper: 1.0,
            arranged,
            by_units: by_units(input, ties),
        }));
    });
    effect(move || {
        let listed = session.outline.get() && here.get();
        let drawn = drawn.get().filter(|_| listed);
        outline.set(drawn.map(|input| call(outline_of, input)));
    });
    let trace: Trace = Callback::new(move |id: String| {
        let elsewhere = untrack(|| match shows_work(session) {
            true => call(chart_more::kin, (session, &*id)),
            false => elsewhere(&session.links(), &id, !session.is_lookup()),
        });
        trace_of(kept.get_value(), &id, &elsewhere)
    });
    let found = Signal::derive(move || {
        let words = words.get();
        let mut found = found(finder, &words, changed.get().as_deref());
        if found.alone && shows_work(session) {
            found.ids = call(chart_more::found, (session, &*words, &*found.ids));
        }
        found
    });
    // A page handed to residents while 调整 was on moves nothing.
    let may_move = Signal::derive(move || adjusting.get() && may_adjust(session));
    let carry = Carry {
        on: may_move,
        can: |id| can_move(id),
        drop: Callback::new(move |(card, on): (String, String)| {
            moving.0.set(Some(Asked { card, on: Some(on) }));
        }),
    };
    let open = Callback::new(move |id: String| {
        if may_move.get_untracked() && can_move(&id) {
            return moving.0.set(Some(Asked { card: id, on: None }));
        }
        if let Some((kind, id)) = record_of(&id) {
            session.go(&Route::Record { kind, id });
        }
    });
    let fold = move |_| {
        let links = session.links();
        let units = links.units.all().iter().map(|unit| group_id("unit", &unit.id));
        let zones = links.zones.all().iter().map(|zone| group_id("zone", &zone.id));
        let mut all: FxHashSet<String> = units.chain(zones).collect();
        if untrack(|| shows_work(session)) {
            all.extend(call(chart_more::levels, session));
        }
        collapsed.update(|now| *now = if now.is_empty() { all } else { FxHashSet::default() });
    };
    let none = Signal::derive(move || found.with(|found| found.alone && found.ids.is_empty()));
    let tools = move || {
        view! {
            <PictureSearch words=words label="在图中找岗位、机构、人或事项" placeholder="在图中找" none=none/>
            <FormChoice/>
            <button class="button" on:click=move |_| session.outline.update(|on| *on = !*on) aria-pressed=move || session.outline.get().to_string()>
                "目录"
            </button>
            <button class="button" on:click=fold aria-pressed=move || (!collapsed.get().is_empty()).to_string()>
                {move || match form_of(session) {
                    Form::Chain => "只看片区",
                    Form::Work => "只看行动",
                    _ => "只看机构",
                }}
            </button>
            <Show when=move || !session.is_lookup()>
                <button class="button" on:click=begin_since aria-pressed=move || since.day.with(Option::is_some).to_string()>
                    "看变化"
                </button>
            </Show>
            <Show when=move || !session.is_lookup()>
                <button class="button" on:click=move |_| more.on.update(|on| *on = !*on) aria-pressed=move || more.on.get().to_string()>
                    "显示"
                </button>
            </Show>
            <Show when=move || may_adjust(session)>
                <button
                    class="button"
                    title="拖动岗位或机构，或点一下再选去处"
                    on:click=move |_| adjusting.update(|on| *on = !*on)
                    aria-pressed=move || adjusting.get().to_string()
                >
                    "调整"
                </button>
            </Show>
        }
    };
    view! {
        <section class="picture-page">
            <h1 class="visually-hidden">"架构图"</h1>
            <Show when=move || !empty() fallback=NoPosts>
                <div class="picture-beside" class:picture-with-outline=session.outline>
                    <Show when=move || session.outline.get()>
                        {later_with(outline_view, (outline, pointed, open))}
                    </Show>
                    <div class="picture-room">
                        <Show when=move || !session.is_lookup() && since.day.with(Option::is_some)>
                            {later_with(since::bar, since)}
                        </Show>
                        <Show when=move || !session.is_lookup() && more.on.get()>
                            {later_with(chart_more::bar, more)}
                        </Show>
                        <PictureView shown=shown on_open=open trace=trace tools=tools.into() pointed=pointed found=found carry=carry/>
                    </div>
                </div>
            </Show>
            <Show when=move || moving.0.with(Option::is_some) && may_adjust(session)>
                {later_with(move_dialog::dialog, moving)}
            </Show>
        </section>
    }
}

/// What a chart was drawn of: each unit is drawn of it on sheets of its own.
struct Cards {
    input: Rc<ChartInput>,
    ties: Rc<Ties>,
}

impl ByUnits for Cards {
    fn book(&self, words: &Words, wanted: &Wanted) -> Book {
        book(&self.input, &self.ties, words, wanted)
    }
}

/// Nothing for a form without units.
pub fn by_units(input: Rc<ChartInput>, ties: Rc<Ties>) -> Option<Rc<dyn ByUnits>> {
    has_units(input.form).then(|| Rc::new(Cards { input, ties }) as Rc<dyn ByUnits>)
}

/// Whether 任务链 is what is shown.
fn shows_work(session: Session) -> bool {
    session.form.get() == Form::Work && !session.is_lookup()
}

fn has_posts(session: Session) -> bool {
    let links = session.links();
    !links.posts.all().is_empty() || !links.units.all().is_empty()
}

/// A township with villages and no posts yet has only who answers for them to show.
fn only_chain(session: Session) -> Option<Form> {
    let links = session.links();
    let has_land = !links.villages.all().is_empty() || !links.zones.all().is_empty();
    (!has_posts(session) && has_land).then_some(Form::Chain)
}

/// How the chart stands: as it was chosen, unless nothing would be in it.
fn form_of(session: Session) -> Form {
    let form = session.form.get();
    only_chain(session).filter(|_| form != Form::Work).unwrap_or(form)
}

/// Who may move cards: staff, in a township of their own that shows what is now or on trial.
fn may_adjust(session: Session) -> bool {
    !session.is_lookup() && !session.only_looks() && session.past.get().is_none()
}

fn can_move(id: &str) -> bool {
    id.starts_with("post/") || id.starts_with("unit/")
}

/// What is on trial, beside the township as it is; or the township beside what it was on an earlier day.
fn compared(session: Session, since: Option<Date>) -> Option<Compared> {
    if session.is_lookup() || !(session.is_trying() || since.is_some()) {
        return None;
    }
    let after = session.links();
    let before = match since {
        Some(day) => session.read(|fold| Links::of(&fold.township().on(day))),
        None => Links::of(&session.trial_base()?.township().on(session.day.get())),
    };
    Some(call(compare, (&before, &after)))
}

/// Answers looked through for cards.
const ANSWERS: usize = 60;

/// The cards somebody looks for stand out alone; else those that something has become of.
fn found(finder: Finder, words: &str, changed: Option<&Compared>) -> Found {
    if words.trim().is_empty() {
        let changed = changed.into_iter();
        let posts =
            changed.clone().flat_map(|changed| &changed.posts).map(|post| ("post", &post.id));
        let units = changed.flat_map(|changed| &changed.units).map(|unit| ("unit", &unit.id));
        let mut ids: Vec<String> =
            posts.chain(units).map(|(kind, id)| group_id(kind, id)).collect();
        ids.dedup();
        return Found { ids, alone: false };
    }
    // Nothing is said before the first index stands.
    let Some(answers) = finder.find_alike(words, ANSWERS) else { return Found::default() };
    let mut ids: Vec<String> = Vec::new();
    for answer in &answers {
        ids.push(group_id(schema().kinds[answer.kind].spec.id, &answer.id));
        ids.extend(answer.posts.iter().map(|post| group_id("post", &post.id)));
    }
    ids.arrange(Ord::cmp);
    ids.dedup();
    Found { ids, alone: true }
}

/// 上下, 左右, 机构板, 挂图, 责任链; for staff also 任务链.
#[component]
fn FormChoice() -> impl IntoView {
    let session = use_session();
    let choose = move |label: String| {
        let form = Form::ALL.into_iter().find(|form| form.label() == label);
        session.form.set(form.unwrap_or_default());
    };
    let arrived = arrived();
    let options = Signal::derive(move || {
        let all = arrived.get() && !session.is_lookup();
        let forms: &[Form] = if all { &Form::ALL } else { &Form::PUBLIC };
        let alone = only_chain(session);
        let shown = forms
            .iter()
            .filter(|form| alone.is_none_or(|alone| **form == alone || **form == Form::Work));
        shown.map(|form| (form.label(), form.label())).collect()
    });
    let chosen = Signal::derive(move || form_of(session).label());
    view! { <PictureChoice label="图形" options=options chosen=chosen choose=choose/> }
}

/// Width over height of the room the chart gets: a phone held upright wants a tall chart. Read once:
/// a window being dragged must not tear the chart up.
fn aspect() -> f64 {
    let Some((w, h)) = room() else { return 16.0 / 9.0 };
    if w > NARROW {
        let size = type_size();
        let (across, down) = (w - 2.0 * MARGIN, h - 2.0 * MARGIN - (TOOLS + LEGEND) * size);
        return (across / down.max(1.0)).clamp(1.2, 2.6);
    }
    (w / f64::max(h - BARS, 1.0)).clamp(0.4, 16.0 / 9.0)
}

/// Width and height of what stands beside the places and below the header.
fn room() -> Option<(f64, f64)> {
    let main = document().query_selector("main").ok()??;
    Some((f64::from(main.client_width()), f64::from(main.client_height())))
}

/// The chart that is shown, with the lines over it.
#[derive(Clone)]
struct Kept {
    chart: Rc<Chart>,
    ties: Rc<Ties>,
}

/// The way up from a card, what it is bound to, and whatever else belongs to it.
fn trace_of(kept: Option<Kept>, id: &str, elsewhere: &[String]) -> Vec<GroupId> {
    let found = kept.and_then(|Kept { chart, ties }| {
        let group = chart.scene.find(id)?;
        let mut found = chart.node_of(group).map_or_else(|| vec![group], |node| chart.trace(node));
        if !ties.ties.is_empty() {
            found.extend(call(chart_more::bound, (&*chart, id, &*ties)));
        }
        found.extend(elsewhere.iter().filter_map(|id| chart.scene.find(id)));
        Some(found)
    });
    found.unwrap_or_default()
}

#[component]
fn NoPosts() -> impl IntoView {
    view! {
        <div class="empty">
            <h2>"还没有机构和岗位"</h2>
            <p>"导入岗位表后，架构图会自动画出来，以后跟着台账变，不用手画。"</p>
            <a class="button button-main" href=Route::Import.href()>"导入岗位表"</a>
        </div>
    }
}
