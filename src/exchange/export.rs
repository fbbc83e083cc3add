//! Records out as a sheet that spreadsheet programs open and our own import reads back unchanged.

use std::collections::BTreeMap;

use super::keys::keys_of;
use super::lookup::Names;
use super::mapping::ID_HEADER;
use super::normal::clean;
use crate::model::{FieldSpec, FieldType, KindIx, Row, Township, Value, schema};

/// A column of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// 记录号: by it an edited sheet finds its records again, whatever was renamed.
    Id,
    /// Position of a field in the kind.
    Field(usize),
}

/// The record id, every field people see in tables, and what records are surest recognised by.
pub fn listed_columns(kind: KindIx) -> Vec<Column> {
    let spec = schema().kinds[kind].spec;
    let surest = keys_of(spec.id).ladder.first().copied().unwrap_or_default();
    let fields = spec.fields.iter().enumerate();
    let listed = fields
        .filter(|(_, field)| field.is_tabled() && (field.listed || surest.contains(&field.id)));
    std::iter::once(Column::Id).chain(listed.map(|(at, _)| Column::Field(at))).collect()
}

/// The rows as CSV: UTF-8 with a byte order mark, `\r\n`, labels as headers.
///
/// A cell that a spreadsheet program would take for a formula is quoted and begins with a tab.
pub fn to_csv(township: &Township, kind: KindIx, rows: &[&Row], columns: &[Column]) -> String {
    let fields = schema().kinds[kind].spec.fields;
    let names = names_for(township, fields, columns);
    let mut out = String::from("\u{FEFF}");
    write_line(
        &mut out,
        columns.iter().map(|column| match column {
            Column::Id => ID_HEADER.to_string(),
            Column::Field(at) => {
                fields.get(*at).map_or_else(String::new, |field| field.label.to_string())
            }
        }),
    );
    for row in rows {
        write_line(
            &mut out,
            columns.iter().map(|column| match column {
                Column::Id => row.id.to_string(),
                Column::Field(at) => match (fields.get(*at), row.cells.get(*at)) {
                    (Some(field), Some(value)) => clean(&cell_text(township, &names, field, value)),
                    _ => String::new(),
                },
            }),
        );
    }
    out
}

/// Lines of cells as CSV, written as [`to_csv`] writes them.
pub fn sheet_text<'a>(lines: impl IntoIterator<Item = Vec<&'a str>>) -> String {
    let mut out = String::from("\u{FEFF}");
    for line in lines {
        write_line(&mut out, line.into_iter().map(clean));
    }
    out
}

fn names_for(
    township: &Township,
    fields: &[FieldSpec],
    columns: &[Column],
) -> BTreeMap<KindIx, Names> {
    let mut names = BTreeMap::new();
    for column in columns {
        let Column::Field(at) = column else { continue };
        if let Some(FieldType::Ref(kind)) = fields.get(*at).map(|field| field.ty)
            && let Some(kind) = schema().kind(kind)
        {
            names.entry(kind).or_insert_with(|| Names::of(township, kind, None));
        }
    }
    names
}

/// A cell in words that the import reads back as the same value.
pub(super) fn cell_text(
    township: &Township,
    names: &BTreeMap<KindIx, Names>,
    field: &FieldSpec,
    value: &Value,
) -> String {
    match (field.ty, value) {
        (FieldType::Ref(kind), Value::Text(id)) => {
            let known = schema().kind(kind).and_then(|kind| Some((kind, names.get(&kind)?)));
            known
                .map_or_else(|| id.to_string(), |(kind, names)| names.words_for(township, kind, id))
        }
        // The page says 已画边界; a sheet must carry the boundary itself.
        (FieldType::Outline, Value::Json(ring)) => ring.to_string(),
        (ty, value) => township.display(ty, value),
    }
}

/// A row as it could have been written, to be shown.
pub(super) fn raw_row(cells: &[Box<str>], delimiter: char) -> String {
    let mut out = String::new();
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(delimiter);
        }
        if cell.contains([delimiter, '"', '\n']) {
            write_quoted(&mut out, cell);
        } else {
            out.push_str(cell);
        }
    }
    out
}

fn write_line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_cell(out, &cell);
    }
    out.push_str("\r\n");
}

fn write_cell(out: &mut String, cell: &str) {
    if is_formula(cell) {
        write_quoted(out, &format!("\t{cell}"));
    } else if cell.contains([',', '"', '\n', '\r', '\t', ';'])
        || cell.starts_with(char::is_whitespace)
    {
        write_quoted(out, cell);
    } else {
        out.push_str(cell);
    }
}

fn write_quoted(out: &mut String, cell: &str) {
    out.push('"');
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
}

/// What spreadsheet programs may take for a formula, full-width signs included.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Mapping;

    #[test]
    fn m11_a_photo_has_no_column() {
        let kind = schema().kind("person").expect("kind");
        let photo = schema().kinds[kind].field("photo").expect("field");
        assert!(!listed_columns(kind).contains(&Column::Field(photo)));
        let headers = ["姓名", "照片", "photo"].map(str::to_string);
        let mapping = Mapping::guess(&headers, kind, "");
        assert_eq!(mapping.ignored().collect::<Vec<_>>(), ["照片", "photo"]);
    }

    #[test]
    fn x7_formulas_are_disarmed() {
        let line = |cell: &str| {
            let mut out = String::new();
            write_line(&mut out, std::iter::once(cell.to_string()));
            out
        };
        assert_eq!(line("=1+1"), "\"\t=1+1\"\r\n");
        assert_eq!(line("＝HYPERLINK(\"x\")"), "\"\t＝HYPERLINK(\"\"x\"\")\"\r\n");
        for cell in ["+8", "-8", "@a", "＋a", "－a", "＠a"] {
            assert!(line(cell).starts_with("\"\t"), "{cell}");
        }
        assert_eq!(line("岗位"), "岗位\r\n");
        assert_eq!(line("甲,乙"), "\"甲,乙\"\r\n");
    }
}
