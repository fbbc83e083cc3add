//! The chart as nested lists, for screen readers, keyboards and whoever would rather read: the same cards under
//! the same cards. Draws nothing; which lists are open is kept by whoever shows it.

use rustc_hash::FxHashSet;

use super::cards::spoken;
use super::{ChartInput, ChartNode, Form};
use crate::picture::tree::Family;

/// The lists of a chart.
#[derive(Clone, Debug)]
pub struct Outline {
    lines: Vec<Line>,
    top: Vec<usize>,
}

/// One card as a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// As the card's group is called in the picture.
    pub id: String,
    /// The card as a sentence.
    pub says: String,
    pub parent: Option<usize>,
    pub below: Vec<usize>,
}

/// What a key asks for (the tree of WAI-ARIA).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    /// Opens a list, or goes into an open one.
    In,
    /// Closes a list, or goes to what it belongs to.
    Out,
    First,
    Last,
}

/// Ids of lines whose lists are open.
pub type Open = FxHashSet<String>;

impl Outline {
    pub fn of(input: &ChartInput) -> Outline {
        let family = Family::new(input.nodes.iter().map(|node| node.parent));
        let mut lines: Vec<Line> = Vec::with_capacity(input.nodes.len());
        for (at, node) in input.nodes.iter().enumerate() {
            let below = family.children(at as u32).iter().map(|kid| *kid as usize).collect();
            let parent = family.parent[at].map(|parent| parent as usize);
            lines.push(Line { id: node.id.clone(), says: says(input.form, node), parent, below });
        }
        let top = family.roots.iter().map(|root| *root as usize).collect();
        Outline { lines, top }
    }

    pub fn line(&self, at: usize) -> &Line {
        &self.lines[at]
    }

    pub fn find(&self, id: &str) -> Option<usize> {
        self.lines.iter().position(|line| line.id == id)
    }

    /// Lines of the outermost list.
    pub fn top(&self) -> &[usize] {
        &self.top
    }

    /// What is open before anybody has asked: the way down to the units, as long as that fits on a screen.
    pub fn first_open(&self, lines: usize) -> Open {
        let mut open = Open::default();
        let mut shown = self.top.len();
        let mut level = self.top.clone();
        loop {
            let next: Vec<usize> =
                level.iter().flat_map(|at| self.lines[*at].below.iter().copied()).collect();
            shown += next.len();
            if next.is_empty() || shown > lines {
                return open;
            }
            let opened = level.iter().map(|at| &self.lines[*at]);
            open.extend(opened.filter(|line| !line.below.is_empty()).map(|line| line.id.clone()));
            level = next;
        }
    }

    /// Lines to be seen, from top to bottom.
    pub fn shown(&self, open: &Open) -> Vec<usize> {
        let mut shown = Vec::new();
        let mut waiting: Vec<usize> = self.top.iter().rev().copied().collect();
        while let Some(at) = waiting.pop() {
            shown.push(at);
            if open.contains(&self.lines[at].id) {
                waiting.extend(self.lines[at].below.iter().rev());
            }
        }
        shown
    }

    /// Where a key leads from a line; opens and closes lists on the way.
    pub fn step(&self, step: Step, at: usize, open: &mut Open) -> usize {
        let line = &self.lines[at];
        let is_open = open.contains(&line.id);
        match step {
            Step::In if line.below.is_empty() => at,
            Step::In if is_open => line.below[0],
            Step::In => {
                open.insert(line.id.clone());
                at
            }
            Step::Out if is_open && !line.below.is_empty() => {
                open.remove(&line.id);
                at
            }
            Step::Out => line.parent.unwrap_or(at),
            Step::Up | Step::Down | Step::First | Step::Last => {
                let shown = self.shown(open);
                let place = shown.iter().position(|shown| *shown == at).unwrap_or(0);
                let wanted = match step {
                    Step::Up => place.saturating_sub(1),
                    Step::Down => place + 1,
                    Step::First => 0,
                    _ => usize::MAX,
                };
                shown.get(wanted.min(shown.len().saturating_sub(1))).copied().unwrap_or(at)
            }
        }
    }
}

