//! 每个单位一张: the chart cut by unit, each on sheets of its own behind an index. Cuts what the input says; paints
//! nothing and reads no records.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::ties::{Outside, Tie, Ties};
use super::{ChartInput, ChartNode, Form, Kind, draw, legend, tying};
use crate::picture::board::{Board, Card, Part as Entry, Wish, index};
use crate::picture::press::{Book, Sheets, Wanted};
use crate::picture::scene::Scene;
use crate::picture::sheet::{Words, sheet};

/// What stands above all units has a sheet of this name.
const LEADERS: &str = "领导班子";
/// Words of the index, beside those of a notice board: smaller where that saves a sheet.
const INDEX: [f64; 4] = [1.2, 1.1, 1.0, 0.9];
/// A legend is at least so wide, world units.
const LEGEND: f64 = 520.0;

/// A unit of the top level with what is below it, or what stands above them.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub name: String,
    /// 分管 and who; empty where nobody stands above it.
    pub led: String,
    pub input: ChartInput,
}

/// The chart by units, the leaders first. Nothing is folded away on paper.
pub fn parts(input: &ChartInput) -> Vec<Part> {
    let mut members: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for at in 0..input.nodes.len() {
        members.entry(top_unit(&input.nodes, at)).or_default().push(at);
    }
    let says = |at: usize| input.nodes[at].kind != Kind::Committee;
    members.retain(|unit, list| unit.is_some() || list.iter().any(|at| says(*at)));
    members.into_iter().map(|(unit, list)| part(input, unit, &list)).collect()
}

/// The uppermost unit on the way up from a node, itself among them.
fn top_unit(nodes: &[ChartNode], at: usize) -> Option<usize> {
    way_up(nodes, at).filter(|at| nodes[*at].kind == Kind::Unit).last()
}

/// A node and what is above it; a loop ends somewhere.
fn way_up(nodes: &[ChartNode], at: usize) -> impl Iterator<Item = usize> + '_ {
    let above = move |at: &usize| nodes[*at].parent.filter(|parent| *parent < nodes.len());
    std::iter::successors(Some(at), above).take(nodes.len())
}

fn part(input: &ChartInput, unit: Option<usize>, list: &[usize]) -> Part {
    let own = |at: &usize| {
        let node = &input.nodes[*at];
        let parent = node.parent.and_then(|parent| list.binary_search(&parent).ok());
        ChartNode { parent, collapsed: false, ..node.clone() }
    };
    let nodes = list.iter().map(own).collect();
    let name = unit.map_or_else(|| LEADERS.to_string(), |unit| input.nodes[unit].title.clone());
    let led = unit.map_or_else(String::new, |unit| led(&input.nodes, unit));
    // A projector's large headings stay on its wall.
    Part { name, led, input: ChartInput { nodes, heads: 1.0, ..input.clone() } }
}

fn led(nodes: &[ChartNode], unit: usize) -> String {
    let leader = way_up(nodes, unit).find(|at| nodes[*at].kind == Kind::Leader);
    leader.map_or_else(String::new, |at| ["分管 ", &named(&nodes[at])].concat())
}

/// A leader's card says the name first.
fn named(node: &ChartNode) -> String {
    if node.subtitle.is_empty() || node.kind != Kind::Leader {
        return node.title.clone();
    }
    format!("{}（{}）", node.title, node.subtitle)
}

/// The lines that begin and end on the sheets of a part, or lead from it to what is no card of the chart.
fn ties_of(part: &Part, ties: &Ties) -> Ties {
    let own: FxHashSet<&str> = part.input.nodes.iter().map(|node| node.id.as_str()).collect();
    let far: FxHashSet<&str> = ties.outside.iter().map(|one| one.id.as_str()).collect();
    let is_own = |tie: &&Tie| {
        let (from, to) = (tie.from.as_str(), tie.to.as_str());
        let at_home = |id| own.contains(id);
        (at_home(from) || at_home(to))
            && [from, to].iter().all(|id| at_home(id) || far.contains(id))
    };
    let found: Vec<Tie> = ties.ties.iter().filter(is_own).cloned().collect();
    let reached: FxHashSet<&str> =
        found.iter().flat_map(|tie| [tie.from.as_str(), tie.to.as_str()]).collect();
    let is_reached = |one: &&Outside| reached.contains(one.id.as_str());
    let outside = ties.outside.iter().filter(is_reached).cloned().collect();
    Ties { outside, ties: found }
}

/// The chart cut by unit for sheets of this paper, with the lines that stay within a unit.
pub fn book(input: &ChartInput, ties: &Ties, words: &Words, wanted: &Wanted) -> Book {
    let room = wanted.room();
    let parts = parts(input);
    let bodies: Vec<(Scene, Sheets)> = parts
        .iter()
        .map(|part| {
            let scene = leaf(part, &ties_of(part, ties), words.day, room);
            let sheets = wanted.readable(&scene);
            (scene, sheets)
        })
        .collect();
    let board = Board { title: words.title.to_string(), parts: parts.iter().map(entry).collect() };
    // How many sheets the index takes does not depend on the numbers in it.
    let sheets = |wish: &Wish| index(&board, &vec![0; parts.len()], wish).len();
    let wishes = INDEX.map(|size| Wish { room, apart: true, size });
    // The first of those that take the fewest sheets has the largest words.
    let wish = wishes.into_iter().min_by_key(sheets).unwrap_or(wishes[0]);
    let mut next = sheets(&wish) + 1;
    let mut begins = Vec::with_capacity(parts.len());
    for (part, (_, sheets)) in parts.iter().zip(&bodies) {
        begins.push((part.name.clone(), next));
        next += sheets.cuts.len();
    }
    let firsts: Vec<usize> = begins.iter().map(|(_, first)| *first).collect();
    let whole = |scene: Scene| (scene, Sheets { cuts: vec![wanted.page()], scale: 1.0, room });
    let mut leaves: Vec<(Scene, Sheets)> =
        index(&board, &firsts, &wish).into_iter().map(whole).collect();
    leaves.extend(bodies);
    Book { leaves, begins }
}

/// A part as a picture with its name, its lines, its day and the legend.
fn leaf(part: &Part, ties: &Ties, day: &str, room: (f64, f64)) -> Scene {
    let input = ChartInput { aspect: room.0 / room.1, ..part.input.clone() };
    let (mut chart, kinds) = (draw(&input), ties.kinds());
    if !kinds.is_empty() {
        chart = tying::tied(chart, ties);
    }
    let scene = chart.scene;
    let wide = scene.bounds.width().max(LEGEND);
    let mut below = legend(input.form, wide);
    if !kinds.is_empty() {
        below = tying::legend(below, &kinds, wide);
    }
    let day = if part.led.is_empty() { day.to_string() } else { format!("{}　{day}", part.led) };
    sheet(&scene, Some(&below), &Words { title: &part.name, day: &day }, 1.0)
}

fn entry(part: &Part) -> Entry {
    let posts =
        part.input.nodes.iter().filter(|node| matches!(node.kind, Kind::Post | Kind::Leader));
    let cards = posts.map(|node| Card { title: named(node), ..Card::default() }).collect();
    Entry { name: part.name.clone(), note: String::new(), cards }
}

/// Whether a chart of this form can be cut by unit: 责任链 has zones and villages instead, 任务链 actions and tasks.
pub fn has_units(form: Form) -> bool {
    !matches!(form, Form::Chain | Form::Work)
}
