//! How a table was left: columns for good (in this browser), the rest until the page closes.

use crate::ui::prelude::*;
use rustc_hash::FxHashMap;

use super::state::sound_of;
use crate::listing::choose::holding;
use crate::listing::order::Order;
use crate::model::{KindIx, RecordId, Township, schema};
use crate::web::leavings;

/// How a reader left the table of a kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Left {
    pub sort: Option<(usize, bool)>,
    pub words: String,
    pub conditions: Vec<(usize, String)>,
    pub filtering: bool,
    pub ended: bool,
    /// First pixel in sight.
    pub top: f64,
    /// The record the cursor was at.
    pub at: Option<RecordId>,
    /// The rows as they stood, so that a record knows its neighbours.
    pub view: std::rc::Rc<Vec<u32>>,
}

/// All tables of the open township.
#[derive(Clone, Copy)]
pub struct TableMemory {
    left: StoredValue<FxHashMap<(String, KindIx), Left>, LocalStorage>,
}

impl Default for TableMemory {
    fn default() -> Self {
        Self::new()
    }
}

impl TableMemory {
    pub fn new() -> TableMemory {
        TableMemory { left: StoredValue::new_local(FxHashMap::default()) }
    }

    pub fn get(self, township: &str, kind: KindIx) -> Option<Left> {
        self.left.with_value(|left| left.get(&(township.to_string(), kind)).cloned())
    }

    pub fn set(self, township: &str, kind: KindIx, state: Left) {
        self.left.update_value(|left| {
            left.insert((township.to_string(), kind), state);
        });
    }
}

/// The records before and after one, as the table showed them last.
pub fn neighbours(
    left: Option<&Left>,
    township: &Township,
    kind: KindIx,
    id: &RecordId,
    natural: usize,
) -> (Option<RecordId>, Option<RecordId>) {
    let table = township.table(kind);
    let Some(slot) = table.slot(id.as_str()) else { return (None, None) };
    let all: Vec<u32>;
    let view: &[u32] = match left {
        Some(left) if left.view.contains(&(slot as u32)) => &left.view,
        _ => {
            let mut slots = holding(township, kind, None);
            Order::of(township, kind, natural, &sound_of).arrange(&mut slots, false);
            all = slots;
            &all
        }
    };
    let Some(at) = view.iter().position(|known| *known as usize == slot) else {
        return (None, None);
    };
    let living = |slot: &u32| {
        table.slots().get(*slot as usize).filter(|row| row.exists()).map(|row| row.id.clone())
    };
    (view[..at].iter().rev().find_map(living), view[at + 1..].iter().find_map(living))
}

/// Columns chosen for a kind in this browser; `None` where nobody chose or nothing is kept.
pub fn chosen_columns(kind: KindIx) -> Option<Vec<usize>> {
    let info = &schema().kinds[kind];
    let kept = leavings::get(&column_key(kind))?;
    let fields: Vec<usize> = kept.split(',').filter_map(|id| info.field(id)).collect();
    (!fields.is_empty()).then_some(fields)
}

/// Keeps the choice where the browser lets us.
pub fn keep_columns(kind: KindIx, fields: &[usize]) {
    let specs = schema().kinds[kind].spec.fields;
    let ids: Vec<&str> = fields.iter().map(|field| specs[*field].id).collect();
    leavings::set(&column_key(kind), &ids.join(","));
}

fn column_key(kind: KindIx) -> String {
    format!("columns:{}", schema().kinds[kind].spec.id)
}
