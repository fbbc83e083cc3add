//! Sort keys of a column, made once: numbers and days by size, choices as declared, text by sound.
//!
//! A row's key is one integer, so that sorting compares integers. Text packs the ranks of its first
//! characters, ranked among the characters the column really holds; what differs only behind them
//! is compared in full. Which sound a character has is handed in.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use crate::model::{FieldType, KindIx, Township, Value, schema};
use crate::sorting::Sorting;

/// The place of a character's sound among all sounds; equal for homophones.
pub type Sound<'a> = &'a dyn Fn(char) -> u16;

/// Empty cells come last in either direction.
const BLANK: u128 = u128::MAX;

/// The order of a kind's slots by one field.
pub struct Order {
    field: usize,
    /// By slot.
    keys: Vec<u128>,
    /// Text only: how its characters rank, and how many of them a key holds.
    tail: Option<Tail>,
}

struct Tail {
    ranks: Vec<u16>,
    packed: usize,
}

impl Order {
    /// Keys of every slot; costs one look at every cell of the column.
    pub fn of(township: &Township, kind: KindIx, field: usize, sound: Sound) -> Order {
        let ty = schema().kinds[kind].spec.fields[field].ty;
        let cells = || township.table(kind).slots().iter().map(|row| &row.cells[field]);
        match ty {
            FieldType::Text | FieldType::LongText => of_text(field, &cells(), sound),
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
        let mut lines: Vec<(u128, u32, u32)> =
            slots.iter().zip(0..).map(|(slot, at)| (key(*slot), at, *slot)).collect();
        lines.sort_unstable_by_key(|line| (line.0, line.1));
        if let Some(tail) = &self.tail {
            let text = |slot: u32| text_at(township, kind, self.field, slot);
            tail.arrange_equals(&mut lines, text, descending);
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

fn of_text<'a>(
    field: usize,
    cells: &(impl Iterator<Item = &'a Value> + Clone),
    sound: Sound,
) -> Order {
    let texts = || cells.clone().map(|cell| cell.as_str().unwrap_or_default());
    let (ranks, count) = rank_letters(texts(), sound);
    let bits = usize::BITS - count.leading_zeros();
    let packed = u128::BITS as usize / bits.max(1) as usize;
    let keys = texts().map(|text| pack(text, &ranks, bits, packed)).collect();
    Order { field, keys, tail: Some(Tail { ranks, packed }) }
}

/// Ranks, from 1, of the characters that occur, by code; all beyond the basic plane share the last.
fn rank_letters<'a>(texts: impl Iterator<Item = &'a str>, sound: Sound) -> (Vec<u16>, usize) {
    let mut ranks = vec![0u16; 1 << 16];
    let mut letters = Vec::new();
    for letter in texts.flat_map(str::chars) {
        let code = code_of(letter);
        if ranks[code] == 0 {
            ranks[code] = 1;
            letters.push((weight(letter, sound), code));
        }
    }
    letters.arrange(Ord::cmp);
    for (rank, (_, code)) in (1..).zip(&letters) {
        ranks[*code] = rank;
    }
    (ranks, letters.len())
}

fn code_of(letter: char) -> usize {
    (letter as usize).min(0xFFFF)
}

/// Digits and Latin letters first, capitals beside small ones, then Han by sound.
fn weight(letter: char, sound: Sound) -> (u16, u32) {
    if letter.is_ascii() {
        (0, u32::from(letter.to_ascii_lowercase()) << 1 | u32::from(letter.is_ascii_uppercase()))
    } else {
        (sound(letter).saturating_add(1), letter as u32)
    }
}

fn pack(text: &str, ranks: &[u16], bits: u32, packed: usize) -> u128 {
    if text.is_empty() {
        return BLANK;
    }
    let mut key = 0u128;
    let mut letters = text.chars();
    for _ in 0..packed {
        let rank = letters.next().map_or(0, |letter| ranks[code_of(letter)]);
        key = key << bits | u128::from(rank);
    }
    // One bit less keeps every key below BLANK, also when inverted.
    key.min(BLANK - 1)
}

impl Tail {
    /// Sorts each run of equal keys by what stands behind the packed characters.
    fn arrange_equals<'a>(
        &self,
        lines: &mut [(u128, u32, u32)],
        text: impl Fn(u32) -> &'a str,
        descending: bool,
    ) {
        for run in lines.chunk_by_mut(|a, b| a.0 == b.0) {
            if run.len() > 1 && run[0].0 != BLANK {
                run.arrange(|a, b| {
                    let order = self.compare(text(a.2), text(b.2));
                    let order = if descending { order.reverse() } else { order };
                    order.then(a.1.cmp(&b.1))
                });
            }
        }
    }

    fn compare(&self, a: &str, b: &str) -> Ordering {
        let rest = |text: &'_ str| {
            let letters = text.chars().skip(self.packed);
            letters.map(|letter| self.ranks[code_of(letter)]).collect::<Vec<_>>()
        };
        if a == b { Ordering::Equal } else { rest(a).cmp(&rest(b)).then_with(|| a.cmp(b)) }
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
    let (ranks, _) = rank_letters(texts.iter().map(String::as_str), sound);
    let tail = Tail { ranks, packed: 0 };
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.arrange(|a, b| tail.compare(&texts[*a], &texts[*b]));
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
