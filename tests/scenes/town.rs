//! Invented townships of any size for the scene tests: same number in, same town out.

use gangtu::picture::chart::{ChartNode, Duty, Holder, Identity, Kind, Mark, Track};

const UNITS: [&str; 12] = [
    "党政综合办公室",
    "党的建设办公室",
    "经济发展办公室",
    "社会事务办公室",
    "平安法治办公室",
    "应急管理办公室",
    "综合行政执法队",
    "便民服务中心",
    "农业农村服务中心",
    "退役军人服务站",
    "财政所",
    "村镇建设管理办公室",
];
const POSTS: [&str; 14] = [
    "主任",
    "文书岗",
    "组织人事岗",
    "项目申报与固定资产投资统计岗",
    "信访接待岗",
    "人民调解岗",
    "民政救助岗",
    "综治网格管理岗",
    "安全生产巡查岗",
    "农村经营管理岗",
    "防汛抗旱岗",
    "社会保障窗口",
    "一支队伍管执法联络岗",
    "档案岗",
];
const OFFICES: [(&str, &str); 7] = [
    ("沈知远", "党委副书记、镇长"),
    ("苏明澜", "人大主席"),
    ("顾云舟", "党委副书记（政法）"),
    ("林素秋", "党委委员（组织）"),
    ("陈望山", "副镇长（工业）"),
    ("叶清和", "副镇长（农业）"),
    ("周怀瑾", "副镇长（社会事业）"),
];
const SURNAMES: [&str; 12] =
    ["王", "李", "张", "刘", "陈", "杨", "赵", "欧阳", "周", "吴", "徐", "孙"];
const GIVEN: [&str; 12] = [
    "小满", "谷雨", "清明", "立夏", "白露", "霜降", "惊蛰", "芒种", "寒露", "秋分", "冬至", "春分",
];

/// A small fixed sequence of numbers.
pub struct Dice(pub u32);

impl Dice {
    pub fn roll(&mut self, sides: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % sides
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len() as u32) as usize]
    }

    pub fn name(&mut self) -> String {
        self.pick(&SURNAMES).to_owned() + self.pick(&GIVEN)
    }
}

/// Makes a plain node vacant, staffed, marked and tracked by the dice.
pub fn staffed(mut node: ChartNode, dice: &mut Dice) -> ChartNode {
    let identities =
        [Identity::Civil, Identity::Institution, Identity::Stationed, Identity::Seconded];
    node.vacant = dice.roll(11) == 0;
    node.track = Some(match dice.roll(7) {
        0 => Track::Vanguard,
        1 => Track::Special,
        _ => Track::Steady,
    });
    if !node.vacant {
        let identity = Some(identities[[0, 0, 0, 1, 1, 1, 1, 1, 2, 3][dice.roll(10) as usize]]);
        node.holders.push(Holder { name: dice.name(), role: Duty::A, identity });
    }
    if dice.roll(3) > 0 {
        node.holders.push(Holder { name: dice.name(), role: Duty::B, identity: None });
    }
    node.duties = 1 + dice.roll(7);
    if dice.roll(17) == 0 {
        node.marks.push(Mark { text: "职责无依据".to_owned(), missing: false });
    }
    node
}

pub fn node(id: String, kind: Kind, parent: Option<usize>, title: &str) -> ChartNode {
    ChartNode { id, kind, parent, title: title.to_owned(), ..ChartNode::default() }
}

/// One town: committee, seven leaders, twelve units, `posts` posts.
pub fn town(nodes: &mut Vec<ChartNode>, up: Option<usize>, tag: &str, posts: usize) {
    let mut dice = Dice(posts as u32 + 7 * nodes.len() as u32);
    let root = nodes.len();
    let kind = if up.is_some() { Kind::Level } else { Kind::Committee };
    let mut top = node(format!("{tag}t"), kind, up, "云溪镇党委");
    top.subtitle = "党委书记 何其峥".to_owned();
    nodes.push(top);
    let leaders = nodes.len();
    for (at, (name, office)) in OFFICES.iter().enumerate() {
        let mut leader = node(format!("{tag}l{at}"), Kind::Leader, Some(root), name);
        leader.subtitle = (*office).to_owned();
        nodes.push(leader);
    }
    let units = nodes.len();
    for (at, name) in UNITS.iter().enumerate() {
        let leader = leaders + at * OFFICES.len() / UNITS.len();
        nodes.push(node(format!("{tag}u{at}"), Kind::Unit, Some(leader), name));
    }
    for at in 0..posts {
        // Earlier units are larger, as offices are.
        let unit = units + (at % 12).min(dice.roll(30) as usize);
        let title = POSTS[if at < 12 { 0 } else { at * 5 % 14 }];
        let post = node(format!("{tag}p{at}"), Kind::Post, Some(unit), title);
        nodes.push(staffed(post, &mut dice));
    }
}

/// Towns of 59 posts under one county until there are `cards` cards.
pub fn county(cards: usize) -> Vec<ChartNode> {
    let mut nodes = vec![node("county".to_owned(), Kind::Committee, None, "测试县")];
    while nodes.len() < cards {
        let tag = format!("{}-", nodes.len());
        town(&mut nodes, Some(0), &tag, 59);
    }
    nodes.truncate(cards);
    nodes
}
