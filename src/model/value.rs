//! The values a field can hold, as they lie in ops and rows. Does not know which field holds them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::hash::BuildHasher;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rustc_hash::FxBuildHasher;
use serde_json::Value as Json;

use crate::encoding::{Nfc, composed};
use crate::sorting::Sorting;

/// Shared text: rows, ops and indexes point at one copy.
pub type Text = Arc<str>;

/// Texts longer than this are rarely alike, and looking whether they are costs more.
const SHARED_BYTES: usize = 48;
/// Texts remembered.
const REMEMBERED: usize = 1 << 12;

/// One copy for texts alike, as far as they were met lately: most cells of a township hold one of a few
/// hundred texts, and every copy would cost some 40 bytes and the time to make it.
pub fn shared(text: &str) -> Text {
    thread_local! {
        static MET: RefCell<Vec<Option<Text>>> = RefCell::new(vec![None; REMEMBERED]);
    }
    if text.len() > SHARED_BYTES {
        return text.into();
    }
    let place = FxBuildHasher.hash_one(text) as usize;
    MET.with(|met| {
        let mut met = met.borrow_mut();
        // The upper bits are the better mixed ones.
        let kept = &mut met[(place >> 8) % REMEMBERED];
        match kept {
            Some(known) if **known == *text => known.clone(),
            _ => kept.insert(text.into()).clone(),
        }
    })
}

/// A day, without time or zone.
pub type Date = NaiveDate;

/// The largest integer every JSON reader keeps exactly; larger ones travel as strings.
pub const MAX_SAFE_INT: i64 = 9_007_199_254_740_991;

/// A field's value. `Null` means "not set", never "unknown".
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(Text),
    /// A composite (register group, ring, anything of unknown shape) as canonical JSON text.
    Json(Text),
    /// Members of a set field, sorted. Only in rows: in ops every member is a register of its own.
    Set(Arc<[Text]>),
}

impl Value {
    pub fn text(text: &str) -> Value {
        if text.is_empty() { Value::Null } else { Value::Text(text.into()) }
    }

    /// An integer; one that some JSON reader would round becomes its digits.
    pub fn int(int: i64) -> Value {
        if is_safe(int) { Value::Int(int) } else { Value::Text(int.to_string().into()) }
    }

    /// A real as every copy keeps it; see [`steady`]. One too large for that becomes its digits.
    pub fn real(real: f64) -> Value {
        match steady(real) {
            Some(real) => Value::Real(real),
            None if real.is_finite() => Value::Text(Json::from(real).to_string().into()),
            None => Value::Null,
        }
    }

    pub fn date(date: Date) -> Value {
        Value::Text(date.to_string().into())
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Json(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(int) => Some(*int),
            Value::Real(real) if real.fract() == 0.0 => {
                Some(*real as i64).filter(|int| is_safe(*int))
            }
            _ => None,
        }
    }

    pub fn as_real(&self) -> Option<f64> {
        match self {
            Value::Int(int) => Some(*int as f64),
            Value::Real(real) => Some(*real),
            _ => None,
        }
    }

    pub fn as_date(&self) -> Option<Date> {
        self.as_str().and_then(parse_date)
    }

    pub fn as_set(&self) -> &[Text] {
        match self {
            Value::Set(members) => members,
            _ => &[],
        }
    }

    /// The value with its texts composed; composites are figures and ids and stay.
    pub fn composed(&self, nfc: Nfc) -> Value {
        match self {
            Value::Text(text) => match composed(text, nfc) {
                Cow::Borrowed(_) => self.clone(),
                Cow::Owned(text) => Value::text(&text),
            },
            Value::Set(members) => {
                Value::Set(members.iter().map(|member| composed(member, nfc).into()).collect())
            }
            other => other.clone(),
        }
    }

    /// The value as every copy writes it and reads it back: safe integers, steady reals, sets sorted.
    pub fn canonical(&self) -> Value {
        match self {
            Value::Int(int) => Value::int(*int),
            Value::Real(real) => Value::real(*real),
            Value::Json(_) => Value::from_json(self.to_json()),
            Value::Set(members) if members.is_sorted_by(|a, b| a < b) => self.clone(),
            Value::Set(members) => {
                let mut members = members.to_vec();
                members.arrange(Ord::cmp);
                members.dedup();
                Value::Set(members.into())
            }
            Value::Null | Value::Bool(_) | Value::Text(_) => self.clone(),
        }
    }

