//! 架构图: 党委 → 分管领导 → 机构 → 岗位 → 人 as one scene.
//!
//! Takes plain nodes that somebody filled from a township; reads no records and decides no rule:
//! whether a post is vacant or a mark is due is said by the input. Units hold their posts as a
//! panel, everything above is a tidy tree with quiet elbows. Seen from afar, cards become blocks
//! (vacant ones stay vermilion) and units carry their names large.

pub mod apart;
mod arrange;
mod cards;
mod far;
mod legend;
mod links;
mod looks;
mod measure;
pub mod outline;
mod signs;
pub mod ties;
pub mod tying;

pub use legend::legend;

use std::rc::Rc;
use std::sync::Arc;

use super::scene::{Builder, GroupId, Scene};
use super::tree::{Direction, Family, Layout};

/// 图形: how the cards stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Form {
    /// 上下: a tree from the top down.
    #[default]
    Tree,
    /// 左右: a tree from left to right.
    Across,
    /// 机构板: a board for each unit, in columns.
    Boards,
    /// 挂图: posts as narrow cards with upright words (竖排).
    Wall,
    /// 责任链: who answers for which zone and village (YC-03).
    Chain,
    /// 任务链: 战略 → 行动 → 任务 → 岗位 → 人 (YC-29). For staff.
    Work,
}

impl Form {
    pub const ALL: [Form; 6] =
        [Form::Tree, Form::Across, Form::Boards, Form::Wall, Form::Chain, Form::Work];
    /// What everybody may look at.
    pub const PUBLIC: [Form; 5] = [Form::Tree, Form::Across, Form::Boards, Form::Wall, Form::Chain];

    pub fn label(self) -> &'static str {
        match self {
            Form::Tree => "上下",
            Form::Across => "左右",
            Form::Boards => "机构板",
            Form::Wall => "挂图",
            Form::Chain => "责任链",
            Form::Work => "任务链",
        }
    }

    /// What others call it.
    pub fn id(self) -> &'static str {
        match self {
            Form::Tree => "tree",
            Form::Across => "across",
            Form::Boards => "boards",
            Form::Wall => "wall",
            Form::Chain => "chain",
            Form::Work => "work",
        }
    }

    pub fn named(id: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.id() == id)
    }

    /// On a card nobody answers for.
    fn vacancy(self) -> &'static str {
        if self == Form::Work { "待定" } else { "空缺" }
    }

    fn direction(self) -> Direction {
        if self == Form::Across { Direction::Right } else { Direction::Down }
    }
}

/// What a card stands for; decides its size and face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Kind {
    /// 党委 or whatever stands on top.
    Committee,
    /// 分管领导
    Leader,
    /// 机构
    Unit,
    /// 岗位
    #[default]
    Post,
    /// 人
    Person,
    /// 履职事项 or task, one line.
    Duty,
    /// 镇、片、村、行动: a named level without a look of its own.
    Level,
}

/// 双轨: which track a post runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Track {
    /// 精业实干岗
    Steady,
    /// 勤政先锋岗
    Vanguard,
    /// 专项工作岗
    Special,
}

/// A岗 or B岗 of a post, or whoever answers for a village or a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Duty {
    #[default]
    A,
    B,
    /// 包村干部
    Contact,
    /// 责任岗位, with who sits there
    Answers,
}

impl Duty {
    const ALL: [Duty; 4] = [Duty::A, Duty::B, Duty::Contact, Duty::Answers];

    /// Before a name on a card.
    fn mark(self) -> &'static str {
        match self {
            Duty::A => "A ",
            Duty::B => "B ",
            Duty::Contact => "包村 ",
            Duty::Answers => "岗 ",
        }
    }

    fn spoken(self) -> &'static str {
        match self {
            Duty::A => "A岗 ",
            Duty::B => "B岗 ",
            Duty::Contact => "包村干部 ",
            Duty::Answers => "责任岗位 ",
        }
    }
}

/// 身份
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// 行政
    Civil,
    /// 事业
    Institution,
    /// 派驻
    Stationed,
    /// 借调
    Seconded,
}

impl Identity {
    pub fn label(self) -> &'static str {
        match self {
            Identity::Civil => "行政",
            Identity::Institution => "事业",
            Identity::Stationed => "派驻",
            Identity::Seconded => "借调",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Holder {
    pub name: String,
    pub role: Duty,
    pub identity: Option<Identity>,
}

/// 岗位数、在岗、空缺 of a unit, in posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    pub posts: u32,
    pub held: u32,
    pub vacant: u32,
}

/// A finding shown on a card: a short word, vermilion when it is something missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub text: String,
    pub missing: bool,
}

/// One card. `parent` is an index into [`ChartInput::nodes`].
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ChartNode {
    pub id: String,
    pub kind: Kind,
    pub parent: Option<usize>,
    pub title: String,
    /// 简称, for the view from afar; empty where there is none.
    pub short: String,
    /// 职务 of a leader, a note under a unit's name.
    pub subtitle: String,
    pub holders: Vec<Holder>,
    pub track: Option<Track>,
    pub vacant: bool,
    /// What a level misses, in words: 缺片长, 缺专班.
    pub lacks: &'static str,
    /// How many duties a post carries; 0 shows nothing.
    pub duties: u32,
    /// `None`: counted from the posts below.
    pub counts: Option<Counts>,
    pub marks: Vec<Mark>,
    /// Nodes below are not shown; a chip says how many posts they are.
    pub collapsed: bool,
    /// Whoever holds it, as a face; shown where the input asks for faces.
    pub portrait: Option<Portrait>,
}

