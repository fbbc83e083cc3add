//! 修改历史: a record's life as a timeline by day, in sentences, with ways back that show a plan first.
//! Reads the log in slices when it is opened; tells nothing itself: `journal::life` does.

use std::rc::Rc;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::journal::action::signed;
use crate::journal::life::{Deed, Event, Life, Line, Mark, Part};
use crate::journal::restore::Plan;
use crate::model::value::day_words;
use crate::model::{KindIx, RecordId, Value, schema};
use crate::route::Route;
use crate::ui::components::author::Author;
use crate::ui::components::button::TextButton;
use crate::ui::components::going_back::{GoingBack, GoingBackDialog, back_words};
use crate::ui::components::looking_back::{Folding, LookingBack};
use crate::ui::session::past::STEP;
use crate::ui::session::{Session, use_session};
use crate::web::frame;
use crate::web::world::{clock_time, day_of, moment_words};

/// Events shown before the reader asks for more.
const A_PAGE: usize = 100;

/// A timeline at work.
type Timeline = Handle<TimelineParts>;

struct TimelineParts {
    session: Session,
    kind: KindIx,
    id: RecordId,
    /// Newest first; `None` while the log is being read.
    events: RwSignal<Option<Rc<Vec<Event>>>, LocalStorage>,
    /// Which reading is the latest: an older one gives way.
    turn: StoredValue<u32>,
    progress: RwSignal<Option<(usize, usize)>>,
    /// Only what happened to the record itself.
    alone: RwSignal<bool>,
    shown: RwSignal<usize>,
    back: GoingBack,
    look: LookingBack,
}

impl Timeline {
    async fn read(self) {
        let Some(open) = self.session.base() else {
            let _ = self.events.try_set(Some(Rc::new(Vec::new())));
            return;
        };
        let Some(turn) = self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        }) else {
            return;
        };
        let rows = match open.desk.rows().await {
            Ok(rows) => rows,
            Err(error) => return self.session.toasts.failed(error.to_string()),
        };
        let mut life = Life::begin(self.kind, self.id.clone(), Rc::new(rows));
        while !frame::slice(&mut || life.step(STEP)) {
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.progress.set(Some(life.progress()));
            frame::breathe().await;
        }
        let mut events = life.tell();
        let until = self.session.past.get_untracked().unwrap_or(u64::MAX);
        events.retain(|event| event.at <= until);
        let _ = self.events.try_set(Some(Rc::new(events)));
        let _ = self.progress.try_set(None);
    }

    /// The events to be shown, by day.
    fn days(self) -> Vec<(String, Vec<Event>)> {
        let mut days: Vec<(String, Vec<Event>)> = Vec::new();
        let (alone, shown) = (self.alone.get(), self.shown.get());
        self.events.with(|events| {
            let events = events.iter().flat_map(|events| events.iter());
            for event in events.filter(|event| !alone || event.parts[0].own).take(shown) {
                let day = day_words(day_of(event.at));
                match days.last_mut() {
                    Some((known, list)) if *known == day => list.push(event.clone()),
                    _ => days.push((day, vec![event.clone()])),
                }
            }
        });
        days
    }

    fn count(self) -> usize {
        let alone = self.alone.get();
        self.events.with(|events| {
            let events = events.iter().flat_map(|events| events.iter());
            events.filter(|event| !alone || event.parts[0].own).count()
        })
    }

    /// Offers to put the record, or one field of it, back to what it was after an event.
    fn restore(self, cells: &[Value], at: u64, only: Option<usize>) {
        let spec = schema().kinds[self.kind].spec;
        let what = match only {
            Some(field) => ["恢复“", spec.fields[field].label, "”"].concat(),
            None => ["恢复", spec.label, "到 ", &moment_words(at)].concat(),
        };
        let plan = self
            .session
            .read_now(|fold| Plan::of_record(fold, (self.kind, &self.id), cells, only, &what));
        self.back.ask(plan);
    }
}

#[component]
pub fn History(kind: KindIx, id: RecordId) -> impl IntoView {
    let session = use_session();
    let line = Handle::to(TimelineParts {
        session,
        kind,
        id,
        events: RwSignal::new_local(None),
        turn: StoredValue::new(0),
        progress: RwSignal::new(None),
        alone: RwSignal::new(false),
        shown: RwSignal::new(A_PAGE),
        back: GoingBack::begin(),
        look: LookingBack::begin(),
    });
    effect(move || {
        session.watch_all(|_| ());
        spawn_local(line.read());
    });
    let ready = move || line.events.with(Option::is_some);
    let count = memo(move || line.count());
    view! {
        <div class="spread life-top">
            <p class="sheet-note">"最新的在上面，共 " {count} " 次操作。恢复会写成一条新的操作，不会抹掉历史。"</p>
            <label class="check">
                <input type="checkbox" prop:checked=line.alone on:change=move |event| line.alone.set(event_target_checked(&event))/>
                <span>"只看这一条记录"</span>
            </label>
        </div>
        <Folding progress=line.back.progress words="正在查当时的内容…"/>
        <Folding progress=line.look.progress words="正在翻回那一刻…"/>
        <Show when=ready fallback=move || view! {
            <p role="status">"正在读取 " {move || line.progress.get().map_or(0, |(done, all)| done * 100 / all.max(1))} "%"</p>
        }>
            <Show when=move || count.get() == 0>
                <p class="notice">"还没有修改历史。"</p>
            </Show>
            {move || line.days().into_iter().map(|(day, events)| view! {
                <section class="life-day">
                    <h3>{day}</h3>
                    <ol>{events.into_iter().map(|event| view! { <EventView line=line event=event/> }).collect_view()}</ol>
                </section>
            }).collect_view()}
            <Show when=move || line.shown.get() < count.get()>
                <TextButton class="button" label="再看 100 次" act=move |()| line.shown.update(|shown| *shown += A_PAGE)/>
            </Show>
        </Show>
        <GoingBackDialog back=line.back/>
    }
}