    /// The value of a JSON document. Composites become canonical text; keys come out sorted.
    pub fn from_json(json: Json) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Bool(bool) => Value::Bool(bool),
            Json::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(int), _) => Value::int(int),
                (None, Some(real)) if number.is_f64() => Value::real(real),
                _ => Value::Text(number.to_string().into()),
            },
            Json::String(text) => Value::Text(text.into()),
            mut composite => {
                steady_json(&mut composite);
                Value::Json(composite.to_string().into())
            }
        }
    }

    /// The JSON document of this value; a set is an array of its members.
    pub fn to_json(&self) -> Json {
        match self {
            Value::Null => Json::Null,
            Value::Bool(bool) => Json::Bool(*bool),
            Value::Int(int) => Json::from(*int),
            Value::Real(real) => Json::from(*real),
            Value::Text(text) => Json::from(&**text),
            Value::Json(text) => serde_json::from_str(text).unwrap_or(Json::Null),
            Value::Set(members) => Json::from_iter(members.iter().map(|member| &**member)),
        }
    }

    /// Appends this value as canonical JSON text.
    pub fn write_json(&self, out: &mut String) {
        match self {
            Value::Null => out.push_str("null"),
            Value::Json(text) => out.push_str(text),
            Value::Text(text) => write_json_text(text, out),
            Value::Bool(_) | Value::Int(_) | Value::Real(_) | Value::Set(_) => {
                out.push_str(&self.to_json().to_string());
            }
        }
    }
}

/// The real rounded to fifteen digits at most, nine of them behind the point: what any JSON reader
/// gives back exactly as it was written, ours included. `None` where the whole part is too large.
pub fn steady(real: f64) -> Option<f64> {
    let scale = match real.abs() {
        size if size < 1e6 => 1e9,
        size if size < 1e12 => 1e3,
        // A tenth of 2^53: written with its `.0`, its digits are still a whole number readers keep.
        size if size < 9e14 => 1.0,
        _ => return None,
    };
    // Minus nought is nought.
    Some((real * scale).round() / scale + 0.0)
}

fn steady_json(json: &mut Json) {
    match json {
        Json::Number(number) if number.is_f64() => {
            let real = number.as_f64().unwrap_or_default();
            *json = steady(real).map_or_else(|| Json::from(number.to_string()), Json::from);
        }
        Json::Array(items) => items.iter_mut().for_each(steady_json),
        Json::Object(members) => members.values_mut().for_each(steady_json),
        _ => {}
    }
}

/// Whether every JSON reader keeps the integer exactly.
pub fn is_safe(int: i64) -> bool {
    int.unsigned_abs() <= MAX_SAFE_INT.unsigned_abs()
}

/// Appends `text` as a JSON string. Plain text, the usual case, is copied whole.
pub fn write_json_text(text: &str, out: &mut String) {
    out.push('"');
    if text.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
        out.push_str(text);
        out.push('"');
        return;
    }
    out.pop();
    out.push_str(&Json::from(text).to_string());
}

/// `2026-11-22`, also `2026/11/22`, `2026.11.22`, `2026年11月22日` and `20261122`, as clerks type them.
pub fn parse_date(text: &str) -> Option<Date> {
    let digits = |part: &str| {
        let part = part.trim();
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i32>().ok()).flatten()
    };
    let parts: Vec<&str> =
        text.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    match parts[..] {
        [year, month, day] => {
            Date::from_ymd_opt(digits(year)?, digits(month)? as u32, digits(day)? as u32)
        }
        [whole] if whole.len() == 8 && whole.is_ascii() => Date::from_ymd_opt(
            digits(&whole[..4])?,
            digits(&whole[4..6])? as u32,
            digits(&whole[6..])? as u32,
        ),
        _ => None,
    }
}

