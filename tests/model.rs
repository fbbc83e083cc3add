//! Records as the rules of SPEC.md promise them. M-rules are in the names.

use gangtu::model::kinds::{GridCell, Holding, Matter, Person, Post};
use gangtu::model::value::Date;
use gangtu::model::{Record, RecordId, Row, Value, schema};
use proptest::prelude::*;

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        any::<f64>().prop_map(Value::Real),
        ".{0,12}".prop_map(|text| Value::Text(text.into())),
        Just(Value::Json("[1,2,3]".into())),
        Just(Value::Json("{\"a\":1}".into())),
        Just(Value::Set(["甲".into()].as_slice().into())),
    ]
}

fn row_of<K: Record>(cells: Vec<Value>) -> Row {
    let wanted = K::KIND.fields.len();
    let id = RecordId::parse("r1").expect("id");
    Row { id, cells: cells.into_iter().cycle().take(wanted).collect() }
}

/// Reads whatever lies there; what is written back has a cell for every field.
fn reads<K: Record>(cells: &[Value]) -> usize {
    K::read(&row_of::<K>(cells.to_vec())).cells().len() - K::KIND.fields.len()
}

proptest! {
    #[test]
    fn m2_reading_never_fails(cells in prop::collection::vec(any_value(), 1..30)) {
        prop_assert_eq!(reads::<Post>(&cells), 0);
        prop_assert_eq!(reads::<Person>(&cells), 0);
        prop_assert_eq!(reads::<Holding>(&cells), 0);
        prop_assert_eq!(reads::<GridCell>(&cells), 0);
        prop_assert_eq!(reads::<Matter>(&cells), 0);
    }
}

#[test]
fn m2_odd_values_read_as_empty() {
    let info = schema().info("post").expect("kind");
    let mut row = row_of::<Post>(vec![Value::Null]);
    row.cells[info.field("title").expect("field")] = Value::text("文书岗");
    row.cells[info.field("seats").expect("field")] = Value::text("两个");
    row.cells[info.field("track").expect("field")] = Value::text("novel");
    let post = Post::read(&row);
    assert_eq!((&*post.title, post.seats, post.track), ("文书岗", None, None));
}

#[test]
fn m8_a_record_holds_from_its_first_day_up_to_its_end() {
    let info = schema().info("post").expect("kind");
    let mut row = row_of::<Post>(vec![Value::Null]);
    row.cells[info.field("since").expect("field")] = Value::text("2026-03-01");
    row.cells[info.field("until").expect("field")] = Value::text("2026-07-01");
    let day = |month, day| Date::from_ymd_opt(2026, month, day).expect("day");
    for (at, holds) in [((2, 28), false), ((3, 1), true), ((6, 30), true), ((7, 1), false)] {
        assert_eq!(row.holds_on(day(at.0, at.1)), holds, "{at:?}");
    }
}
