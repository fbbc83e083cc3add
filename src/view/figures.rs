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
    let chart = BarChart {
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
    };
    gathered(chart)
}

/// Categories a chart shows; more cannot be told apart.
const MOST: usize = 30;

/// The chart with its smallest categories, by the first series, put together as one at the end.
fn gathered(chart: BarChart) -> BarChart {
    let Some(first) = chart.series.first().filter(|_| chart.categories.len() > MOST) else {
        return chart;
    };
    let mut order: Vec<usize> = (0..chart.categories.len()).collect();
    order.arrange(|a, b| first.values[*b].total_cmp(&first.values[*a]));
    let rest = order.split_off(MOST - 1);
    order.arrange(Ord::cmp);
    let mut categories: Vec<String> =
        order.iter().map(|at| chart.categories[*at].clone()).collect();
    categories.push(format!("其余 {} 个", rest.len()));
    let series = chart.series.into_iter().map(|series| {
        let mut values: Vec<f64> = order.iter().map(|at| series.values[*at]).collect();
        values.push(rest.iter().map(|at| series.values[*at]).sum());
        Series { values, ..series }
    });
    BarChart { categories, series: series.collect(), ..chart }
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
    gathered(BarChart {
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
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p13_a_hundred_categories_become_thirty_and_nothing_is_lost() {
        let value = |at: usize| ((at * 37) % 100) as f64;
        let chart = gathered(BarChart {
            title: String::new(),
            unit: String::new(),
            categories: (0..100).map(|at| format!("机构{at}")).collect(),
            series: vec![Series {
                name: String::new(),
                role: Role::Steady,
                pattern: Pattern::None,
                values: (0..100).map(value).collect(),
            }],
            width: WIDTH,
        });
        assert_eq!(chart.categories.len(), MOST);
        assert_eq!(chart.categories[MOST - 1], "其余 71 个");
        let values = &chart.series[0].values;
        assert_eq!(values.iter().sum::<f64>(), (0..100).map(value).sum::<f64>());
        assert!(values[..MOST - 1].iter().all(|value| *value >= 71.0));
        assert_eq!(chart.categories[0], "机构2", "what is left keeps its order");
    }
}
