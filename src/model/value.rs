//! The values a field can hold, as they lie in ops and rows. Does not know which field holds them.

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::Value as Json;

/// Shared text: rows, ops and indexes point at one copy.
pub type Text = Arc<str>;

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
            Value::Real(real) if real.fract() == 0.0 => Some(*real as i64),
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

    /// The value of a JSON document. Composites become canonical text; keys come out sorted.
    pub fn from_json(json: Json) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Bool(bool) => Value::Bool(bool),
            Json::Number(number) => match number.as_i64() {
                Some(int) if int.abs() <= MAX_SAFE_INT => Value::Int(int),
                _ => match number.as_f64() {
                    Some(real) if !number.is_i64() && !number.is_u64() => Value::Real(real),
                    _ => Value::Text(number.to_string().into()),
                },
            },
            Json::String(text) => Value::Text(text.into()),
            composite => Value::Json(composite.to_string().into()),
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
    let digits = |part: &str| part.trim().parse::<i32>().ok();
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

/// A closed polygon in map units (local metres, y to the north); the last point is not repeated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ring(pub Vec<[f64; 2]>);

impl Ring {
    /// Flat canonical JSON: `[x0,y0,x1,y1,…]`, rounded to centimetres.
    pub fn to_value(&self) -> Value {
        if self.0.is_empty() {
            return Value::Null;
        }
        let flat = self.0.iter().flatten().map(|number| round_cm(*number));
        Value::Json(Json::from_iter(flat).to_string().into())
    }

    pub fn from_value(value: &Value) -> Option<Ring> {
        let flat: Vec<f64> = serde_json::from_str(value.as_str()?).ok()?;
        let (points, rest) = flat.as_chunks::<2>();
        (rest.is_empty() && points.len() >= 3).then(|| Ring(points.to_vec()))
    }
}

fn round_cm(number: f64) -> Json {
    let cm = (number * 100.0).round() / 100.0;
    if cm.fract() == 0.0 { Json::from(cm as i64) } else { Json::from(cm) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m3_dates_are_read_as_clerks_write_them() {
        let day = Date::from_ymd_opt(2026, 3, 9);
        for text in ["2026-03-09", "2026/3/9", "2026.03.09", "2026年3月9日", "20260309"] {
            assert_eq!(parse_date(text), day, "{text}");
        }
        for text in ["", "2026", "2026-13-01", "明天", "2026-02-30"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn b9_integers_beyond_2_53_become_text() {
        let json: Json = serde_json::from_str("9007199254740993").expect("json");
        assert_eq!(Value::from_json(json), Value::Text("9007199254740993".into()));
    }

    #[test]
    fn rings_round_trip_to_the_centimetre() {
        let ring = Ring(vec![[0.0, 0.0], [10.126, 0.0], [10.0, -3.5]]);
        let back = Ring::from_value(&ring.to_value()).expect("ring");
        assert_eq!(back.0, vec![[0.0, 0.0], [10.13, 0.0], [10.0, -3.5]]);
    }

    #[test]
    fn json_text_escapes_only_what_must_be() {
        let mut out = String::new();
        write_json_text("甲\"乙\n", &mut out);
        write_json_text("丙", &mut out);
        assert_eq!(out, "\"甲\\\"乙\\n\"\"丙\"");
    }
}
