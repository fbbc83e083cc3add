//! What people changed apart, field by field: both values, who and when, and what shall count. Writes
//! nothing; gives a draft of what was chosen.

use crate::ui::prelude::*;
use rustc_hash::FxHashMap;

use crate::journal::Draft;
use crate::journal::conflict::{Claim, Conflict};
use crate::journal::stamp::millis;
use crate::model::{FieldType, schema};
use crate::route::Route;
use crate::ui::components::author::Author;
use crate::ui::components::button::TextButton;
use crate::ui::components::field::{FieldInput, FieldProblem, FieldState, Setting};
use crate::ui::session::{Session, use_session};
use crate::web::world::local_time;

/// Conflicts shown before the reader asks for more.
const A_PAGE: usize = 50;

/// What somebody wants of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pick {
    /// Nothing yet: what is later counts, the conflict stays listed.
    Later,
    Claim(usize),
    /// Something else than was claimed.
    Other,
}

/// Conflicts with what is chosen of them. What is chosen stays when the list is made anew: another file may
/// come to the table, or another tab write, while somebody decides.
#[derive(Clone, Copy)]
pub struct Lines {
    all: RwSignal<Vec<Line>>,
    /// Choices live as long as the room, whatever made the list anew.
    owner: StoredValue<Owner>,
}

impl Lines {
    pub fn new() -> Lines {
        let owner = Owner::current().unwrap_or_default();
        Lines { all: RwSignal::new(Vec::new()), owner: StoredValue::new(owner) }
    }

    /// These conflicts, with the choices of those that were there.
    pub fn renew(self, conflicts: Vec<Conflict>) {
        let before = self.all.with_untracked(|all| {
            let keyed = all.iter().map(|line| (line.conflict.register(), line.clone()));
            keyed.collect::<FxHashMap<_, _>>()
        });
        let line = |conflict: Conflict| match before.get(&conflict.register()) {
            Some(before) => before.renewed(conflict),
            None => Line::new(conflict),
        };
        let owner = self.owner.get_value();
        self.all.set(owner.with(|| conflicts.into_iter().map(line).collect()));
    }

    pub fn is_empty(self) -> bool {
        self.all.with(Vec::is_empty)
    }

    /// What was chosen; `None` where a value typed cannot be: its field says why.
    pub fn decided(self, what: &str) -> Option<Draft> {
        let mut draft = Draft::new(what);
        // Every line is asked, so that each field says what is wrong with it.
        let wrong = self
            .all
            .with_untracked(|all| all.iter().filter(|line| !line.add_to(&mut draft)).count());
        (wrong == 0).then_some(draft)
    }
}

/// A conflict and what is chosen of it.
#[derive(Clone)]
struct Line {
    conflict: Conflict,
    pick: RwSignal<Pick>,
    /// For another value; where fields belong together, or something is drawn or a picture, there is none.
    other: Option<FieldState>,
}

impl Line {
    fn new(conflict: Conflict) -> Line {
        let info = &schema().kinds[conflict.kind];
        let other = match &info.registers[conflict.register].fields[..] {
            [field]
                if !matches!(
                    info.spec.fields[*field].ty,
                    FieldType::Outline | FieldType::Photo
                ) =>
            {
                Some(FieldState::new(&info.spec.fields[*field], &conflict.claims[0].value))
            }
            _ => None,
        };
        Line { conflict, pick: RwSignal::new(Pick::Later), other }
    }

    /// The choice for the conflict as it stands now; what was claimed may be claimed no longer.
    fn renewed(&self, conflict: Conflict) -> Line {
        let pick = match self.pick.get_untracked() {
            Pick::Claim(at) => {
                let chosen = &self.conflict.claims[at].stamp;
                let now = conflict.claims.iter().position(|claim| claim.stamp == *chosen);
                now.map_or(Pick::Later, Pick::Claim)
            }
            other => other,
        };
        Line { conflict, pick: RwSignal::new(pick), other: self.other }
    }

    /// Adds what was chosen; `false` where what was typed cannot be.
    fn add_to(&self, draft: &mut Draft) -> bool {
        let value = match (self.pick.get_untracked(), self.other) {
            (Pick::Claim(at), _) => Some(self.conflict.claims[at].value.clone()),
            (Pick::Other, Some(field)) => match field.value() {
                Some(value) => Some(value),
                None => return false,
            },
            _ => None,
        };
        if let Some(value) = value {
            draft.decide(self.conflict.kind, &self.conflict.id, self.conflict.register, value);
        }
        true
    }
}

