//! The clerk's steps as one call each.

use gangtu::exchange::{Mapping, Options, Outcome, Plan, decode, guess_kind, table};
use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::model::schema;

use crate::support::now;

pub fn read_source(name: &str) -> Vec<u8> {
    let path = format!("{}/samples/source/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub fn plan_file(desk: &Desk<Memory>, name: &str) -> Plan {
    plan_bytes(desk, &read_source(name), name, Options::default())
}

pub fn plan_bytes(desk: &Desk<Memory>, bytes: &[u8], name: &str, options: Options) -> Plan {
    let text = decode(bytes).expect("text").text;
    let table = table(text).expect("table");
    let kind = guess_kind(&table.headers, name).expect("kind");
    let mapping = Mapping::guess(&table.headers, kind, name);
    desk.read(|fold| Plan::build(fold.township(), table, mapping, options, || desk.fresh_id()))
}

/// Plans a table of a kind written in the test.
pub fn plan_text(desk: &Desk<Memory>, kind: &str, text: &str, options: Options) -> Plan {
    let table = table(text.to_string()).expect("table");
    let kind = schema().kind(kind).expect("kind");
    let mapping = Mapping::guess(&table.headers, kind, "");
    desk.read(|fold| Plan::build(fold.township(), table, mapping, options, || desk.fresh_id()))
}

pub fn commit(desk: &Desk<Memory>, plan: &Plan) {
    let draft = desk.read(|fold| plan.to_draft(fold.township(), "导入"));
    now(desk.commit(&draft)).expect("commit");
}

/// Plans and commits a table written in the test.
pub fn takes(desk: &Desk<Memory>, kind: &str, text: &str) -> Plan {
    let plan = plan_text(desk, kind, text, Options::default());
    commit(desk, &plan);
    plan
}

/// One letter a row: n new, c changes, s same, b bad.
pub fn counts(plan: &Plan) -> String {
    let letter = |outcome: &Outcome| match outcome {
        Outcome::New { .. } => 'n',
        Outcome::Changes { .. } => 'c',
        Outcome::Same { .. } => 's',
        Outcome::Bad(_) => 'b',
    };
    plan.rows.iter().map(|row| letter(&row.outcome)).collect()
}

/// Line, column and sentence of every bad row.
pub fn reasons(plan: &Plan) -> Vec<(u64, Option<usize>, &str)> {
    plan.bad().map(|(line, bad)| (line, bad.column, bad.reason.as_str())).collect()
}