/// A face on a card.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// As `data:…`.
    pub source: Option<Arc<str>>,
    /// Stands where there is no picture: the first character of the name.
    pub initial: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ChartInput {
    pub nodes: Vec<ChartNode>,
    pub form: Form,
    /// Width over height of the screen or sheet the chart should fill well.
    pub aspect: f64,
    /// How large headings are: 1 at a desk, more for a wall.
    pub heads: f64,
    /// Whether cards of posts and leaders have room for a face.
    pub portraits: bool,
}

impl ChartInput {
    pub fn new(nodes: Vec<ChartNode>) -> ChartInput {
        ChartInput { nodes, form: Form::Tree, aspect: 16.0 / 9.0, heads: 1.0, portraits: false }
    }
}

/// The picture, and which group shows which node.
#[derive(Clone, Debug)]
pub struct Chart {
    pub scene: Rc<Scene>,
    /// Where each node was placed; what a collapsed unit hides has empty boxes.
    pub layout: Layout,
    /// Group of each node; `None` for nodes hidden by a collapsed unit.
    pub cards: Vec<Option<GroupId>>,
    /// Group of the link that leads to each node.
    pub links: Vec<Option<GroupId>>,
    parents: Vec<Option<usize>>,
}

impl Chart {
    /// The card, its links and its superiors up to the root: what hovering lights up.
    pub fn trace(&self, node: usize) -> Vec<GroupId> {
        let mut found = Vec::new();
        let mut at = Some(node);
        while let Some(node) = at {
            found.extend(self.cards.get(node).copied().flatten());
            found.extend(self.links.get(node).copied().flatten());
            at = self.parents.get(node).copied().flatten();
        }
        found
    }

    /// The node a group belongs to.
    pub fn node_of(&self, group: GroupId) -> Option<usize> {
        self.cards.iter().position(|card| *card == Some(group))
    }
}

/// Lays out and draws the chart.
pub fn draw(input: &ChartInput) -> Chart {
    let tree = Tree::of(input);
    let posts = measure::Posts::of(input);
    let plan = arrange::choose(input, &tree, &posts);
    let mut canvas = Canvas {
        input,
        tree: &tree,
        plan: &plan,
        posts,
        looks: looks::Looks::default(),
        b: Builder::with_capacity(tree.shown.len() + 64, tree.shown.len() * 7),
    };
    canvas.looks = looks::Looks::new(&mut canvas.b, input.heads as f32);
    let links = links::draw(&mut canvas);
    let cards = cards::draw(&mut canvas);
    far::draw(&mut canvas);
    let scene = Rc::new(canvas.b.finish());
    let layout = arrange::spread(&plan.layout, &tree, input.nodes.len());
    Chart { scene, layout, cards, links, parents: tree.parents(input.nodes.len()) }
}

/// What the drawing steps share.
struct Canvas<'a> {
    input: &'a ChartInput,
    tree: &'a Tree,
    plan: &'a arrange::Plan,
    posts: measure::Posts,
    looks: looks::Looks,
    b: Builder,
}

impl Canvas<'_> {
    fn node(&self, at: usize) -> &ChartNode {
        &self.input.nodes[self.tree.shown[at] as usize]
    }
}

/// The nodes that are shown, renumbered, and the counts of all.
struct Tree {
    /// Input index of each shown node.
    shown: Vec<u32>,
    /// Shown nodes only, in shown numbering.
    family: Family,
    /// By shown number.
    counts: Vec<Counts>,
    /// Input parent links with loops cut.
    all: Family,
}

impl Tree {
    fn of(input: &ChartInput) -> Tree {
        let all = Family::new(input.nodes.iter().map(|n| n.parent));
        let counts = count(input, &all);
        let mut number = vec![None; input.nodes.len()];
        let mut shown = Vec::new();
        let visible: Vec<bool> = visible(input, &all);
        for at in 0..input.nodes.len() {
            if visible[at] {
                number[at] = Some(shown.len());
                shown.push(at as u32);
            }
        }
        let up = |at: &u32| all.parent[*at as usize].and_then(|p| number[p as usize]);
        let family = Family::new(shown.iter().map(up));
        let counts = shown.iter().map(|at| counts[*at as usize]).collect();
        Tree { shown, family, counts, all }
    }

    fn parents(&self, n: usize) -> Vec<Option<usize>> {
        (0..n).map(|at| self.all.parent[at].map(|p| p as usize)).collect()
    }
}

fn visible(input: &ChartInput, all: &Family) -> Vec<bool> {
    let mut visible = vec![true; input.nodes.len()];
    for at in &all.order {
        let up = all.parent[*at as usize].map(|p| p as usize);
        visible[*at as usize] = up.is_none_or(|p| visible[p] && !input.nodes[p].collapsed);
    }
    visible
}

/// Posts, held and vacant below each node, the node itself included.
fn count(input: &ChartInput, all: &Family) -> Vec<Counts> {
    let mut counts: Vec<Counts> = input.nodes.iter().map(own_count).collect();
    for at in all.order.iter().rev() {
        let at = *at as usize;
        let below = counts[at];
        if let Some(given) = input.nodes[at].counts {
            counts[at] = given;
        }
        if let Some(up) = all.parent[at] {
            let sum = &mut counts[up as usize];
            sum.posts += below.posts;
            sum.held += below.held;
            sum.vacant += below.vacant;
        }
    }
    counts
}

fn own_count(node: &ChartNode) -> Counts {
    if node.kind != Kind::Post {
        return Counts::default();
    }
    let vacant = u32::from(node.vacant);
    Counts { posts: 1, held: 1 - vacant, vacant }
}
