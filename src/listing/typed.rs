//! A value as the text of an input, and the way back. The check's sentences come from `model::check`.

use crate::model::check::{check_cell, read_typed};
use crate::model::{FieldSpec, FieldType, Text, Value};
use crate::sorting::Sorting;

/// What an input shows for a value: ids for choices and references, a member a line for sets.
pub fn typed(field: &FieldSpec, value: &Value) -> String {
    match (field.ty, value) {
        (_, Value::Null) => String::new(),
        (_, Value::Bool(on)) => if *on { "是" } else { "" }.to_string(),
        (_, Value::Int(int)) => int.to_string(),
        (_, Value::Real(real)) => real.to_string(),
        (_, Value::Set(members)) => members.join("\n"),
        (_, Value::Text(text) | Value::Json(text)) => text.to_string(),
    }
}

/// The value of what an input holds, or the sentence that says what is wrong.
pub fn read(field: &'static FieldSpec, typed: &str) -> Result<Value, String> {
    let value = match field.ty {
        FieldType::Set => read_lines(typed),
        // An unticked box is "not set", as records write it.
        FieldType::Bool if typed == "否" => Value::Null,
        _ => read_typed(field, typed)?,
    };
    match check_cell(field, &value) {
        None => Ok(value),
        Some(problem) => Err(problem.sentence),
    }
}

fn read_lines(typed: &str) -> Value {
    let lines = typed.split('\n').map(str::trim).filter(|line| !line.is_empty());
    let mut members: Vec<Text> = lines.map(Into::into).collect();
    members.arrange(Ord::cmp);
    members.dedup();
    if members.is_empty() { Value::Null } else { Value::Set(members.into()) }
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
    fn l6_what_an_input_shows_reads_back_as_the_value() {
        for (kind, id, value) in [
            ("post", "title", Value::text("文书岗")),
            ("post", "seats", Value::Int(2)),
            ("post", "track", Value::text("steady")),
            ("post", "unit", Value::text("u1")),
            ("post", "since", Value::text("2026-03-01")),
            ("person", "leader", Value::Bool(true)),
            ("town", "area", Value::Real(12.5)),
            (
                "matter",
                "terms",
                Value::Set(["低保、五保".into(), "吃低保".into()].as_slice().into()),
            ),
            ("post", "phone", Value::Null),
        ] {
            let field = field(kind, id);
            assert_eq!(read(field, &typed(field, &value)), Ok(value), "{id}");
        }
    }

    #[test]
    fn l6_an_empty_required_field_is_said() {
        assert_eq!(read(field("post", "title"), " "), Err("请填写岗位名称。".to_string()));
    }
}
