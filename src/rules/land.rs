//! Zones, villages and cells: who is responsible for each, and does each lie where it says.

use rustc_hash::FxHashMap;

use super::finding::{Finding, Rule, Severity};
use super::links::Links;
use crate::model::kinds::grid_cell::GridLevel;
use crate::model::kinds::{GridCell, Village};

pub(super) fn check(links: &Links, found: &mut Vec<Finding>) {
    for zone in links.zones.all() {
        if links.people.find(zone.head.as_ref()).is_none() {
            let sentence = format!("“{}”没有片长，请选定一名班子成员。", zone.name);
            found.push(Finding::new(Rule::ZoneHead, Severity::Error, zone, "head", sentence));
        }
    }
    for village in links.villages.all() {
        check_village(links, village, found);
    }
    for cell in links.cells.all() {
        check_keeper(links, cell, found);
        check_place(links, cell, found);
        check_code(links, cell, found);
    }
    check_code_twins(links, found);
}

fn check_village(links: &Links, village: &Village, found: &mut Vec<Finding>) {
    let name = &village.name;
    if links.people.find(village.contact.as_ref()).is_none() {
        let sentence = format!("{name}没有包村干部，请选定一名干部。");
        let rule = Rule::VillageContact;
        found.push(Finding::new(rule, Severity::Error, village, "contact", sentence));
    }
    if !links.zones.all().is_empty() && links.zones.find(village.zone.as_ref()).is_none() {
        let sentence = format!("{name}没有划入片区，请选择所属片区。");
        found.push(Finding::new(Rule::VillageZone, Severity::Warning, village, "zone", sentence));
    }
}

fn check_keeper(links: &Links, cell: &GridCell, found: &mut Vec<Finding>) {
    if links.people.find(cell.keeper.as_ref()).is_none() {
        let level = cell.level.map_or("网格", GridLevel::label);
        let sentence = format!("{level}“{}”没有网格员，请选定一人。", cell.name);
        found.push(Finding::new(Rule::CellKeeper, Severity::Warning, cell, "keeper", sentence));
    }
}

/// A cell lies in a village; a cell below the first level lies in one of the level above.
fn check_place(links: &Links, cell: &GridCell, found: &mut Vec<Finding>) {
    let mut report = |field, sentence| {
        found.push(Finding::new(Rule::CellPlace, Severity::Warning, cell, field, sentence));
    };
    if links.villages.find(cell.village.as_ref()).is_none() {
        report("village", format!("网格“{}”没有写明属于哪个村（社区），请补上。", cell.name));
    }
    let above = links.cell_above(&cell.id).and_then(|parent| parent.level);
    let (wanted, label) = match cell.level {
        Some(GridLevel::Sub) => (GridLevel::Grid, "网格"),
        Some(GridLevel::Micro) => (GridLevel::Sub, "子网格"),
        Some(GridLevel::Grid) | None => return,
    };
    if above != Some(wanted) {
        report("parent", format!("“{}”应当挂在一个{label}下面，请选择上级网格。", cell.name));
    }
}

/// 12 digits of the village and 3 of the grid; each level below adds 2 to the code above it.
fn check_code(links: &Links, cell: &GridCell, found: &mut Vec<Finding>) {
    if cell.code.is_empty() {
        return;
    }
    let village = links.villages.find(cell.village.as_ref()).map(|village| &village.code);
    let above = links.cell_above(&cell.id).map(|parent| &parent.code);
    let (stem, length) = match cell.level {
        Some(GridLevel::Grid) => (village, 15),
        Some(GridLevel::Sub) => (above, 17),
        Some(GridLevel::Micro) => (above, 19),
        None => return,
    };
    let digits = cell.code.bytes().all(|byte| byte.is_ascii_digit());
    let in_stem = stem.is_none_or(|stem| cell.code.starts_with(&**stem));
    if !digits || cell.code.len() != length || !in_stem {
        let (name, code) = (&cell.name, &cell.code);
        let sentence =
            format!("“{name}”的编码 {code} 不合规则，应为{length}位数字，并以上一级的编码开头。");
        found.push(Finding::new(Rule::CellCode, Severity::Note, cell, "code", sentence));
    }
}

fn check_code_twins(links: &Links, found: &mut Vec<Finding>) {
    let mut seen: FxHashMap<&str, &GridCell> = FxHashMap::default();
    for cell in links.cells.all().iter().filter(|cell| !cell.code.is_empty()) {
        if let Some(first) = seen.insert(&cell.code, cell) {
            let (name, other) = (&cell.name, &first.name);
            let sentence = format!("“{name}”与“{other}”编码相同（{}），请改其中一个。", cell.code);
            found.push(Finding::new(Rule::CellCode, Severity::Warning, cell, "code", sentence));
        }
    }
}
