//! A trial as a small text that outlasts the window: its steps field by field, and which records it found there. Read back
//! only onto a township that still has them. Where the text is kept is not its affair.

use std::fmt;

use serde_json::{Value as Json, json};

use super::Trial;
use crate::journal::draft::{Draft, Edit};
use crate::journal::fold::Fold;
use crate::model::{FieldType, RecordId, Value, schema};
use crate::sorting::Sorting;

/// Why a trial that was left cannot go on; the township is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotGoOn {
    /// Damaged, or of a program that knows other fields.
    Unreadable,
    /// So many records it changed are not in this township.
    Gone(usize),
    /// All of it has come about meanwhile.
    Done,
}

impl fmt::Display for CannotGoOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CannotGoOn::Unreadable => f.write_str(
                "上次的试排读不出来（可能是别的版本的岗图留下的），接不上了。台账没有变化。",
            ),
            CannotGoOn::Gone(count) => write!(
                f,
                "上次试排改的记录里有 {count} 条现在的台账里没有，接不上了。台账没有变化，请重新试排。"
            ),
            CannotGoOn::Done => {
                f.write_str("上次试排的改动，台账里都已经有了，不用再试。台账没有变化。")
            }
        }
    }
}

/// `None` where a step is more than fields that get values: a conflict decided, an action taken back.
pub fn to_text(trial: &Trial) -> Option<String> {
    let steps: Option<Vec<Json>> = trial.steps.iter().map(step).collect();
    let mut known: Vec<(usize, &RecordId)> = trial
        .steps
        .iter()
        .flat_map(Draft::edits)
        .filter(|edit| is_there(&trial.base, edit.kind, &edit.id))
        .map(|edit| (edit.kind, &edit.id))
        .collect();
    known.arrange(Ord::cmp);
    known.dedup();
    let known: Vec<Json> = known
        .iter()
        .map(|(kind, id)| json!([schema().kinds[*kind].spec.id, id.as_str()]))
        .collect();
    Some(json!({ "steps": steps?, "known": known }).to_string())
}

/// The steps, for a township as it is now.
pub fn read(text: &str, base: &Fold) -> Result<Vec<Draft>, CannotGoOn> {
    let json: Json = serde_json::from_str(text).map_err(|_| CannotGoOn::Unreadable)?;
    let list = |name: &str| json.get(name).and_then(Json::as_array).ok_or(CannotGoOn::Unreadable);
    let known: Option<Vec<(usize, RecordId)>> = list("known")?.iter().map(record).collect();
    let gone = known
        .ok_or(CannotGoOn::Unreadable)?
        .iter()
        .filter(|(kind, id)| !is_there(base, *kind, id))
        .count();
    if gone > 0 {
        return Err(CannotGoOn::Gone(gone));
    }
    let steps: Option<Vec<Draft>> = list("steps")?.iter().map(draft).collect();
    steps.ok_or(CannotGoOn::Unreadable)
}

fn is_there(fold: &Fold, kind: usize, id: &RecordId) -> bool {
    fold.township().table(kind).get(id.as_str()).is_some()
}

fn step(draft: &Draft) -> Option<Json> {
    let edit = |edit: &Edit| {
        let spec = schema().kinds[edit.kind].spec;
        json!([spec.id, edit.id.as_str(), spec.fields[edit.field].id, edit.value.to_json()])
    };
    let edits: Vec<Json> = draft.edits().iter().map(edit).collect();
    draft.is_plain().then(|| json!({ "what": &*draft.what, "edits": edits }))
}

fn draft(step: &Json) -> Option<Draft> {
    let mut draft = Draft::new(step.get("what")?.as_str()?);
    for edit in step.get("edits")?.as_array()? {
        let [kind, id, field, value] = edit.as_array()?.as_slice() else { return None };
        let (kind, id) = record(&json!([kind, id]))?;
        let info = &schema().kinds[kind];
        let field = info.field(field.as_str()?)?;
        draft.set(kind, &id, field, value_of(info.spec.fields[field].ty, value));
    }
    Some(draft)
}

fn record(pair: &Json) -> Option<(usize, RecordId)> {
    let [kind, id] = pair.as_array()?.as_slice() else { return None };
    Some((schema().kind(kind.as_str()?)?, RecordId::parse(id.as_str()?)?))
}

/// Members of a set are an array of texts; of any other field that is a composite.
fn value_of(ty: FieldType, json: &Json) -> Value {
    match (ty, json) {
        (FieldType::Set, Json::Array(members)) => {
            let members = members.iter().filter_map(|member| Some(member.as_str()?.into()));
            Value::Set(members.collect()).canonical()
        }
        (_, json) => Value::from_json(json.clone()),
    }
}