#[component]
fn EventView(line: Timeline, event: Event) -> impl IntoView {
    let at = event.at;
    let own = line.session.base().map(|open| open.desk.meta().replica);
    let away = own.is_some_and(|own| &*own != event.stamp.replica.as_str());
    let tag = match event.deed {
        Deed::Made => "tag tag-well",
        Deed::Undone | Deed::Restored | Deed::Decided => "tag tag-soon",
        _ => "tag tag-quiet",
    };
    let now = line.session.read_now(|fold| {
        let row = fold.township().table(line.kind).get(line.id.as_str());
        row.map(|row| row.cells.clone())
    });
    let Event { stamp, by, what, deed, parts, cells, .. } = event;
    let other = cells.is_some() && cells != now;
    let cells = Rc::new(cells);
    let kept = StoredValue::new_local(cells.clone());
    let whole = move || {
        if let Some(cells) = &*kept.get_value() {
            line.restore(cells, at, None);
        }
    };
    let undone = back_words(&what);
    let author = view! { <Author by=by stamp=stamp.clone()/> };
    let take = move || line.back.take_back(vec![stamp.clone()], undone.clone());
    let parts = parts.into_iter().map(|part| {
        let lines = part.lines.clone().into_iter().map(|said| {
            // The value it left can be had again where something else stands there now.
            let field = said.field.filter(|field| {
                let value = |cells: &Option<Box<[Value]>>| cells.as_ref().map(|cells| cells[*field].clone());
                part.own && value(&cells).is_some_and(|then| value(&now) != Some(then))
            });
            let again = field.map(|field| {
                let act = move |()| {
                    if let Some(cells) = &*kept.get_value() {
                        line.restore(cells, at, Some(field));
                    }
                };
                view! { <TextButton class="button button-small button-quiet" label="恢复为这个值" act=act/> }
            });
            view! { <li class="life-line"><Sentence said=said/> {again}</li> }
        });
        let lines = lines.collect_view();
        view! { <PartHead part=part told=deed == Deed::Made/> <ul>{lines}</ul> }
    });
    view! {
        <li class="life-event">
            <span class="life-when">{clock_time(at)}</span>
            <div class="life-body">
                <p class="life-head">
                    <strong>{author}</strong>
                    <span class=tag>{deed.label()}</span>
                    <span class="quiet">{what.to_string()}</span>
                    {away.then(|| view! { <span class="tag tag-quiet">"在另一台电脑"</span> })}
                </p>
                {parts.collect_view()}
            </div>
            <div class="life-acts">
                {other.then(|| view! { <TextButton class="button button-small button-quiet" label="恢复到这时" act=move |()| whole()/> })}
                <TextButton class="button button-small button-quiet" label="看这一刻" act=move |()| line.look.go(at)/>
                <TextButton class="button button-small button-quiet" label="撤销…" act=move |()| take()/>
            </div>
        </li>
    }
}

/// Of a record that names this one: which. Of the record itself only what its lines do not say, nor
/// the tag above (`told`).
#[component]
fn PartHead(part: Part, told: bool) -> impl IntoView {
    let Part { kind, id, title, own, made, gone, .. } = part;
    let word = match (made, gone) {
        (true, _) => "（新建）",
        (_, true) => "（随之不再存在）",
        _ => "",
    };
    if own {
        let word = match (made && !told, gone) {
            (true, _) => "这条记录由此建立。",
            (_, true) => "这条记录随之不再存在。",
            _ => return ().into_any(),
        };
        return view! { <p class="quiet">{word}</p> };
    }
    let label = schema().kinds[kind].spec.label;
    view! { <p class="life-other">{label} " " <a href=Route::Record { kind, id }.href()>{title}</a> {word}</p> }
}

#[component]
fn Sentence(said: Line) -> impl IntoView {
    let pieces = said.pieces().into_iter().map(|(mark, words)| {
        let words = words.to_string();
        match mark {
            Mark::Plain => view! { <span>{words}</span> },
            Mark::From => view! { <del>{words}</del> },
            Mark::To => view! { <ins>{words}</ins> },
        }
    });
    let beside = said.beside.iter().map(|other| {
        let words = [
            signed(&other.by),
            " 在 ",
            &moment_words(other.at),
            " 写的是“",
            &other.said,
            "”，两人互不知道，所以列为分歧。",
        ];
        view! { <p class="life-beside">{words.concat()}</p> }
    });
    view! { <span class="life-said">{pieces.collect_view()}</span> {beside.collect_view()} }
}
