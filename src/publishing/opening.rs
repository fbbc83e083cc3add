//! Reads the data of a published page back into tables nobody can write to. Residents have this part; it knows
//! nothing of choosing, writing or sending.

use serde_json::Value as Json;

use super::edition::Edition;
use crate::journal::stamp::tick;
use crate::journal::{Action, Draft, Fold, ReplicaId};
use crate::model::spec::FieldType;
use crate::model::{RecordId, Value, schema};

/// Why a published page shows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It has no heading that reads, or of a later format.
    NoHeading,
    /// What is in it is not what was written.
    Damaged,
}

impl Unfit {
    pub fn sentence(self) -> &'static str {
        match self {
            Unfit::NoHeading => {
                "这份查询页读不出来，多半没有拷贝完整。请换一份，或到便民服务中心问。"
            }
            Unfit::Damaged => {
                "这份查询页的内容被改动过或拷坏了，不能用。请换一份，或到便民服务中心问。"
            }
        }
    }
}

/// The page's data and what it says of itself; `pictures` as they stand in the page.
pub fn open(block: &str, pictures: &[&str]) -> Result<(Edition, Fold), Unfit> {
    let (heading, lines) = block.trim_start().split_once('\n').ok_or(Unfit::NoHeading)?;
    let edition = Edition::read(heading).ok_or(Unfit::NoHeading)?;
    if !edition.holds(lines, pictures) {
        return Err(Unfit::Damaged);
    }
    Ok((edition, fold(lines).ok_or(Unfit::Damaged)?))
}

/// Tables of the lines of a page; `None` where one of them is none.
pub fn fold(lines: &str) -> Option<Fold> {
    let mut draft = Draft::new("");
    for line in lines.lines() {
        put(line, &mut draft)?;
    }
    let mut fold = Fold::default();
    // Composed when it was written.
    let groups = draft.to_groups(&fold, &str::to_string);
    let replica = ReplicaId::from_random(0);
    let (time, by) = (tick(0, 0), Default::default());
    let what = Default::default();
    fold.apply(&Action { replica, counter: 1, time, link: None, by, what, groups });
    fold.settle_trees();
    Some(fold)
}

/// A record of a line; `None` where it is none. Fields of later programs are passed over.
fn put(line: &str, draft: &mut Draft) -> Option<()> {
    let Json::Array(parts) = serde_json::from_str(line).ok()? else { return None };
    let [Json::String(kind), Json::String(id), Json::Object(cells)] =
        <[Json; 3]>::try_from(parts).ok()?
    else {
        return None;
    };
    let id = RecordId::parse(&id)?;
    let Some(kind) = schema().kind(&kind) else { return Some(()) };
    let info = &schema().kinds[kind];
    for (name, said) in cells {
        if let Some(field) = info.field(&name) {
            draft.set(kind, &id, field, value(info.spec.fields[field].ty, said));
        }
    }
    Some(())
}

fn value(ty: FieldType, said: Json) -> Value {
    match said {
        Json::Array(members) if ty == FieldType::Set => {
            let texts = members.iter().filter_map(Json::as_str);
            Value::Set(texts.map(Into::into).collect())
        }
        other => Value::from_json(other),
    }
}
