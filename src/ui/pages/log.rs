//! 操作记录: every action of this copy by day, newest first, and what came in from other copies; each
//! can be looked at as a moment and taken back, with its plan shown first. Lists what is in memory.

use crate::ui::prelude::*;

use crate::journal::Stamp;
use crate::journal::action::signed;
use crate::journal::arrivals::Arrival;
use crate::journal::heads::ActionIx;
use crate::journal::stamp::millis;
use crate::model::Text;
use crate::model::value::day_words;
use crate::route::Route;
use crate::sorting::Sorting;
use crate::ui::components::author::Author;
use crate::ui::components::button::TextButton;
use crate::ui::components::going_back::{GoingBack, GoingBackDialog, back_words};
use crate::ui::components::looking_back::{Folding, LookingBack};
use crate::ui::session::{Session, use_session};
use crate::web::world::{clock_time, day_of, moment_words};

/// Lines shown before the reader asks for more.
const A_PAGE: usize = 100;

pub fn page() -> AnyView {
    let session = use_session();
    let shown = RwSignal::new(A_PAGE);
    let (back, look) = (GoingBack::begin(), LookingBack::begin());
    let total = memo(move || {
        session.watch_all(|_| ());
        session.read(|fold| fold.heads().made())
    });
    let lines = move || {
        session.watch_all(|_| ());
        lines(session, shown.get())
    };
    view! {
        <section class="sheet log-page">
            <h1>"操作记录"</h1>
            <p class="sheet-note">"谁在什么时候做了什么，共 " {total} " 条。撤销会写成一条新的记录，不会抹掉历史。" <a href=Route::Past.href()>"看某天的全镇记录"</a></p>
            <Folding progress=back.progress words="正在查当时的内容…"/>
            <Folding progress=look.progress words="正在翻回那一刻…"/>
            <Arrivals back=back/>
            <ol class="log">
                <For each=lines key=|line| (line.stamp.to_string(), line.day.is_some()) let:line>
                    <LogLineView line=line back=back look=look/>
                </For>
            </ol>
            <Show when=move || shown.get() < total.get()>
                <TextButton class="button" label="再看 100 条" act=move |()| shown.update(|shown| *shown += A_PAGE)/>
            </Show>
        </section>
        <GoingBackDialog back=back/>
    }
}

#[derive(Clone)]
struct LogLine {
    stamp: Stamp,
    /// When it counts as made, milliseconds since 1970.
    made: u64,
    /// Written over the first line of a day.
    day: Option<String>,
    when: String,
    by: Text,
    what: String,
}

/// The latest actions, newest first.
fn lines(session: Session, count: usize) -> Vec<LogLine> {
    let mut lines: Vec<LogLine> = session.read(|fold| {
        let heads = fold.heads();
        let made = heads.iter().filter(|(_, head)| head.counter > 0);
        let mut order: Vec<ActionIx> = made.map(|(at, _)| at).collect();
        order.arrange(|a, b| heads.later(*a, *b).cmp(&heads.later(*b, *a)).reverse());
        let line = |at: ActionIx| {
            let head = heads.head(at);
            let what = if head.what.is_empty() { "修改" } else { &head.what };
            let made = millis(heads.order(at));
            LogLine {
                stamp: heads.stamp(at),
                made,
                day: Some(day_words(day_of(made))),
                when: clock_time(made),
                by: head.by.clone(),
                what: what.to_string(),
            }
        };
        order.into_iter().take(count).map(line).collect()
    });
    for at in (1..lines.len()).rev() {
        if lines[at].day == lines[at - 1].day {
            lines[at].day = None;
        }
    }
    lines
}

#[component]
fn LogLineView(line: LogLine, back: GoingBack, look: LookingBack) -> impl IntoView {
    let LogLine { stamp, made: at, day, when, by, what } = line;
    let undone = back_words(&what);
    view! {
        {day.map(|day| view! { <li class="log-day">{day}</li> })}
        <li class="log-line">
            <span class="log-when">{when}</span>
            <span class="log-by"><Author by=by stamp=stamp.clone()/></span>
            <span class="log-what">{what}</span>
            <span class="log-acts">
                <TextButton class="button button-small button-quiet" label="看这一刻" act=move |()| look.go(at)/>
                <TextButton class="button button-small" label="撤销…" act=move |()| back.take_back(vec![stamp.clone()], undone.clone())/>
            </span>
        </li>
    }
}

/// What came in from other copies, arrival by arrival.
#[component]
fn Arrivals(back: GoingBack) -> impl IntoView {
    let session = use_session();
    let list = move || {
        session.watch_all(|_| ());
        let own = session.base().map(|open| open.desk.meta().replica).unwrap_or_default();
        session.read(|fold| fold.arrivals(&own))
    };
    let view = move |arrival: Arrival| {
        let people: Vec<String> = arrival
            .people
            .iter()
            .map(|(name, count)| [signed(name), " ", &count.to_string(), " 条"].concat())
            .collect();
        let (count, first) = (arrival.count(), arrival.is_beginning());
        let span = [moment_words(arrival.span.0), moment_words(arrival.span.1)].join(" 至 ");
        let what = ["收回导入：", &people.join("、")].concat();
        let take = move || {
            let stamps = session.read_now(|fold| arrival.stamps(fold.heads()));
            back.take_back(stamps, what.clone());
        };
        view! {
            <li class="list-line">
                <span class="list-main">{people.join("、")} <br/> <small class="quiet">{span} "，共 " {count} " 条操作"</small></span>
                {if first {
                    view! { <span class="list-side">"这份数据的开头"</span> }
                } else {
                    view! { <TextButton class="button button-small" label="收回…" act=move |()| take()/> }
                }}
            </li>
        }
    };
    view! {
        {move || {
            let list = list();
            (!list.is_empty()).then(|| view! {
                <details class="log-arrivals">
                    <summary>"导入和合并进来的 " {list.len()} " 批"</summary>
                    <ul class="list">{list.into_iter().take(A_PAGE).map(view).collect_view()}</ul>
                </details>
            })
        }}
    }
}
