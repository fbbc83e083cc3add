//! What residents come for: the common matters with their cards, a part of the long list, twelve windows.
//!
//! The lists are real; places and item codes of their county are taken out.

use std::collections::{BTreeMap, BTreeSet};

use gangtu::model::Text;
use gangtu::model::kinds::{Matter, Window};

use super::base::{id, to};
use super::source::{Line, Sheet, text};

pub const HOURS: &str = "周一至周五 8:30—12:00，14:00—17:30；周六上午值班";

#[derive(Default)]
pub struct Matters {
    pub windows: Vec<Window>,
    pub matters: Vec<Matter>,
}

/// Names that only make sense where they come from, or belong to higher levels.
const FOREIGN: [&str; 9] =
    ["省政府令", "成都", "四川", "广安", "市级", "省级", "跨省", "港澳", "据省"];

/// Longest name taken from the long list, in characters.
const LONGEST: usize = 38;

pub fn read() -> Result<Matters, String> {
    let mut all = Matters {
        windows: Sheet::read("yunxi/windows.csv")?.lines().map(window).collect(),
        matters: Vec::new(),
    };
    let routes = Routes::read()?;
    let mut seen = BTreeSet::new();
    common(&mut all, &routes, &mut seen)?;
    others(&mut all, &routes, &mut seen)?;
    Ok(all)
}

fn window(line: Line) -> Window {
    Window {
        id: id(&format!("w{:02}", line.number("no").unwrap_or(0))),
        no: line.number("no"),
        name: line.get("name").into(),
        place: line.get("hall").into(),
        hours: HOURS.into(),
        phone: line.get("phone").into(),
        post: to(line.get("post")),
        matters_note: line.get("scope").into(),
        ..Window::default()
    }
}

/// Which window and post a county department's matters go to.
struct Routes {
    by_department: BTreeMap<String, Route>,
}

#[derive(Clone)]
struct Route {
    department: String,
    window: String,
    post: String,
    take: usize,
}

impl Routes {
    fn read() -> Result<Routes, String> {
        let sheet = Sheet::read("yunxi/routing.csv")?;
        let route = |line: Line| Route {
            department: line.get("to").to_string(),
            window: format!("w{:02}", line.number("window").unwrap_or(1)),
            post: line.get("post").to_string(),
            take: line.number("take").unwrap_or(0) as usize,
        };
        let by_department =
            sheet.lines().map(|line| (line.get("department").to_string(), route(line))).collect();
        Ok(Routes { by_department })
    }

    fn of(&self, department: &str, name: &str) -> Option<Route> {
        let route = self.by_department.get(department)?.clone();
        let pension = department == "区人社局" && name.contains("养老");
        Some(if pension { Route { window: "w04".into(), ..route } } else { route })
    }
}

fn common(all: &mut Matters, routes: &Routes, seen: &mut BTreeSet<String>) -> Result<(), String> {
    let cards = Sheet::read("yunxi/cards.csv")?;
    let terms = terms()?;
    for line in Sheet::read("matters_common.csv")?.lines() {
        let name = local_name(line.get("name"));
        let route = routes.of(line.get("department"), &name);
        let route = route.ok_or_else(|| format!("no window for {}", line.get("department")))?;
        let plain = matter(&format!("c{:02}", all.matters.len() + 1), &name, &route);
        let plain =
            Matter { common: true, terms: terms.get(&name).cloned().unwrap_or_default(), ..plain };
        let card = cards.lines().find(|card| card.get("name") == name);
        let window = all.windows.iter().find(|window| window.id.as_str() == route.window);
        let window = window.ok_or_else(|| format!("no window {}", route.window))?;
        all.matters
            .push(card.map_or_else(|| plain.clone(), |card| carded(plain.clone(), card, window)));
        seen.insert(name);
    }
    check_used(&terms, &cards, seen)
}

/// A term or card for a matter that is not there is a slip of the pen.
fn check_used(
    terms: &BTreeMap<String, Vec<Text>>,
    cards: &Sheet,
    seen: &BTreeSet<String>,
) -> Result<(), String> {
    let names = terms.keys().map(String::as_str).chain(cards.lines().map(|card| card.get("name")));
    match names.into_iter().find(|name| !seen.contains(*name)) {
        Some(name) => Err(format!("words for a matter that is not common: {name}")),
        None => Ok(()),
    }
}

