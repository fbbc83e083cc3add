//! Statistics of a township, each with the records behind its figures (YC-12, XM-02, XM-15, ZJ-12). Counts what is
//! registered; what is not is a group of its own, 未填, and never left out. Draws nothing.

mod cases;
mod proxy;
mod reviews;
mod tasks;

pub use reviews::{five, portrait_of};

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::Datelike;

use crate::model::kinds::duty::DutyList;
use crate::model::kinds::person::{Sex, StaffIdentity};
use crate::model::kinds::post::Track;
use crate::model::kinds::{Duty, Person, Post};
use crate::model::value::day_words;
use crate::model::{Date, Day, KindIx, Record, RecordId, schema};
use crate::picture::plot::{
    Bar, BarChart, Gantt, Scale, Series, bar_chart, gantt, line_chart, pyramid, radar,
};
use crate::picture::scene::Scene;
use crate::picture::style::{Pattern, Role};
use crate::rules::links::short_name;
use crate::rules::staffing::in_force;
use crate::rules::{Links, Staffing, Work};
use crate::sorting::Sorting;

/// Width of a chart in its own units, where nobody knows the page's.
const WIDTH: f64 = 560.0;
/// Categories a chart shows; more cannot be told apart.
const MOST: usize = 30;

/// How a statistic is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Bars,
    /// The first two columns back to back.
    Pyramid,
    /// The groups from left to right.
    Lines(Scale),
    /// Each group an axis up to 100.
    Radar,
    /// Each group a task: 开始, 期限 and 完成 as days from the beginning of our era, 进度 out of 100; seen on a day.
    Gantt(Date),
}

/// A record behind a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    pub kind: KindIx,
    pub id: RecordId,
    pub title: String,
}

/// One bar, or as many as there are columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub label: String,
    /// In the order of the columns.
    pub values: Vec<f64>,
    pub behind: Vec<Behind>,
}

/// One colour.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: Cow<'static, str>,
    pub role: Role,
    pub pattern: Pattern,
}

