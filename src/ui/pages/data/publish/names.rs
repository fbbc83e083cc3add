//! Whose names go out: leaders', and those decided on one by one. The decision is the person's record; this writes it.

use super::deciding::{Deciding, Line};
use crate::journal::Draft;
use crate::model::kinds::Person;
use crate::model::{Record, RecordId, Value, schema};
use crate::publishing::selection::{Selection, Wanted, withheld};
use crate::route::Route;
use crate::rules::Links;
use crate::ui::prelude::*;
use crate::ui::session::Session;
use crate::web::world::today;

/// How the people of the file stand.
#[derive(Clone, Default, PartialEq)]
struct People {
    leaders: usize,
    /// Decided on with a reason.
    named: Vec<(RecordId, String)>,
    /// Marked without a reason: not named.
    baseless: Vec<(RecordId, String)>,
    undecided: Vec<Line>,
}

fn people(session: Session) -> People {
    session.watch_all(|_| ());
    let links = session.links();
    session.read_now(|fold| {
        let township = fold.township();
        let selection = Selection::of(township, today(), Wanted::default());
        let inside = |person: &Person| selection.has(Person::ID, &person.id);
        let told = |person: &Person| (person.id.clone(), person.name.to_string());
        let all = township.on(today()).all::<Person>();
        let here: Vec<&Person> = all.iter().filter(|person| inside(person)).collect();
        let (undecided, baseless) = withheld(township, today());
        let decided = |person: &&&Person| {
            !person.leader && person.named && !baseless.iter().any(|it| it.id == person.id)
        };
        People {
            leaders: here.iter().filter(|person| person.leader).count(),
            named: here.iter().filter(decided).map(|person| told(person)).collect(),
            baseless: baseless.iter().filter(|person| inside(person)).map(told).collect(),
            undecided: undecided
                .iter()
                .filter(|person| inside(person))
                .map(|person| line(&links, person))
                .collect(),
        }
    })
}

/// A person with the posts held.
fn line(links: &Links, person: &Person) -> Line {
    let kind = schema().kind(Person::ID).unwrap_or_default();
    let href = Route::Record { kind, id: person.id.clone() }.href();
    let posts = links.seats_of(&person.id).into_iter().map(|seat| seat.post.title.to_string());
    let side =
        vec![(posts.collect::<Vec<_>>().join("、"), None), ("打开记录".to_string(), Some(href))];
    Line { id: person.id.to_string(), main: person.name.to_string(), side }
}

fn decision(draft: &mut Draft, id: &RecordId, named: bool, why: Value) {
    draft.set_named(Person::ID, id, "named", if named { Value::Bool(true) } else { Value::Null });
    draft.set_named(Person::ID, id, "named_why", why);
}

pub fn section(session: Session) -> AnyView {
    let people = memo_untested(move || people(session));
    let undecided = Signal::derive(move || people.with(|people| people.undecided.clone()));
    let open = RwSignal::new(false);
    let decide = Callback::new(move |(ids, why): (Vec<String>, String)| {
        let mut draft = Draft::new(&format!("决定公开 {} 人的姓名", ids.len()));
        for id in ids.iter().filter_map(|id| RecordId::parse(id)) {
            decision(&mut draft, &id, true, Value::text(&why));
        }
        session.commit(draft);
    });
    let withdraw = move |id: &RecordId, name: &str| {
        let mut draft = Draft::new(&format!("不再公开{name}的姓名"));
        decision(&mut draft, id, false, Value::Null);
        session.commit(draft);
    };
    let chip = move |(id, name): (RecordId, String)| {
        let label = format!("撤回{name}的公开决定");
        let shown = name.clone();
        view! {
            <span class="chip publish-name">
                {shown}
                <button class="publish-withdraw" aria-label=label.clone() title=label on:click=move |_| withdraw(&id, &name)>"×"</button>
            </span>
        }
    };
    let told = move || {
        people.with(|people| {
            format!(
                "写姓名的：班子成员 {} 人，决定公开的 {} 人。其余 {} 人只写岗位、不写姓名，照片一律不放。",
                people.leaders,
                people.named.len(),
                people.undecided.len() + people.baseless.len()
            )
        })
    };
    let baseless = move || {
        let names = people.with(|people| {
            people.baseless.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>()
        });
        (!names.is_empty()).then(|| view! {
            <p class="notice notice-soon">{names.join("、")} "勾了“姓名公开”但没有写依据，这次不写姓名。请在人员记录里补上依据。"</p>
        })
    };
    view! {
        <p>{told}</p>
        {baseless}
        <Show when=move || people.with(|people| !people.named.is_empty())>
            <p class="publish-names">{move || people.with(|people| people.named.clone()).into_iter().map(chip).collect_view()}</p>
        </Show>
        <Show when=move || !undecided.with(Vec::is_empty)>
            <button type="button" class="button button-small" on:click=move |_| open.update(|open| *open = !*open)>
                {move || if open.get() { "收起" } else { "决定公开谁的姓名" }}
            </button>
            <Show when=move || open.get()>
                <Deciding lines=undecided hint="如 本人书面同意" verb="记下公开决定" decide=decide/>
            </Show>
        </Show>
    }
    .into_any()
}