/// Whose claims are ours: in a plan those this copy has, afterwards those made on this computer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Planned,
    Standing,
}

impl Side {
    fn is_ours(self, session: Session, claim: &Claim) -> bool {
        match self {
            Side::Planned => session.read(|fold| fold.heads().find(&claim.stamp).is_some()),
            Side::Standing => {
                let replica = session.base().map(|open| open.desk.meta().replica);
                replica.is_some_and(|own| &*own == claim.stamp.replica.as_str())
            }
        }
    }

    fn mark(self) -> &'static str {
        match self {
            Side::Planned => "，本机已有",
            Side::Standing => "，在这台电脑上改的",
        }
    }
}

#[component]
pub fn ConflictList(lines: Lines, side: Side) -> impl IntoView {
    let session = use_session();
    let lines = lines.all;
    let shown = RwSignal::new(A_PAGE);
    let is_ours = move |claim: &Claim| side.is_ours(session, claim);
    // Every conflict gets the first of its claims that fits; where none does it is left.
    let all = move |fits: &dyn Fn(&Claim) -> bool| {
        lines.with_untracked(|lines| {
            for line in lines {
                if let Some(at) = line.conflict.claims.iter().position(fits) {
                    line.pick.set(Pick::Claim(at));
                }
            }
        });
    };
    view! {
        <div class="choices merge-all">
            <span class="quiet">{move || lines.with(Vec::len)} " 处，全部："</span>
            <TextButton class="button button-small" label="用较晚的" act=move |()| all(&|_| true)/>
            <TextButton class="button button-small" label="用本机的" act=move |()| all(&is_ours)/>
            <TextButton class="button button-small" label="用对方的" act=move |()| all(&|claim| !is_ours(claim))/>
        </div>
        {move || lines.with(|lines| {
            let some = lines.iter().take(shown.get());
            some.map(|line| view! { <ConflictLine line=line.clone() side=side/> }).collect_view()
        })}
        <Show when=move || lines.with(|lines| lines.len() > shown.get())>
            <TextButton class="button" label="再看 50 处" act=move |()| shown.update(|shown| *shown += A_PAGE)/>
        </Show>
    }
}

#[component]
fn ConflictLine(line: Line, side: Side) -> impl IntoView {
    let session = use_session();
    let Line { conflict, pick, other } = line;
    let kind = schema().kinds[conflict.kind].spec.label;
    let href = Route::Record { kind: conflict.kind, id: conflict.id.clone() }.href();
    let group = format!("{}-{}", conflict.id, conflict.register);
    let typed = StoredValue::new(format!("other-{group}"));
    let radio = move |value: Pick| {
        let group = group.clone();
        view! {
            <input type="radio" name=group prop:checked=move || pick.get() == value on:change=move |_| pick.set(value)/>
        }
    };
    let claims = conflict.claims.iter().enumerate().map(|(at, claim)| {
        let ours = side.is_ours(session, claim);
        let author = view! { <Author by=claim.by.clone() stamp=claim.stamp.clone()/> };
        let said = if claim.said.is_empty() { "（空）".to_string() } else { claim.said.clone() };
        let when = local_time(millis(claim.stamp.time));
        view! {
            <label class="merge-claim">
                {radio(Pick::Claim(at))}
                <span class="merge-said">{said}</span>
                <span class="quiet">{author} "，" {when} {ours.then_some(side.mark())}</span>
            </label>
        }
    });
    let claims = claims.collect_view();
    view! {
        <fieldset class="merge-conflict">
            <legend><a href=href>{conflict.title}</a> <span class="quiet">{kind}</span> <span>{conflict.label}</span></legend>
            {claims}
            {other.map(|field| view! {
                <label class="merge-claim">{radio(Pick::Other)} <span>"另写"</span></label>
                <Show when=move || pick.get() == Pick::Other>
                    <div class="merge-other">
                        <FieldInput field=field id=typed.get_value() setting=Setting::Cell/>
                        <FieldProblem field=field id=format!("{}-problem", typed.get_value())/>
                    </div>
                </Show>
            })}
            <label class="merge-claim">{radio(Pick::Later)} <span>"以后再定"</span></label>
        </fieldset>
    }
}
