//! Which rows a reader asked for: the box over the whole table and one condition a column.
//!
//! The box looks through one long text in which every row is a line, so a search is one pass.

use rustc_hash::FxHashMap;

use crate::model::check::read_real;
use crate::model::value::parse_date;
use crate::model::{FieldSpec, FieldType, KindIx, Township, Value, schema};

/// What the shown columns of every row say, line by line, small letters.
pub struct Haystack {
    text: String,
    /// By slot: where its line ends.
    ends: Vec<usize>,
}

impl Haystack {
    /// One look at every cell of `fields`; references are followed once each.
    pub fn of(township: &Township, kind: KindIx, fields: &[usize]) -> Haystack {
        let rows = township.table(kind).slots();
        let specs = schema().kinds[kind].spec.fields;
        let mut titles: FxHashMap<&str, String> = FxHashMap::default();
        let mut text = String::with_capacity(rows.len() * 32);
        let mut ends = Vec::with_capacity(rows.len());
        for row in rows {
            for field in fields {
                push_cell(&mut text, township, specs[*field].ty, &row.cells[*field], &mut titles);
                text.push('\u{1}');
            }
            text.push('\n');
            ends.push(text.len());
        }
        text.make_ascii_lowercase();
        Haystack { text, ends }
    }

    /// By slot, whether its line holds every one of the words.
    pub fn find(&self, words: &str) -> Vec<bool> {
        let mut found = vec![true; self.ends.len()];
        for word in words.split_whitespace() {
            let here = self.find_word(&word.to_ascii_lowercase());
            found.iter_mut().zip(here).for_each(|(all, one)| *all &= one);
        }
        found
    }

    fn find_word(&self, word: &str) -> Vec<bool> {
        let mut found = vec![false; self.ends.len()];
        let (mut slot, mut from) = (0, 0);
        while let Some(at) = self.text.get(from..).and_then(|rest| rest.find(word)) {
            slot += self.ends[slot..].partition_point(|end| *end <= from + at);
            let (Some(line), Some(end)) = (found.get_mut(slot), self.ends.get(slot)) else { break };
            *line = true;
            // The rest of a line that fits says nothing new.
            from = *end;
        }
        found
    }
}

fn push_cell<'a>(
    text: &mut String,
    township: &Township,
    ty: FieldType,
    cell: &'a Value,
    titles: &mut FxHashMap<&'a str, String>,
) {
    match (ty, cell) {
        (_, Value::Null) => {}
        (FieldType::Text | FieldType::LongText | FieldType::Date, Value::Text(plain)) => {
            text.push_str(plain);
        }
        (FieldType::Ref(_), Value::Text(id)) => {
            text.push_str(titles.entry(id).or_insert_with(|| township.display(ty, cell)));
        }
        _ => text.push_str(&township.display(ty, cell)),
    }
}

/// The word that asks for empty cells.
pub const BLANK_WORD: &str = "未填";

/// What one column must hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    Blank,
    /// The words as shown hold this text.
    Holds(String),
    /// A choice's id, or the words for a truth.
    Is(String),
    /// From and to, both within; days count from the calendar's start.
    Within(f64, f64),
}

impl Condition {
    /// Reads what was typed over a column: a part of its words, `未填`, and for numbers and days
    /// `>5`, `<=2026-03-01`, `3-9`, `2026-03` (the month). `None` asks for nothing.
    pub fn read(field: &FieldSpec, typed: &str) -> Option<Condition> {
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        if typed == BLANK_WORD {
            return Some(Condition::Blank);
        }
        let span = match field.ty {
            FieldType::Int | FieldType::Real => span(typed, &read_real),
            FieldType::Date => month(typed).or_else(|| span(typed, &day_number)),
            FieldType::Choice(_) | FieldType::Bool => {
                return Some(Condition::Is(typed.to_string()));
            }
            _ => None,
        };
        let (from, to) = match span {
            Some(span) => span,
            None => return Some(Condition::Holds(typed.to_ascii_lowercase())),
        };
        Some(Condition::Within(from, to))
    }

