//! National division codes (JSON) as tables of villages. The person picks the town; nothing is guessed.

use serde::Deserialize;

use super::error::IntakeError;
use super::mapping::{Column, Mapping, Mode, Target};
use super::table::{SheetRow, Table};
use crate::model::kinds::Village;
use crate::model::kinds::village::VillageKind;
use crate::model::schema;
use crate::model::spec::Record;

/// A town with its villages, as the file has them.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct DivisionTown {
    #[serde(default)]
    pub county: String,
    pub town: String,
    /// Nine digits.
    #[serde(default)]
    pub code: String,
    pub villages: Vec<DivisionVillage>,
}

/// A village as the file has it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct DivisionVillage {
    /// Twelve digits.
    pub code: String,
    pub name: String,
}

#[derive(Deserialize)]
struct DivisionFile {
    towns: Vec<DivisionTown>,
}

/// The towns of a division file.
pub fn read(text: &str) -> Result<Vec<DivisionTown>, IntakeError> {
    let file: DivisionFile = serde_json::from_str(text).map_err(|_| IntakeError::NotDivisions)?;
    if file.towns.is_empty() {
        return Err(IntakeError::NotDivisions);
    }
    Ok(file.towns)
}

/// A town's villages as a table that is planned like any other, and how it is read.
pub fn table_of(town: &DivisionTown) -> (Table, Mapping) {
    let headers = ["code", "name", "kind"];
    let rows = town.villages.iter().zip(1..).map(|(village, line)| {
        let (name, kind) = short_name(&village.name);
        let cells = vec![village.code.as_str().into(), name.into(), kind.id().into()];
        SheetRow { line, cells }
    });
    let table = Table {
        headers: headers.iter().map(|header| header.to_string()).collect(),
        rows: rows.collect(),
        ..Table::default()
    };
    // Every kind of `KINDS` is in the schema.
    let kind = schema().kind(Village::ID).unwrap_or(0);
    let columns = headers.iter().map(|header| {
        let field = schema().kinds[kind].field(header);
        let target = field.map_or(Target::Ignore, Target::Field);
        Column { header: header.to_string(), target, mode: Mode::Replace }
    });
    let mapping = Mapping { kind, columns: columns.collect(), fixed: Vec::new() };
    (table, mapping)
}

/// `松山咀社区居民委员会` → 松山咀社区, a community; `陈寨村村民委员会` → 陈寨村, a village.
pub fn short_name(name: &str) -> (String, VillageKind) {
    let ends = [
        ("居民委员会", VillageKind::Community),
        ("居委会", VillageKind::Community),
        ("村民委员会", VillageKind::Village),
        ("村委会", VillageKind::Village),
    ];
    let found = ends.iter().find_map(|(end, kind)| Some((name.strip_suffix(end)?, *kind)));
    let (base, kind) = found.unwrap_or((name, kind_of_name(name)));
    let word = kind.label();
    let whole = base.is_empty() || base.ends_with(['村', '居']) || base.ends_with("社区");
    match (found.is_some(), whole) {
        (true, false) => (format!("{base}{word}"), kind),
        _ if base.is_empty() => (name.to_string(), kind),
        _ => (base.to_string(), kind),
    }
}

fn kind_of_name(name: &str) -> VillageKind {
    if name.ends_with("社区") { VillageKind::Community } else { VillageKind::Village }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shortened_and_say_their_kind() {
        let cases = [
            ("松山咀社区居民委员会", "松山咀社区", "community"),
            ("周芳远村村民委员会", "周芳远村", "village"),
            ("龙华村委会", "龙华村", "village"),
            ("东门居委会", "东门社区", "community"),
            ("三元村", "三元村", "village"),
            ("盐井社区", "盐井社区", "community"),
            ("山门水库直属村", "山门水库直属村", "village"),
        ];
        for (name, short, kind) in cases {
            let (found, of_kind) = short_name(name);
            assert_eq!((found.as_str(), of_kind.id()), (short, kind), "{name}");
        }
    }

    #[test]
    fn x2_what_is_no_division_file_is_said_to_be_none() {
        for text in ["", "[]", "{}", "{\"towns\":[]}", "a,b"] {
            assert_eq!(read(text), Err(IntakeError::NotDivisions));
        }
    }
}
