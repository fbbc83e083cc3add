//! What is wrong with a record's values, in words for the person at the form. Stops nothing by itself.

use super::ids::RecordId;
use super::photo::is_photo;
use super::spec::{FieldSpec, FieldType, KindSpec};
use super::value::{Outline, Value, is_safe, parse_date};
use crate::sorting::Sorting;

/// One problem of one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Field id.
    pub field: &'static str,
    pub sentence: String,
}

/// Longest text a field takes, in characters; longer ones are pasted by mistake.
pub const LONGEST_TEXT: usize = 20_000;

/// Checks every cell of a record against its declaration.
pub fn check(kind: &KindSpec, cells: &[Value]) -> Vec<Problem> {
    let pairs = kind.fields.iter().zip(cells);
    let mut problems: Vec<Problem> =
        pairs.filter_map(|(field, cell)| check_cell(field, cell)).collect();
    if let [.., since, until] = cells
        && let (Some(since), Some(until)) = (since.as_date(), until.as_date())
        && until < since
    {
        problems.push(Problem {
            field: "until",
            sentence: format!("结束日期 {until} 早于起始日期 {since}，请改其中一个。"),
        });
    }
    problems
}

/// Checks one cell; `None` is in order.
pub fn check_cell(field: &'static FieldSpec, value: &Value) -> Option<Problem> {
    let sentence = match value {
        Value::Null if field.required => format!("请填写{}。", field.label),
        Value::Null => return None,
        value => shape_sentence(field, value)?,
    };
    Some(Problem { field: field.id, sentence })
}

fn shape_sentence(field: &FieldSpec, value: &Value) -> Option<String> {
    let label = field.label;
    let fits = match field.ty {
        FieldType::Text if field.clock => return clock_sentence(label, value),
        FieldType::Text | FieldType::LongText => return text_sentence(label, value),
        FieldType::Int => value.as_int().is_some(),
        FieldType::Real => value.as_real().is_some(),
        FieldType::Bool => matches!(value, Value::Bool(_)),
        FieldType::Date => value.as_date().is_some(),
        FieldType::Choice(list) => {
            value.as_str().is_some_and(|id| list.iter().any(|(known, _)| *known == id))
        }
        FieldType::Ref(_) => value.as_str().is_some_and(|id| RecordId::parse(id).is_some()),
        FieldType::Set => matches!(value, Value::Set(_)),
        FieldType::Outline => Outline::from_value(value).is_some(),
        FieldType::Photo => value.as_str().is_some_and(is_photo),
    };
    let wanted = match field.ty {
        FieldType::Int => "应是整数",
        FieldType::Real => "应是数字",
        FieldType::Bool => "应是“是”或“否”",
        FieldType::Date => "应是日期，如 2026-03-09",
        FieldType::Choice(_) => "不在可选范围内",
        FieldType::Ref(_) => "没有对应的记录",
        FieldType::Photo => "不是能用的照片，请在表单里重新选一张",
        _ => "格式不对",
    };
    (!fits).then(|| format!("{label}{wanted}。"))
}

fn text_sentence(label: &str, value: &Value) -> Option<String> {
    match value {
        Value::Text(text) if text.chars().count() > LONGEST_TEXT => {
            Some(format!("{label}超过 {LONGEST_TEXT} 字，请删减或分开填写。"))
        }
        Value::Text(_) => None,
        _ => Some(format!("{label}应是文字。")),
    }
}

fn clock_sentence(label: &str, value: &Value) -> Option<String> {
    match value.as_str().and_then(read_clock) {
        Some(_) => None,
        None => Some(format!("{label}应是时刻，如 14:05。")),
    }
}

/// A time of day as minutes since midnight: `9:00`, `14：05`.
pub fn read_clock(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let figures = |text: &str| text.len() <= 2 && text.bytes().all(|at| at.is_ascii_digit());
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| figures(text));
    let (hour, minute) = (number(hour)?, number(minute)?);
    (minute < 60 && (hour < 24 || hour == 24 && minute == 0)).then_some(hour * 60 + minute)
}

