//! 网格编码: the 12-digit statistical code of the village and three digits for the grid (DB11 单元网格), two more for
//! each level below (our own extension), counted from west to east and north to south. Checks them and says what they mean.

use rustc_hash::FxHashSet;

use super::Layer;
use super::sketching::tops;
use crate::geo::plane::{Point, area_of, largest, middle};
use crate::journal::Draft;
use crate::model::kinds::GridCell;
use crate::model::{Record, RecordId, Text, Value};
use crate::rules::Links;
use crate::sorting::Sorting;

/// Digits of a village's code.
const VILLAGE: usize = 12;

/// A cell and the code it would get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    pub id: RecordId,
    pub name: Text,
    pub before: Text,
    pub code: String,
}

/// What is wrong with a code, or stands in the way of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The village has none, or not of 12 digits: none of its cells can get one.
    Village { name: Text, code: Text, cells: usize },
    /// The cell belongs to no village.
    Homeless { name: Text },
    /// More cells side by side than the digits can count.
    TooMany { name: Text, cells: usize },
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Problem::Village { name, code, cells } if code.is_empty() => {
                write!(
                    f,
                    "{name}没有填区划代码，它的 {cells} 个网格编不了号。请先在村（社区）台账里填 12 位代码。"
                )
            }
            Problem::Village { name, code, cells } => {
                write!(
                    f,
                    "{name}的区划代码“{code}”不是 12 位数字，它的 {cells} 个网格编不了号。请先改正。"
                )
            }
            Problem::Homeless { name } => {
                write!(f, "“{name}”没有填所属村，编不了号。每个网格应归一个村（社区）。")
            }
            Problem::TooMany { name, cells } => write!(f, "{name}下有 {cells} 个，位数不够编号。"),
        }
    }
}

/// Codes as they would be given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbering {
    /// Cells whose code would change, in the order of their codes.
    pub coded: Vec<Coded>,
    /// Cells whose code is as it would be, or is kept.
    pub kept: usize,
    pub problems: Vec<Problem>,
}

impl Numbering {
    /// `anew`: every code is given again; else those that are well formed and nobody else's stay.
    pub fn of(links: &Links, anew: bool) -> Numbering {
        let mut numbering = Numbering::default();
        for village in links.villages.all() {
            let tops = tops(links, Some(&village.id));
            if tops.is_empty() {
                continue;
            }
            match is_code(&village.code, VILLAGE) {
                true => numbering.below(links, &village.code, &village.name, 3, &tops, anew),
                false => numbering.problems.push(Problem::Village {
                    name: village.name.clone(),
                    code: village.code.clone(),
                    cells: tops.len(),
                }),
            }
        }
        let homeless = tops(links, None).into_iter();
        numbering
            .problems
            .extend(homeless.map(|cell| Problem::Homeless { name: cell.name.clone() }));
        numbering
    }

    fn below(
        &mut self,
        links: &Links,
        above: &str,
        name: &Text,
        digits: usize,
        cells: &[&GridCell],
        anew: bool,
    ) {
        let room = 10usize.pow(digits as u32) - 1;
        if cells.len() > room {
            return self.problems.push(Problem::TooMany { name: name.clone(), cells: cells.len() });
        }
        let mut taken: FxHashSet<usize> = FxHashSet::default();
        // Who has a number of its own keeps it, the first by id where two have one.
        let mut own: Vec<Option<usize>> =
            cells.iter().map(|cell| number(&cell.code, above, digits).filter(|_| !anew)).collect();
        for number in &mut own {
            *number = number.filter(|number| taken.insert(*number));
        }
        let mut free = (1..=room).filter(|number| !taken.contains(number));
        let mut numbers = vec![0; cells.len()];
        for at in from_the_north_west(cells) {
            numbers[at] = own[at].or_else(|| free.next()).unwrap_or(0);
        }
        let mut order: Vec<usize> = (0..cells.len()).collect();
        order.arrange_by(|at| numbers[*at]);
        for at in order {
            let (cell, number) = (cells[at], numbers[at]);
            let code = format!("{above}{number:0digits$}");
            self.below(links, &code, &cell.name, 2, &links.parts_of(&cell.id), anew);
            if *cell.code == *code {
                self.kept += 1;
            } else {
                self.coded.push(Coded {
                    id: cell.id.clone(),
                    name: cell.name.clone(),
                    before: cell.code.clone(),
                    code,
                });
            }
        }
    }