/// 2026年6月15日
pub fn day_words(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// The same within the year: 6月15日.
pub fn short_day(day: Date) -> String {
    format!("{}月{}日", day.month(), day.day())
}

/// Borders in map units (local metres, y to the north): closed rings, the first point of each not repeated.
/// Inside is what an odd number of them goes around: parts apart lie side by side, holes within (M10).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline(pub Vec<Vec<[f64; 2]>>);

impl Outline {
    /// Of one ring.
    pub fn of(ring: Vec<[f64; 2]>) -> Outline {
        Outline(vec![ring])
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Canonical JSON, rounded to centimetres: of one ring flat, `[x0,y0,x1,y1,…]`, of several a list of such.
    pub fn to_value(&self) -> Value {
        let flat =
            |ring: &Vec<[f64; 2]>| Json::from_iter(ring.iter().flatten().copied().map(round_cm));
        let json = match &self.0[..] {
            [] => return Value::Null,
            [ring] => flat(ring),
            rings => Json::from_iter(rings.iter().map(flat)),
        };
        Value::Json(json.to_string().into())
    }

    pub fn from_value(value: &Value) -> Option<Outline> {
        let text = value.as_str()?;
        let flat: Vec<Vec<f64>> = match serde_json::from_str(text) {
            Ok(one) => vec![one],
            Err(_) => serde_json::from_str(text).ok().filter(|rings: &Vec<_>| !rings.is_empty())?,
        };
        flat.iter().map(|flat| ring(flat)).collect::<Option<Vec<_>>>().map(Outline)
    }
}

fn ring(flat: &[f64]) -> Option<Vec<[f64; 2]>> {
    let (points, rest) = flat.as_chunks::<2>();
    (rest.is_empty() && points.len() >= 3).then(|| points.to_vec())
}

fn round_cm(number: f64) -> Json {
    let cm = (number * 100.0).round() / 100.0;
    let whole = cm.fract() == 0.0 && is_safe(cm as i64);
    if whole { Json::from(cm as i64) } else { Json::from(cm) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn m3_dates_are_read_as_clerks_write_them() {
        let day = Date::from_ymd_opt(2026, 3, 9);
        for text in ["2026-03-09", "2026/3/9", "2026.03.09", "2026年3月9日", "20260309"] {
            assert_eq!(parse_date(text), day, "{text}");
        }
        for text in ["", "2026", "2026-13-01", "明天", "2026-02-30", "+2020101", "2026-+3-09"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn b9_integers_beyond_2_53_become_text() {
        let json: Json = serde_json::from_str("9007199254740993").expect("json");
        assert_eq!(Value::from_json(json), Value::Text("9007199254740993".into()));
        for far in [i64::MIN, -MAX_SAFE_INT - 1, MAX_SAFE_INT + 1, i64::MAX] {
            assert_eq!(Value::from_json(far.into()), Value::Text(far.to_string().into()));
            let read: Value = serde_json::from_str(&far.to_string()).expect("json");
            assert_eq!(read, Value::Text(far.to_string().into()));
        }
        assert_eq!(Value::from_json(MAX_SAFE_INT.into()), Value::Int(MAX_SAFE_INT));
    }

    proptest! {
        #[test]
        fn b9_every_number_reads_back_as_it_was_written(real in any::<f64>(), near in -1e7f64..1e7) {
            for json in [Json::from(real), Json::from(near), serde_json::json!([near, {"a": real}])] {
                let value = Value::from_json(json);
                let mut text = String::new();
                value.write_json(&mut text);
                let again: Value = serde_json::from_str(&text).expect("json");
                prop_assert_eq!(&again, &value);
                prop_assert_eq!(again.canonical(), value);
            }
        }

        #[test]
        fn m3_no_text_makes_a_date_or_a_ring_panic(text in "[0-9年月日/.,+ \\[\\]e-]{0,24}") {
            let _ = parse_date(&text);
            let _ = Outline::from_value(&Value::Json(text.into()));
        }
    }

    #[test]
    fn b9_whole_reals_of_sixteen_digits_travel_as_text() {
        for real in [-7_351_826_272_283_327.0, 900_000_000_000_001.0, 899_999_999_999_999.0] {
            let value = Value::real(real);
            let mut text = String::new();
            value.write_json(&mut text);
            let again: Value = serde_json::from_str(&text).expect("json");
            assert_eq!(again, value, "{text}");
        }
    }

    #[test]
    fn m10_outlines_round_trip_to_the_centimetre_one_ring_or_several() {
        let one = vec![[0.0, 0.0], [10.126, 0.0], [10.0, -3.5]];
        let value = Outline::of(one.clone()).to_value();
        assert_eq!(value, Value::Json("[0,0,10.13,0,10,-3.5]".into()));
        let back = Outline::from_value(&value).expect("outline");
        assert_eq!(back.0, vec![vec![[0.0, 0.0], [10.13, 0.0], [10.0, -3.5]]]);
        let two = Outline(vec![one, vec![[20.0, 0.0], [21.0, 0.0], [21.0, 1.0]]]);
        let value = two.to_value();
        assert_eq!(value, Value::Json("[[0,0,10.13,0,10,-3.5],[20,0,21,0,21,1]]".into()));
        assert_eq!(Outline::from_value(&value).expect("outline").0[1], two.0[1]);
        for wrong in ["[]", "[[]]", "[0,0,1,1]", "[0,0,1,1,2]", "[[0,0,1,1,2,2],[0]]", "{}"] {
            assert_eq!(Outline::from_value(&Value::Json(wrong.into())), None, "{wrong}");
        }
    }

    #[test]
    fn json_text_escapes_only_what_must_be() {
        let mut out = String::new();
        write_json_text("甲\"乙\n", &mut out);
        write_json_text("丙", &mut out);
        assert_eq!(out, "\"甲\\\"乙\\n\"\"丙\"");
    }
}