const fn column(name: &'static str, role: Role, pattern: Pattern) -> Column {
    Column { name: Cow::Borrowed(name), role, pattern }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Statistic {
    pub id: &'static str,
    pub title: &'static str,
    pub unit: &'static str,
    pub shape: Shape,
    pub columns: Vec<Column>,
    pub groups: Vec<Group>,
}

impl Statistic {
    /// As bars; with its smallest groups put together where there are too many to be told apart.
    pub fn bars(&self) -> BarChart {
        gathered(self.series())
    }

    fn series(&self) -> BarChart {
        let series = self.columns.iter().enumerate().map(|(at, column)| Series {
            name: column.name.to_string(),
            role: column.role,
            pattern: column.pattern,
            values: self.groups.iter().map(|group| group.values[at]).collect(),
        });
        BarChart {
            title: self.title.to_string(),
            unit: self.unit.to_string(),
            categories: self.groups.iter().map(|group| group.label.clone()).collect(),
            series: series.collect(),
            width: WIDTH,
        }
    }

    /// Drawn for a place so wide.
    pub fn scene(&self, width: f64) -> Scene {
        let chart = || BarChart { width, ..self.bars() };
        // Points in time and axes are not put together as 其余.
        let whole = || BarChart { width, ..self.series() };
        match self.shape {
            Shape::Bars => bar_chart(&chart()),
            Shape::Pyramid => pyramid(&chart()),
            Shape::Lines(scale) => line_chart(&whole(), scale),
            Shape::Radar => radar(&whole()),
            Shape::Gantt(today) => gantt(&self.gantt(today, width)),
        }
    }

    /// Which group is at a place of a scene of this statistic; `None` where none is, or several that are drawn as 其余.
    pub fn group_at(&self, scene: &Scene, x: f64, y: f64) -> Option<usize> {
        let bar: usize =
            scene.group(scene.hit(x, y, 1.0)?).id.strip_prefix("bar-")?.parse().ok()?;
        match self.shape {
            Shape::Bars => {
                largest(&self.series()).map_or(Some(bar), |(kept, _)| kept.get(bar).copied())
            }
            _ => Some(bar),
        }
        .filter(|at| *at < self.groups.len())
    }

    /// A value as it is read; what is missing is a dash.
    pub fn said(&self, column: usize, value: f64) -> String {
        match (self.shape, column) {
            _ if !value.is_finite() => "—".to_string(),
            (Shape::Gantt(_), 0..3) => day_of(value).map_or_else(String::new, day_words),
            (Shape::Gantt(_), _) => format!("{value}%"),
            _ => ((value * 10.0).round() / 10.0).to_string(),
        }
    }

    fn gantt(&self, today: Date, width: f64) -> Gantt {
        let bar = |group: &Group| {
            let [begin, due, done] = [0, 1, 2].map(|at| day_of(group.values[at]));
            let progress = group.values.get(3).copied().filter(|part| part.is_finite());
            let parts = self.columns.iter().zip(&group.values).enumerate();
            let parts = parts.filter(|(_, (_, value))| value.is_finite());
            let said = parts
                .map(|(at, (column, value))| [&*column.name, " ", &self.said(at, *value)].concat());
            let says = said.collect::<Vec<_>>().join("，");
            let progress = progress.unwrap_or(0.0) / 100.0;
            Bar { name: group.label.clone(), begin, due, done, progress, says }
        };
        let bars = self.groups.iter().map(bar).collect();
        Gantt { title: self.title.to_string(), bars, today, width }
    }

    /// Whether there is anything to count.
    pub fn is_empty(&self) -> bool {
        self.groups.iter().all(|group| group.behind.is_empty())
    }
}

/// Places of the largest categories, by the first series, and of the others, where there are too many.
fn largest(chart: &BarChart) -> Option<(Vec<usize>, Vec<usize>)> {
    let first = chart.series.first().filter(|_| chart.categories.len() > MOST)?;
    let mut order: Vec<usize> = (0..chart.categories.len()).collect();
    order.arrange(|a, b| first.values[*b].total_cmp(&first.values[*a]));
    let rest = order.split_off(MOST - 1);
    order.arrange(Ord::cmp);
    Some((order, rest))
}

/// The chart with its smallest categories put together as one at the end.
fn gathered(chart: BarChart) -> BarChart {
    let Some((order, rest)) = largest(&chart) else { return chart };
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

/// All of them, in the order of 编、人、事、能.
pub fn all(day: &Day, links: &Links) -> Vec<Statistic> {
    let staffing = Staffing::of(links);
    let mut all = vec![
        units(links, &staffing),
        tracks(links),
        identities(links),
        ages(links, day.day),
        education(links),
        lists(links),
        classes(links),
        loads(links),
    ];
    all.extend(tasks::all(&Work::of(day)));
    all.extend(reviews::all(day, links));
    all.extend(cases::all(day));
    all.extend(proxy::all(day, links));
    all
}

/// A day as a value, and back.
fn number(day: Option<Date>) -> f64 {
    day.map_or(f64::NAN, |day| f64::from(day.num_days_from_ce()))
}

fn day_of(value: f64) -> Option<Date> {
    Date::from_num_days_from_ce_opt(value as i32).filter(|_| value.is_finite())
}

fn behind<K: Record>(record: &K, title: &str) -> Behind {
    let kind = schema().kind(K::ID).unwrap_or_default();
    Behind { kind, id: record.id().clone(), title: title.to_string() }
}

/// A group for each of a list and one for those that say nothing; what is empty is left out.
fn each_of<C: Copy>(
    list: &[C],
    label: fn(C) -> &'static str,
    unsaid: &str,
    group: impl Fn(Option<C>, &str) -> Group,
) -> Vec<Group> {
    let mut groups: Vec<Group> = list.iter().map(|one| group(Some(*one), label(*one))).collect();
    groups.push(group(None, unsaid));
    groups.retain(|group| !group.behind.is_empty());
    groups
}

const POSTS: Column = column("岗位（个）", Role::Steady, Pattern::None);
const PEOPLE: Column = column("人员（名）", Role::Jade, Pattern::Dots);
const VACANT: Column = column("空缺（个）", Role::Vermilion, Pattern::Hatch);
const COUNT: Column = column("数量", Role::Steady, Pattern::None);
const MEN: Column = column("男", Role::Steady, Pattern::None);
const WOMEN: Column = column("女", Role::Vanguard, Pattern::Hatch);
const UNSAID: Column = column("未填性别", Role::Mute, Pattern::None);

/// 各机构岗位与在岗人数 (YC-12)
pub fn units(links: &Links, staffing: &Staffing) -> Statistic {
    let group = |count: &crate::rules::staffing::UnitCount| {
        let unit = links.units.get(count.unit.as_str())?;
        let posts = links.posts_in(&count.unit);
        Some(Group {
            label: short_name(unit).to_string(),
            values: vec![count.posts as f64, count.people as f64],
            behind: posts.into_iter().map(|post| behind(post, &post.title)).collect(),
        })
    };
    Statistic {
        id: "units",
        title: "各机构岗位与人员",
        unit: "",
        shape: Shape::Bars,
        columns: vec![POSTS, PEOPLE],
        groups: staffing.units.iter().filter(|count| count.posts > 0).filter_map(group).collect(),
    }
}

/// 基本履职事项分类 (XM-02); classes in the order of their sizes.
pub fn classes(links: &Links) -> Statistic {
    let mut classes: BTreeMap<&str, Vec<&Duty>> = BTreeMap::new();
    for duty in links.duties.all().iter().filter(|duty| duty.list == Some(DutyList::Basic)) {
        let class = if duty.class.is_empty() { "未分类" } else { &duty.class };
        classes.entry(class).or_default().push(duty);
    }
    let mut classes: Vec<(&str, Vec<&Duty>)> = classes.into_iter().collect();
    classes.arrange_by(|(_, duties)| std::cmp::Reverse(duties.len()));
    let group = |(label, duties): (&str, Vec<&Duty>)| counted(label, duties, |duty| &duty.name);
    Statistic {
        id: "classes",
        title: "基本履职事项分类",
        unit: "项",
        shape: Shape::Bars,
        columns: vec![Column { name: Cow::Borrowed("事项"), ..COUNT }],
        groups: classes.into_iter().map(group).collect(),
    }
}

/// A group that is as large as what is in it.
fn counted<K: Record>(label: &str, records: Vec<&K>, title: impl Fn(&K) -> &str) -> Group {
    let behind: Vec<Behind> = records.into_iter().map(|one| behind(one, title(one))).collect();
    Group { label: label.to_string(), values: vec![behind.len() as f64], behind }
}

/// 双轨岗位 (YC-08): how many there are, and how many of them nobody holds.
fn tracks(links: &Links) -> Statistic {
    let group = |track: Option<Track>, label: &str| {
        let posts: Vec<&Post> =
            links.posts.all().iter().filter(|post| post.track == track).collect();
        let vacant = posts.iter().filter(|post| links.is_vacant(&post.id)).count();
        let group = counted(label, posts, |post| &post.title);
        Group { values: vec![group.values[0], vacant as f64], ..group }
    };
    Statistic {
        id: "tracks",
        title: "岗位类别与空缺",
        unit: "",
        shape: Shape::Bars,
        columns: vec![POSTS, VACANT],
        groups: each_of(Track::ALL, Track::label, "未分类", group),
    }
}

/// Everybody of the township's force.
fn force(links: &Links) -> impl Iterator<Item = &Person> {
    links.people.all().iter().filter(|person| in_force(person))
}

/// 身份 (YC-12), everyone in one roster.
fn identities(links: &Links) -> Statistic {
    let group = |identity: Option<StaffIdentity>, label: &str| {
        let people = links.people.all().iter().filter(|person| person.identity == identity);
        counted(label, people.collect(), |person| &person.name)
    };
    Statistic {
        id: "identities",
        title: "人员身份",
        unit: "人",
        shape: Shape::Bars,
        columns: vec![Column { name: Cow::Borrowed("人员"), ..PEOPLE }],
        groups: each_of(StaffIdentity::ALL, StaffIdentity::label, "未填", group),
    }
}

/// People put into bands, men and women apart; `bands` from the first to the last, 未填 behind them.
fn by_sex<'a>(
    bands: &[&str],
    people: impl Iterator<Item = &'a Person>,
    band: impl Fn(&Person) -> Option<usize>,
) -> Vec<Group> {
    let labels = bands.iter().copied().chain(["未填"]);
    let empty =
        |label: &str| Group { label: label.to_string(), values: vec![0.0; 3], behind: Vec::new() };
    let mut groups: Vec<Group> = labels.map(empty).collect();
    for person in people {
        let group = &mut groups[band(person).unwrap_or(bands.len()).min(bands.len())];
        let column = match person.sex {
            Some(Sex::Male) => 0,
            Some(Sex::Female) => 1,
            None => 2,
        };
        group.values[column] += 1.0;
        group.behind.push(behind(person, &person.name));
    }
    if groups.last().is_some_and(|group| group.behind.is_empty()) {
        groups.pop();
    }
    groups
}

/// A pyramid where men and women are told apart, else plain bars.
fn sexed(id: &'static str, title: &'static str, mut groups: Vec<Group>) -> Statistic {
    let unsaid: f64 = groups.iter().map(|group| group.values[2]).sum();
    let said: f64 = groups.iter().map(|group| group.values[0] + group.values[1]).sum();
    let (shape, columns) = match (said > 0.0, unsaid > 0.0) {
        (true, false) => (Shape::Pyramid, vec![MEN, WOMEN]),
        (true, true) => (Shape::Bars, vec![MEN, WOMEN, UNSAID]),
        (false, _) => {
            groups.iter_mut().for_each(|group| group.values.rotate_left(2));
            (Shape::Bars, vec![Column { name: Cow::Borrowed("人员"), ..PEOPLE }])
        }
    };
    Statistic { id, title, unit: "人", shape, columns, groups }
}

const AGES: [&str; 9] = [
    "25 岁及以下",
    "26–30 岁",
    "31–35 岁",
    "36–40 岁",
    "41–45 岁",
    "46–50 岁",
    "51–55 岁",
    "56–60 岁",
    "61 岁及以上",
];

/// 年龄结构 (XM-15), of the force, on the day.
fn ages(links: &Links, day: Date) -> Statistic {
    let band = |person: &Person| {
        let age = day.years_since(person.birth?)? as usize;
        Some(age.saturating_sub(21) / 5).map(|band| band.min(AGES.len() - 1))
    };
    sexed("ages", "年龄结构", by_sex(&AGES, force(links), band))
}

const SCHOOLS: [&str; 5] = ["研究生", "大学本科", "大专", "中专、高中", "初中及以下"];
/// Words by which a level is known; the first that fits counts.
const LEVELS: [(&str, usize); 12] = [
    ("研究生", 0),
    ("博士", 0),
    ("硕士", 0),
    ("大专", 2),
    ("专科", 2),
    ("中专", 3),
    ("高中", 3),
    ("本科", 1),
    ("大学", 1),
    ("学士", 1),
    ("初中", 4),
    ("小学", 4),
];

/// 学历结构 (XM-15), of the force.
fn education(links: &Links) -> Statistic {
    let band = |person: &Person| {
        let known = LEVELS.iter().find(|(word, _)| person.education.contains(word));
        known.map(|(_, band)| *band)
    };
    sexed("education", "学历结构", by_sex(&SCHOOLS, force(links), band))
}

/// 三张清单
fn lists(links: &Links) -> Statistic {
    let group = |list: Option<DutyList>, label: &str| {
        let duties = links.duties.all().iter().filter(|duty| duty.list == list).collect();
        counted(label, duties, |duty: &Duty| &duty.name)
    };
    Statistic {
        id: "lists",
        title: "履职事项清单",
        unit: "项",
        shape: Shape::Bars,
        columns: vec![Column { name: Cow::Borrowed("事项"), ..COUNT }],
        groups: each_of(DutyList::ALL, DutyList::label, "未列清单", group),
    }
}

/// Bands of how many duties somebody carries, by the last of each.
const LOADS: [(usize, &str); 7] = [
    (0, "没有"),
    (3, "1–3 项"),
    (6, "4–6 项"),
    (10, "7–10 项"),
    (15, "11–15 项"),
    (20, "16–20 项"),
    (usize::MAX, "21 项及以上"),
];

/// 工作量分布 (ZJ-12): how many people carry how many duties, by the posts they hold.
fn loads(links: &Links) -> Statistic {
    let mut bands: Vec<Vec<(usize, &Person)>> = vec![Vec::new(); LOADS.len()];
    for person in force(links) {
        let duties = links.load_of(&person.id);
        let band = LOADS.iter().position(|(last, _)| duties <= *last).unwrap_or(0);
        bands[band].push((duties, person));
    }
    let group = |((_, label), mut people): (&(usize, &str), Vec<(usize, &Person)>)| {
        people.arrange_by(|(duties, person)| (std::cmp::Reverse(*duties), person.name.clone()));
        let line = |(duties, person): &(usize, &Person)| {
            behind(*person, &format!("{}（{duties} 项）", person.name))
        };
        let behind: Vec<Behind> = people.iter().map(line).collect();
        Group { label: label.to_string(), values: vec![behind.len() as f64], behind }
    };
    Statistic {
        id: "loads",
        title: "每人承担的岗位职责",
        unit: "人",
        shape: Shape::Bars,
        columns: vec![Column { name: Cow::Borrowed("人员"), ..PEOPLE }],
        groups: LOADS.iter().zip(bands).map(group).collect(),
    }
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