    fn holds(&self, township: &Township, ty: FieldType, cell: &Value) -> bool {
        match self {
            Condition::Blank => cell.is_null(),
            Condition::Is(word) => match (ty, cell) {
                (FieldType::Bool, cell) => (word == "是") == (*cell == Value::Bool(true)),
                (_, cell) => cell.as_str() == Some(word),
            },
            Condition::Within(from, to) => {
                number(ty, cell).is_some_and(|at| *from <= at && at <= *to)
            }
            Condition::Holds(part) => match cell {
                Value::Text(text) if !matches!(ty, FieldType::Ref(_) | FieldType::Photo) => {
                    text.contains(part.as_str())
                        || text.to_ascii_lowercase().contains(part.as_str())
                }
                cell => township.display(ty, cell).to_ascii_lowercase().contains(part.as_str()),
            },
        }
    }

    /// Keeps the slots whose cell fits; a reference is looked at once.
    pub fn keep(&self, township: &Township, kind: KindIx, field: usize, slots: &mut Vec<u32>) {
        let ty = schema().kinds[kind].spec.fields[field].ty;
        let table = township.table(kind);
        let mut known: FxHashMap<&str, bool> = FxHashMap::default();
        slots.retain(|slot| {
            let cell = &table.at(*slot as usize).cells[field];
            match (ty, cell) {
                (FieldType::Ref(_), Value::Text(id)) => {
                    *known.entry(id).or_insert_with(|| self.holds(township, ty, cell))
                }
                _ => self.holds(township, ty, cell),
            }
        });
    }
}

fn number(ty: FieldType, cell: &Value) -> Option<f64> {
    match ty {
        FieldType::Date => day_number(cell.as_str()?),
        _ => cell.as_real(),
    }
}

fn day_number(text: &str) -> Option<f64> {
    Some((parse_date(text)? - chrono::NaiveDate::MIN).num_days() as f64)
}

/// `2026-03`, `2026年3月`
fn month(typed: &str) -> Option<(f64, f64)> {
    let parts: Vec<&str> =
        typed.split(['-', '/', '.', '年', '月']).filter(|part| !part.is_empty()).collect();
    let [year, month] = parts[..] else { return None };
    let (year, month): (i32, u32) = (year.parse().ok()?, month.parse().ok()?);
    if !(1000..=9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let first = |year, month| day_number(&format!("{year}-{month}-1"));
    let next = if month == 12 { first(year + 1, 1) } else { first(year, month + 1) };
    Some((first(year, month)?, next? - 1.0))
}

fn span(typed: &str, read: &dyn Fn(&str) -> Option<f64>) -> Option<(f64, f64)> {
    let typed = typed.replace('＞', ">").replace('＜', "<").replace('≥', ">=").replace('≤', "<=");
    if let Some(rest) = typed.strip_prefix(">=") {
        return Some((read(rest.trim())?, f64::INFINITY));
    }
    if let Some(rest) = typed.strip_prefix("<=") {
        return Some((f64::NEG_INFINITY, read(rest.trim())?));
    }
    if let Some(rest) = typed.strip_prefix('>') {
        return Some((above(read(rest.trim())?), f64::INFINITY));
    }
    if let Some(rest) = typed.strip_prefix('<') {
        return Some((f64::NEG_INFINITY, below(read(rest.trim())?)));
    }
    let typed = typed.trim_start_matches('=').trim();
    if let Some(whole) = read(typed) {
        return Some((whole, whole));
    }
    let (from, to) = typed.split_once(['~', '～', '-', '至', '到'])?;
    Some((read(from.trim())?, read(to.trim())?))
}

fn above(number: f64) -> f64 {
    number + number.abs().max(1.0) * f64::EPSILON
}

fn below(number: f64) -> f64 {
    number - number.abs().max(1.0) * f64::EPSILON
}

#[cfg(test)]
mod tests;