/// The card as a sentence, with what the eye would count.
fn says(form: Form, node: &ChartNode) -> String {
    let mut says = spoken(form, node);
    if node.duties > 0 {
        says = says + "，职责 " + &node.duties.to_string() + " 项";
    }
    says
}

#[cfg(test)]
mod tests {
    use super::super::{Holder, Kind};
    use super::*;

    /// 党委 over two units, the first with two posts; a post that belongs nowhere.
    fn outline() -> Outline {
        let node = |id: &str, kind: Kind, parent: Option<usize>| ChartNode {
            id: id.into(),
            title: id.into(),
            kind,
            parent,
            ..ChartNode::default()
        };
        let holder = Holder { name: "王小满".into(), role: Default::default(), identity: None };
        let held =
            ChartNode { holders: vec![holder], duties: 3, ..node("岗甲", Kind::Post, Some(1)) };
        Outline::of(&ChartInput::new(vec![
            node("党委", Kind::Committee, None),
            node("办公室", Kind::Unit, Some(0)),
            node("服务中心", Kind::Unit, Some(0)),
            held,
            node("岗乙", Kind::Post, Some(1)),
            node("散岗", Kind::Post, None),
        ]))
    }

    fn ids(outline: &Outline, open: &Open) -> Vec<String> {
        outline.shown(open).into_iter().map(|at| outline.line(at).id.clone()).collect()
    }

    #[test]
    fn p15_the_lists_hold_what_the_chart_holds() {
        let outline = outline();
        let all = outline.first_open(100);
        assert_eq!(ids(&outline, &all), ["党委", "办公室", "岗甲", "岗乙", "服务中心", "散岗"]);
        let post = outline.line(3);
        assert_eq!((post.parent, &*post.says), (Some(1), "岗甲，A岗 王小满，职责 3 项"));
        assert_eq!(ids(&outline, &outline.first_open(5)), ["党委", "办公室", "服务中心", "散岗"]);
        assert_eq!(ids(&outline, &outline.first_open(0)), ["党委", "散岗"]);
    }

    #[test]
    fn p15_arrows_walk_the_lists_and_open_and_close_them() {
        let outline = outline();
        let mut open = Open::default();
        let mut at = 0;
        let mut go = |step: Step| {
            at = outline.step(step, at, &mut open);
            (outline.line(at).id.clone(), open.len())
        };
        assert_eq!(go(Step::Up), ("党委".into(), 0));
        assert_eq!(go(Step::In), ("党委".into(), 1));
        assert_eq!(go(Step::In), ("办公室".into(), 1));
        assert_eq!(go(Step::In), ("办公室".into(), 2));
        assert_eq!(go(Step::Down), ("岗甲".into(), 2));
        assert_eq!(go(Step::In), ("岗甲".into(), 2));
        assert_eq!(go(Step::Last), ("散岗".into(), 2));
        assert_eq!(go(Step::Down), ("散岗".into(), 2));
        assert_eq!(go(Step::Up), ("服务中心".into(), 2));
        assert_eq!(go(Step::Out), ("党委".into(), 2));
        assert_eq!(go(Step::Out), ("党委".into(), 1));
        assert_eq!(go(Step::Last), ("散岗".into(), 1));
        assert_eq!(go(Step::First), ("党委".into(), 1));
    }

    #[test]
    fn p15_nobody_and_loops_are_read_as_the_chart_draws_them() {
        let empty = Outline::of(&ChartInput::new(Vec::new()));
        assert!(empty.shown(&empty.first_open(10)).is_empty());
        let own = |at: usize| ChartNode {
            id: at.to_string(),
            parent: Some(1 - at),
            ..ChartNode::default()
        };
        let ring = Outline::of(&ChartInput::new(vec![own(0), own(1)]));
        assert_eq!(ring.shown(&ring.first_open(10)).len(), 2);
    }
}