/// 人生大事 by the words of a name.
const LIVES: &[(&str, &[&str])] = &[
    ("出生", &["生育", "出生", "儿童", "新生", "预防接种"]),
    ("上学", &["教育", "学前", "入学", "助学", "学生", "雨露"]),
    ("当兵", &["退役", "优抚", "军人", "义务兵", "烈"]),
    ("就业", &["就业", "失业", "创业", "用工", "技能"]),
    ("结婚", &["结婚", "婚姻", "离婚"]),
    ("建房", &["建设规划", "宅基地", "建房", "住房", "危房", "房屋", "公租房"]),
    ("做生意", &["经营", "个体", "食品", "营业", "企业", "许可核发"]),
    ("种地养殖", &["农机", "耕地", "养殖", "农业", "动物", "林木", "采伐", "种粮", "土地承包"]),
    ("困难救助", &["低保", "最低生活", "救助", "特困", "临时救助"]),
    ("残疾", &["残疾"]),
    ("看病", &["医保", "医疗", "基本医疗", "护理保险"]),
    ("养老", &["老年", "高龄", "养老"]),
    ("丧葬", &["丧葬", "注销登记", "殡葬", "火化"]),
];

fn lives(name: &str) -> Vec<Text> {
    let of = |(_, words): &&(&str, &[&str])| words.iter().any(|word| name.contains(word));
    LIVES.iter().filter(of).map(|(life, _)| (*life).into()).collect()
}

fn matter(key: &str, name: &str, route: &Route) -> Matter {
    Matter {
        life: lives(name),
        id: id(key),
        name: name.into(),
        department: route.department.as_str().into(),
        window: to(&route.window),
        post: to(&route.post),
        ..Matter::default()
    }
}

fn carded(plain: Matter, card: Line, window: &Window) -> Matter {
    let lines = |column| -> Text { card.get(column).replace('；', "\n").as_str().into() };
    Matter {
        condition: lines("condition"),
        materials: lines("materials"),
        steps: lines("steps"),
        legal_days: card.number("legal"),
        promise_days: card.number("promise"),
        fee: card.get("fee").into(),
        hours: window.hours.clone(),
        place: format!("便民服务中心{}", window.place).as_str().into(),
        phone: window.phone.clone(),
        proxy: card.get("proxy").into(),
        online: card.get("online").into(),
        ..plain
    }
}

/// So many of each department's matters as the routing sheet says, in the order of the list.
fn others(all: &mut Matters, routes: &Routes, seen: &mut BTreeSet<String>) -> Result<(), String> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut no = 0;
    for line in Sheet::read("matters.csv")?.lines() {
        let name = local_name(line.get("name"));
        let Some(route) = routes.of(line.get("department"), &name) else { continue };
        let count = taken.entry(line.get("department").to_string()).or_default();
        if *count >= route.take || !is_local(&name) || !seen.insert(name.clone()) {
            continue;
        }
        *count += 1;
        no += 1;
        let plain = matter(&format!("o{no:03}"), &name, &route);
        let main_item = local_name(line.get("main_item"));
        let main_item: Text = if main_item == name { "".into() } else { main_item.as_str().into() };
        all.matters.push(Matter { main_item, ..plain });
    }
    Ok(())
}

fn is_local(name: &str) -> bool {
    name.chars().count() <= LONGEST && !FOREIGN.iter().any(|word| name.contains(word))
}

/// A matter's name without the place it comes from.
fn local_name(name: &str) -> String {
    name.replace("《四川省老年人优待证》", "老年人优待证").replace('\n', "").trim().to_string()
}

/// `matter: term、term` a line.
fn terms() -> Result<BTreeMap<String, Vec<Text>>, String> {
    let read = |line: &str| -> Result<(String, Vec<Text>), String> {
        let (name, terms) = line.split_once(": ").ok_or_else(|| format!("no terms in: {line}"))?;
        let mut terms: Vec<Text> = terms.split('、').map(Text::from).collect();
        terms.sort();
        terms.dedup();
        Ok((name.to_string(), terms))
    };
    text("yunxi/terms.txt")?.lines().map(read).collect()
}
