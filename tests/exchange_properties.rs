//! What holds of every table: nothing panics, no row is lost, and what goes out comes in unchanged.

mod support;

#[path = "exchange/steps.rs"]
#[allow(dead_code)]
mod steps;

use gangtu::exchange::{ExportColumn, Mapping, Options, Plan, decode, guess_kind, table, to_csv};
use gangtu::journal::Desk;
use gangtu::journal::Draft;
use gangtu::journal::memory::Memory;
use gangtu::model::{FieldType, Value, schema};
use proptest::prelude::*;
use support::{desk, id, now};

/// Letters that matter to sheets, formulas, names and sets.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(
            "甲乙村1a \t\n\r,;\"'、，/〔〕()（）=+-@＝＋\u{FEFF}\u{3000}<"
                .chars()
                .collect::<Vec<_>>(),
        ),
        0..8,
    )
    .prop_map(|chars| chars.into_iter().collect())
}

/// A value that fits the field, or nothing; now and then one that does not.
fn value_of(ty: FieldType, seed: u64, text: &str) -> Value {
    let small = (seed % 7) as i64;
    match ty {
        _ if seed.is_multiple_of(3) => Value::Null,
        _ if seed.is_multiple_of(41) => Value::Text(text.into()),
        FieldType::Text | FieldType::LongText => Value::text(text),
        FieldType::Int => Value::Int(small - 3),
        FieldType::Real => Value::Real(small as f64 * 0.37 - 1.0),
        FieldType::Bool => Value::Bool(seed.is_multiple_of(2)),
        FieldType::Date => Value::text(&format!("2026-01-0{}", small + 1)),
        FieldType::Choice(list) => Value::text(list[small as usize % list.len()].0),
        FieldType::Ref(_) => Value::text(&format!("r{small}")),
        FieldType::Set => Value::Set(vec![text.into(), "低保".into()].into()),
        FieldType::Outline => Value::Json("[0,0,10,0,10,10]".into()),
        FieldType::Photo => Value::text("data:image/jpeg;base64,/9j/4AAQ"),
    }
}

/// A township with a few records of every kind, as odd as they come.
fn odd_township(seed: u64, texts: &[String]) -> Desk<Memory> {
    let desk = desk(1);
    let mut draft = Draft::new("造");
    let mut dice = seed | 1;
    let mut roll = || {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        dice >> 33
    };
    for (kind, info) in schema().kinds.iter().enumerate() {
        for record in 0..4 {
            for (field, spec) in info.spec.fields.iter().enumerate() {
                let text = &texts[roll() as usize % texts.len()];
                let value = value_of(spec.ty, roll(), text);
                if !value.is_null() {
                    draft.set(kind, &id(&format!("r{record}")), field, value);
                }
            }
        }
    }
    now(desk.commit(&draft)).expect("commit");
    desk
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn x7_what_goes_out_comes_in_unchanged(
        seed in any::<u64>(),
        texts in prop::collection::vec(text(), 1..12),
        blank_clears in any::<bool>(),
    ) {
        let desk = odd_township(seed, &texts);
        for (kind, info) in schema().kinds.iter().enumerate() {
            let plan = desk.read(|fold| {
                let township = fold.township();
                let rows: Vec<_> = township.table(kind).rows().collect();
                let fields = (0..info.spec.fields.len()).map(ExportColumn::Field);
                let columns: Vec<_> = std::iter::once(ExportColumn::Id).chain(fields).collect();
                let sheet = to_csv(township, kind, &rows, &columns);
                let table = table(decode(sheet.as_bytes()).expect("text").text).expect("table");
                let mapping = Mapping::guess(&table.headers, kind, "");
                let options = Options { blank_clears, ..Options::default() };
                Plan::build(township, table, mapping, options, || desk.fresh_id())
            });
            prop_assert_eq!(plan.counts().same, plan.rows.len(), "{}: {:#?}", info.spec.id, plan.rows);
        }
    }

    #[test]
    fn x10_no_text_makes_the_reader_of_division_codes_panic(text in r#"[\[\]{}":,a-z0-9村]{0,60}"#) {
        if let Ok(towns) = gangtu::exchange::divisions::read(&text) {
            let _ = gangtu::exchange::divisions::table_of(&towns[0]);
        }
    }

    #[test]
    fn x10_no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(decoded) = decode(&bytes)
            && let Ok(table) = table(decoded.text)
            && let Some(kind) = guess_kind(&table.headers, "")
        {
            let desk = desk(1);
            let mapping = Mapping::guess(&table.headers, kind, "");
            desk.read(|fold| Plan::build(fold.township(), table, mapping, Options::default(), || desk.fresh_id()));
        }
    }

    #[test]
    fn x3_every_row_ends_as_exactly_one_thing(
        cells in prop::collection::vec(prop::collection::vec(text(), 1..6), 1..12),
        kind in 0usize..schema().kinds.len(),
        link_duties in any::<bool>(),
    ) {
        let kind_info = &schema().kinds[kind];
        let headers: Vec<&str> = kind_info.spec.fields.iter().take(4).map(|field| field.label).collect();
        let mut sheet = headers.join(",") + "\n";
        for row in &cells {
            let quoted: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            sheet += &(quoted.join(",") + "\n");
        }
        let desk = desk(1);
        let Ok(table) = table(sheet) else { return Ok(()) };
        let lines: Vec<u64> = table.rows.iter().map(|row| row.line)
            .chain(table.ragged.iter().map(|row| row.line)).collect();
        let options = Options { link_duties, create_people: true, ..Options::default() };
        let plan = desk.read(|fold| {
            let mapping = Mapping::guess(&table.headers, kind, "");
            Plan::build(fold.township(), table, mapping, options, || desk.fresh_id())
        });
        let counts = plan.counts();
        prop_assert_eq!(counts.new + counts.changes + counts.same + counts.bad, lines.len());
        let mut planned: Vec<u64> = plan.rows.iter().map(|row| row.line).collect();
        planned.sort_unstable();
        let mut lines = lines;
        lines.sort_unstable();
        prop_assert_eq!(planned, lines);
        let draft = desk.read(|fold| plan.to_draft(fold.township(), "导入"));
        now(desk.commit(&draft)).expect("commit");
        prop_assert!(plan.bad().all(|(_, bad)| !bad.reason.is_empty() && !bad.raw.is_empty()));
    }
}
