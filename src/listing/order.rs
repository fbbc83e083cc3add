//! The order of a column, made once: numbers and days by size, choices as declared, text by sound.
//!
//! Every row gets its place among all (`gangtu_search::collate`); sorting any choice of rows, either
//! way, then compares integers. Which sound a character has is handed in.

use gangtu_search::collate::{
    BLANK, NO_NUMBER, Sound, arrange, places_of_numbers, places_of_texts,
};
use rustc_hash::FxHashMap;

use crate::model::{FieldType, KindIx, Township, Value, schema};

/// The order of a kind's slots by one field.
pub struct Order {
    field: usize,
    /// By slot.
    places: Vec<u32>,
}

impl Order {
    /// Places of every slot; costs one look at every cell of the column.
    pub fn of(township: &Township, kind: KindIx, field: usize, sound: Sound) -> Order {
        let ty = schema().kinds[kind].spec.fields[field].ty;
        let cells = || township.table(kind).slots().iter().map(|row| &row.cells[field]);
        let places = match ty {
            FieldType::Text | FieldType::LongText => {
                let texts: Vec<&str> =
                    cells().map(|cell| cell.as_str().unwrap_or_default()).collect();
                places_of_texts(&texts, sound)
            }
            FieldType::Ref(_) => {
                let title = |value: &Value| township.display(ty, value);
                by_few_texts(cells(), title, sound)
            }
            FieldType::Set => {
                let joined = |value: &Value| value.as_set().join("、");
                by_few_texts(cells(), joined, sound)
            }
            _ => {
                let numbers: Vec<u64> = cells().map(|cell| number_of(ty, cell)).collect();
                places_of_numbers(&numbers)
            }
        };
        Order { field, places }
    }

    pub fn field(&self) -> usize {
        self.field
    }

    /// Sorts slots by this order; what is equal stays as it stood, what is empty comes last.
    pub fn arrange(&self, slots: &mut [u32], descending: bool) {
        arrange(slots, &self.places, descending);
    }
}

/// The field a table is sorted by until the reader chooses: its number, else its name.
pub fn natural_field(kind: KindIx) -> usize {
    let info = &schema().kinds[kind];
    let number = info.field("no").filter(|at| info.spec.fields[*at].ty == FieldType::Int);
    number.or_else(|| info.spec.fields.iter().position(|field| field.title)).unwrap_or(0)
}

/// A cell as a number that compares as the cells do.
fn number_of(ty: FieldType, cell: &Value) -> u64 {
    let number = match (ty, cell) {
        (_, Value::Null) => None,
        (FieldType::Date, cell) => {
            cell.as_date().map(|day| (day - chrono::NaiveDate::MIN).num_days() as f64)
        }
        (FieldType::Choice(list), cell) => cell
            .as_str()
            .map(|id| list.iter().position(|(known, _)| *known == id).unwrap_or(list.len()) as f64),
        (_, Value::Bool(on)) => Some(f64::from(u8::from(!*on))),
        (_, Value::Json(_)) => Some(1.0),
        (_, cell) => cell.as_real(),
    };
    number.map_or(NO_NUMBER, ordered_bits)
}

/// Bits that compare as the numbers do.
fn ordered_bits(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

/// Places in a column of references or sets, which comes down to few texts: each is made and placed
/// once.
fn by_few_texts<'a>(
    cells: impl Iterator<Item = &'a Value>,
    text: impl Fn(&Value) -> String,
    sound: Sound,
) -> Vec<u32> {
    let mut known: FxHashMap<Same<'a>, usize> = FxHashMap::default();
    let mut texts: Vec<String> = Vec::new();
    let mut members: Vec<Option<usize>> = Vec::new();
    for cell in cells {
        let member = (!cell.is_null()).then(|| {
            *known.entry(Same::of(cell)).or_insert_with(|| {
                texts.push(text(cell));
                texts.len() - 1
            })
        });
        members.push(member);
    }
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    let places = places_of_texts(&all, sound);
    members.into_iter().map(|member| member.map_or(BLANK, |at| places[at])).collect()
}

/// What makes two cells say the same.
#[derive(PartialEq, Eq, Hash)]
enum Same<'a> {
    Text(&'a str),
    Set(&'a [crate::model::Text]),
}

impl<'a> Same<'a> {
    fn of(cell: &'a Value) -> Same<'a> {
        match cell {
            Value::Set(members) => Same::Set(members),
            cell => Same::Text(cell.as_str().unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests;