    pub fn to_draft(&self) -> Draft {
        let mut draft = Draft::new("编网格编码");
        for coded in &self.coded {
            draft.set_named(GridCell::ID, &coded.id, "code", Value::text(&coded.code));
        }
        draft
    }
}

fn is_code(code: &str, digits: usize) -> bool {
    code.len() == digits && code.bytes().all(|at| at.is_ascii_digit())
}

/// The number a code gives below another.
fn number(code: &str, above: &str, digits: usize) -> Option<usize> {
    let own = code.strip_prefix(above).filter(|own| is_code(own, digits))?;
    own.parse().ok().filter(|number| *number > 0)
}

/// Rows from north to south, each from west to east; a row is about as high as a cell. Those without borders come
/// last, by name.
fn from_the_north_west(cells: &[&GridCell]) -> Vec<usize> {
    let place = |cell: &GridCell| largest(&cell.outline.0).map(|ring| middle(ring));
    let places: Vec<Option<Point>> = cells.iter().map(|cell| place(cell)).collect();
    let drawn = cells.iter().filter(|cell| !cell.outline.is_empty());
    let sizes: Vec<f64> = drawn.map(|cell| area_of(&cell.outline.0).sqrt()).collect();
    let row = sizes.iter().sum::<f64>() / sizes.len().max(1) as f64;
    let north = places.iter().flatten().map(|at| at[1]).fold(f64::NEG_INFINITY, f64::max);
    let key = |at: usize| {
        places[at].map(|place| (((north - place[1]) / row.max(1.0)).round() as i64, place[0]))
    };
    let mut order: Vec<usize> = (0..cells.len()).collect();
    order.arrange(|a, b| match (key(*a), key(*b)) {
        (Some((row, x)), Some((other, y))) => row.cmp(&other).then(x.total_cmp(&y)),
        (Some(_), None) => std::cmp::Ordering::Less,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (None, None) => cells[*a].name.cmp(&cells[*b].name),
    });
    order
}

/// A part of a code and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub digits: String,
    pub means: &'static str,
    /// What the standard's ranges say of the number; `地方自编` where it is no standard's.
    pub note: &'static str,
}

/// What a code of a village or a cell says, part by part; nothing where it is no such code.
pub fn parts(code: &str) -> Vec<Part> {
    const LENGTHS: [usize; 4] = [VILLAGE, 15, 17, 19];
    if !LENGTHS.contains(&code.len()) || !is_code(code, code.len()) {
        return Vec::new();
    }
    let part = |from: usize, to: usize, means, note| Part {
        digits: code[from..to].to_string(),
        means,
        note,
    };
    let town: usize = code[6..9].parse().unwrap_or(0);
    let village: usize = code[9..12].parse().unwrap_or(0);
    let town_kind = match town {
        1..=99 => "街道",
        100..=199 => "镇",
        200..=399 => "乡",
        400..=599 => "政企合一单位",
        _ => "",
    };
    let village_kind = match village {
        1..=199 => "居委会",
        200..=399 => "村委会",
        _ => "",
    };
    let mut parts = vec![
        part(0, 2, "省", "GB/T 2260"),
        part(2, 4, "市", "GB/T 2260"),
        part(4, 6, "县（市、区）", "GB/T 2260"),
        part(6, 9, "乡镇（街道）", town_kind),
        part(9, 12, "村（社区）", village_kind),
    ];
    for (to, layer, note) in
        [(15, Layer::Grid, ""), (17, Layer::Sub, "地方自编"), (19, Layer::Micro, "地方自编")]
    {
        let from = if to == 15 { 12 } else { to - 2 };
        if code.len() >= to {
            parts.push(part(from, to, layer.label(), note));
        }
    }
    parts
}
