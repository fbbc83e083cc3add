//! Sort keys of a column, made once: numbers and days by size, choices as declared, text by sound.
//!
//! A row's key is one integer, so that sorting compares integers (`gangtu_search::collate`). Text packs
//! the ranks of its first characters, ranked among the characters the column really holds; what
//! differs only behind them is compared in full. Which sound a character has is handed in.

use gangtu_search::collate::{BLANK, Line, Ranks, Sound, sort_lines};
use rustc_hash::FxHashMap;

use crate::model::{FieldType, KindIx, Township, Value, schema};
use crate::sorting::Sorting;

/// The order of a kind's slots by one field.
pub struct Order {
    field: usize,
    /// By slot.
    keys: Vec<u128>,
    /// Text only: how its characters rank, and how many of them a key holds.
    tail: Option<Ranks>,
}

impl Order {
    /// Keys of every slot; costs one look at every cell of the column.
    pub fn of(township: &Township, kind: KindIx, field: usize, sound: Sound) -> Order {
        let ty = schema().kinds[kind].spec.fields[field].ty;
        let cells = || township.table(kind).slots().iter().map(|row| &row.cells[field]);
        match ty {
            FieldType::Text | FieldType::LongText => of_text(field, cells(), sound),
            FieldType::Ref(_) => {
                let title = |value: &Value| township.display(ty, value);
                Order { field, keys: by_rank_of_texts(cells(), title, sound), tail: None }
            }
            FieldType::Set => {
                let joined = |value: &Value| value.as_set().join("、");
                Order { field, keys: by_rank_of_texts(cells(), joined, sound), tail: None }
            }
            _ => {
                Order { field, keys: cells().map(|cell| plain_key(ty, cell)).collect(), tail: None }
            }
        }
    }

    pub fn field(&self) -> usize {
        self.field
    }

    /// Sorts slots by this order; what is equal stays as it stood.
    pub fn arrange(&self, township: &Township, kind: KindIx, slots: &mut [u32], descending: bool) {
        let key = |slot: u32| match self.keys.get(slot as usize).copied().unwrap_or(BLANK) {
            BLANK => BLANK,
            key if descending => BLANK - 1 - key,
            key => key,
        };
        let mut lines: Vec<Line> =
            slots.iter().zip(0..).map(|(slot, at)| (key(*slot), at, *slot)).collect();
        sort_lines(&mut lines);
        if let Some(ranks) = &self.tail {
            let text = |slot: u32| text_at(township, kind, self.field, slot);
            arrange_equals(ranks, &mut lines, text, descending);
        }
        for (place, line) in slots.iter_mut().zip(lines) {
            *place = line.2;
        }
    }
}

/// The field a table is sorted by until the reader chooses: its number, else its name.
pub fn natural_field(kind: KindIx) -> usize {
    let info = &schema().kinds[kind];
    let number = info.field("no").filter(|at| info.spec.fields[*at].ty == FieldType::Int);
    number.or_else(|| info.spec.fields.iter().position(|field| field.title)).unwrap_or(0)
}

fn text_at(township: &Township, kind: KindIx, field: usize, slot: u32) -> &str {
    township.table(kind).at(slot as usize).cells[field].as_str().unwrap_or_default()
}

fn plain_key(ty: FieldType, cell: &Value) -> u128 {
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
    number.map_or(BLANK, |number| u128::from(ordered_bits(number)))
}

/// Bits that compare as the numbers do.
fn ordered_bits(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

fn of_text<'a>(field: usize, cells: impl Iterator<Item = &'a Value>, sound: Sound) -> Order {
    let texts: Vec<&str> = cells.map(|cell| cell.as_str().unwrap_or_default()).collect();
    let ranks = Ranks::of(&texts, sound);
    Order { field, keys: ranks.keys(&texts), tail: Some(ranks) }
}

/// Sorts each run of equal keys by what stands behind the characters a key holds.
fn arrange_equals<'a>(
    ranks: &Ranks,
    lines: &mut [Line],
    text: impl Fn(u32) -> &'a str,
    descending: bool,
) {
    for run in lines.chunk_by_mut(|a, b| a.0 == b.0) {
        if run.len() > 1 && run[0].0 != BLANK {
            run.arrange(|a, b| {
                let order = ranks.compare_tails(text(a.2), text(b.2));
                let order = if descending { order.reverse() } else { order };
                order.then(a.1.cmp(&b.1))
            });
        }
    }
}

/// Keys that are the ranks of the few texts a column of references or sets comes down to.
fn by_rank_of_texts<'a>(
    cells: impl Iterator<Item = &'a Value> + Clone,
    text: impl Fn(&Value) -> String,
    sound: Sound,
) -> Vec<u128> {
    let mut known: FxHashMap<Same<'a>, u32> = FxHashMap::default();
    let mut texts: Vec<String> = Vec::new();
    let mut members: Vec<Option<u32>> = Vec::new();
    for cell in cells {
        let member = (!cell.is_null()).then(|| {
            *known.entry(Same::of(cell)).or_insert_with(|| {
                texts.push(text(cell));
                texts.len() as u32 - 1
            })
        });
        members.push(member);
    }
    let place = places(&texts, sound);
    members.into_iter().map(|member| member.map_or(BLANK, |at| place[at as usize])).collect()
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

/// The place of each text among all; the same for equal ones.
fn places(texts: &[String], sound: Sound) -> Vec<u128> {
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    let ranks = Ranks::of(&all, sound);
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.arrange(|a, b| ranks.compare(&texts[*a], &texts[*b]));
    let mut place = vec![0u128; texts.len()];
    let mut last: Option<(usize, u128)> = None;
    for at in order {
        let next = match last {
            Some((before, place)) if texts[before] == texts[at] => place,
            Some((_, place)) => place + 1,
            None => 0,
        };
        place[at] = next;
        last = Some((at, next));
    }
    place
}

#[cfg(test)]
mod tests;
