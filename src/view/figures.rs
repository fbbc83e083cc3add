//! Statistics of a township as bar charts: who and how many per unit, duties per class. Counts only what
//! the rules counted.

use std::collections::BTreeMap;

use crate::model::kinds::duty::DutyList;
use crate::picture::plot::{BarChart, Series};
use crate::picture::style::{Pattern, Role};
use crate::rules::{Links, Staffing};
use crate::sorting::Sorting;

/// Width of a chart in its own units, where nobody knows the page's.
const WIDTH: f64 = 560.0;

/// 各机构岗位与在岗人数 (YC-12)
pub fn unit_chart(links: &Links, staffing: &Staffing) -> BarChart {
    let counted: Vec<_> = staffing.units.iter().filter(|count| count.posts > 0).collect();
    let name = |id: &crate::model::RecordId| {
        let unit = links.units.get(id.as_str());
        unit.map_or_else(String::new, |unit| {
            if unit.short.is_empty() { unit.name.to_string() } else { unit.short.to_string() }
        })
    };
    let series = |name: &str, role, pattern, values: Vec<f64>| Series {
        name: name.to_string(),
        role,
        pattern,
        values,
    };
    BarChart {
        title: "各机构岗位与人员".to_string(),
        unit: String::new(),
        categories: counted.iter().map(|count| name(&count.unit)).collect(),
        series: vec![
            series(
                "岗位（个）",
                Role::Steady,
                Pattern::None,
                counted.iter().map(|count| count.posts as f64).collect(),
            ),
            series(
                "人员（名）",
                Role::Jade,
                Pattern::Dots,
                counted.iter().map(|count| count.people as f64).collect(),
            ),
        ],
        width: WIDTH,
    }
}

/// 基本履职事项分类 (XM-02); classes in the order of their sizes.
pub fn class_chart(links: &Links) -> BarChart {
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    for duty in links.duties.all().iter().filter(|duty| duty.list == Some(DutyList::Basic)) {
        let class = if duty.class.is_empty() { "未分类" } else { &duty.class };
        *classes.entry(class).or_default() += 1;
    }
    let mut classes: Vec<(&str, usize)> = classes.into_iter().collect();
    classes.arrange_by(|(_, count)| std::cmp::Reverse(*count));
    BarChart {
        title: "基本履职事项分类".to_string(),
        unit: "项".to_string(),
        categories: classes.iter().map(|(class, _)| class.to_string()).collect(),
        series: vec![Series {
            name: "事项".to_string(),
            role: Role::Steady,
            pattern: Pattern::None,
            values: classes.iter().map(|(_, count)| *count as f64).collect(),
        }],
        width: WIDTH,
    }
}
