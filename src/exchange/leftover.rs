//! The rows of an import that could not go in, as a table to be put right and imported again.

use super::export::sheet_text;
use super::plan::Plan;
use super::table::Table;

/// Headers put before the table's own; no kind has a field of these names.
const BEFORE: [&str; 2] = ["原表行号", "问题"];

/// The bad rows with line and reason before their own cells. A row that does not fit the header
/// stands as it was written in the first of them.
pub fn leftover_csv(plan: &Plan, table: &Table) -> String {
    let head = BEFORE.into_iter().chain(table.headers.iter().map(String::as_str)).collect();
    let width = table.headers.len();
    let lines: Vec<(String, &str, Vec<&str>)> = plan
        .bad()
        .map(|(line, bad)| {
            let row = table.rows.binary_search_by_key(&line, |row| row.line);
            let mut cells: Vec<&str> = match row {
                Ok(at) => table.rows[at].cells.iter().map(|cell| &**cell).collect(),
                Err(_) => vec![bad.raw.as_str()],
            };
            cells.resize(width.max(1), "");
            (line.to_string(), bad.reason.as_str(), cells)
        })
        .collect();
    let rows = lines.iter().map(|(line, reason, cells)| {
        [line.as_str(), reason].into_iter().chain(cells.iter().copied()).collect()
    });
    sheet_text(std::iter::once(head).chain(rows))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{Mapping, Options, guess_kind, table};
    use crate::model::{RecordId, Township, schema};

    fn planned(text: &str) -> (Plan, Table) {
        let table = table(text.to_string()).expect("table");
        let kind = guess_kind(&table.headers, "").expect("kind");
        assert_eq!(schema().kinds[kind].spec.id, "post");
        let mapping = Mapping::guess(&table.headers, kind, "");
        let mut next = 0;
        let ids = || {
            next += 1;
            RecordId::from_random(next)
        };
        let plan =
            Plan::build(&Township::default(), table.clone(), mapping, Options::default(), ids);
        (plan, table)
    }

    #[test]
    fn x3_bad_rows_come_out_with_their_reason_and_go_in_once_put_right() {
        let text = "机构,序号,岗位\n党政办,1,文书岗\n党政办,二,\"信息,岗\"\n党政办,3\n";
        let (plan, table) = planned(text);
        let out = leftover_csv(&plan, &table);
        let lines: Vec<&str> = out.trim_start_matches('\u{FEFF}').lines().collect();
        assert_eq!(lines[0], "原表行号,问题,机构,序号,岗位");
        assert_eq!(lines[1], "3,岗位序号应是整数。,党政办,二,\"信息,岗\"");
        assert!(lines[2].starts_with("4,这一行有 2 格") && lines[2].ends_with(",\"党政办,3\",,"));
        let (again, _) = planned(&out.replace("二,", "2,"));
        assert_eq!(again.counts().new, 1);
    }
}