/// A number as it is typed: `3.5`, `+3`, `.5`, `007`. Read as JSON numbers are.
pub fn read_real(typed: &str) -> Option<f64> {
    let typed = typed.strip_prefix('+').unwrap_or(typed);
    let (sign, digits) = typed.strip_prefix('-').map_or(("", typed), |digits| ("-", digits));
    if digits.is_empty() {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    let nought = if digits.starts_with(|at: char| at.is_ascii_digit()) { "" } else { "0" };
    serde_json::from_str(&format!("{sign}{nought}{digits}")).ok()
}

/// Reads what a person typed or a sheet held into the value its field takes.
///
/// References are ids here; turning names into ids is the importer's work. The `Err` is the sentence.
pub fn read_typed(field: &FieldSpec, typed: &str) -> Result<Value, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Value::Null);
    }
    let value = match field.ty {
        FieldType::Text | FieldType::LongText | FieldType::Ref(_) | FieldType::Photo => {
            Some(Value::text(typed))
        }
        FieldType::Int => typed.parse().ok().filter(|int| is_safe(*int)).map(Value::Int),
        FieldType::Real => read_real(typed).map(Value::real),
        FieldType::Bool => read_bool(typed).map(Value::Bool),
        FieldType::Date => parse_date(typed).map(Value::date),
        FieldType::Choice(list) => list
            .iter()
            .find(|(id, label)| *id == typed || *label == typed)
            .map(|(id, _)| Value::text(id)),
        FieldType::Set => Some(read_set(typed)),
        FieldType::Outline => serde_json::from_str(typed).ok().map(Value::from_json),
    };
    let value = value.unwrap_or_else(|| Value::text(typed));
    match shape_sentence(field, &value) {
        None => Ok(value),
        Some(sentence) => Err(sentence),
    }
}

fn read_bool(typed: &str) -> Option<bool> {
    match typed {
        "是" | "有" | "true" | "1" | "√" | "✓" => Some(true),
        "否" | "无" | "false" | "0" | "×" => Some(false),
        _ => None,
    }
}

fn read_set(typed: &str) -> Value {
    let parts = typed.split(['、', '，', ',', '；', ';', '\n']);
    let mut members: Vec<_> =
        parts.map(str::trim).filter(|part| !part.is_empty()).map(Into::into).collect();
    members.arrange(Ord::cmp);
    members.dedup();
    Value::Set(members.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::schema;

    fn field(kind: &str, id: &str) -> &'static FieldSpec {
        let info = schema().info(kind).expect("kind");
        &info.spec.fields[info.field(id).expect("field")]
    }

    #[test]
    fn m3_typed_words_become_values() {
        assert_eq!(read_typed(field("post", "track"), "精业实干岗"), Ok(Value::text("steady")));
        assert_eq!(read_typed(field("post", "seats"), " 2 "), Ok(Value::Int(2)));
        assert_eq!(read_typed(field("person", "leader"), "是"), Ok(Value::Bool(true)));
        assert_eq!(read_typed(field("post", "since"), "2026.1.5"), Ok(Value::text("2026-01-05")));
        assert_eq!(
            read_typed(field("matter", "terms"), "低保、 吃低保,低保"),
            Ok(Value::Set(["低保".into(), "吃低保".into()].as_slice().into()))
        );
    }

    #[test]
    fn m3_numbers_are_read_as_they_are_typed() {
        for (typed, real) in [("3.5", 3.5), ("+3", 3.0), ("-.5", -0.5), ("007", 7.0), ("0", 0.0)] {
            assert_eq!(read_real(typed), Some(real), "{typed}");
        }
        for typed in ["", "-", "三", "1e999", "3.5公里", "NaN", "--3", "0x10"] {
            assert_eq!(read_real(typed), None, "{typed}");
        }
    }

    #[test]
    fn m3_what_does_not_fit_is_said_in_a_sentence() {
        let said = read_typed(field("post", "seats"), "两个").unwrap_err();
        assert_eq!(said, "岗位人数应是整数。");
        assert!(read_typed(field("post", "since"), "去年").is_err());
        assert!(read_typed(field("post", "track"), "第三轨").is_err());
    }

    #[test]
    fn m3_a_time_of_day_is_read_as_it_is_written() {
        for (text, minutes) in [("9:00", 540), ("14：05", 845), (" 0:00", 0), ("24:00", 1440)] {
            assert_eq!(read_clock(text), Some(minutes), "{text}");
        }
        for text in ["", "9", "24:01", "12:60", "9点", "+9:00", "009:00"] {
            assert_eq!(read_clock(text), None, "{text}");
        }
    }

    #[test]
    fn m4_a_period_that_ends_before_it_starts_is_a_problem() {
        let info = schema().info("zone").expect("kind");
        let mut cells = vec![Value::Null; info.spec.fields.len()];
        cells[info.field("name").expect("field")] = Value::text("东片");
        cells[info.field("since").expect("field")] = Value::text("2026-05-01");
        cells[info.field("until").expect("field")] = Value::text("2026-04-01");
        let problems = check(info.spec, &cells);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].field, "until");
    }
}
