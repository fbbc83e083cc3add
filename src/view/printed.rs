//! 上次打印: when something was printed on this computer, what it knew then and what stood on each sheet, as a small text a
//! browser keeps; and what has changed since. Where the text is kept is not its affair.

use std::fmt::Write as _;
use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::journal::heads::{ActionIx, Heads};
use crate::journal::peer::Knows;
use crate::journal::stamp::millis;
use crate::model::Text;
use crate::picture::scene::{Scene, Shape};
use crate::sorting::Sorting;

/// What stands on a sheet: its name, and a mark of its words that another word changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    pub name: String,
    pub mark: String,
}

impl Leaf {
    /// Words count wherever they stand; the day they are said of does not.
    pub fn of(name: &str, scene: &Scene, day: &str) -> Leaf {
        let mut words: Vec<String> = scene
            .items
            .iter()
            .filter_map(|item| match item.shape {
                Shape::Text { chars, .. } => Some(scene.text(chars).replace(day, "")),
                _ => None,
            })
            .collect();
        words.arrange(Ord::cmp);
        let mut hasher = FxHasher::default();
        words.iter().for_each(|word| {
            hasher.write(word.as_bytes());
            hasher.write_u8(0);
        });
        Leaf { name: name.to_string(), mark: format!("{:016x}", hasher.finish()) }
    }
}

/// The last time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LastPrint {
    /// Milliseconds since 1970.
    pub at: u64,
    /// Which actions were known.
    pub knows: Knows,
    pub leaves: Vec<Leaf>,
}

/// An action that came after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Did {
    pub at: u64,
    pub by: Text,
    pub what: Text,
}

impl LastPrint {
    /// `None` where nothing was printed or the text says nothing.
    pub fn read(text: &str) -> Option<LastPrint> {
        let mut last = LastPrint::default();
        for line in text.lines() {
            let mut parts = line.split('\t');
            match (parts.next()?, parts.next(), parts.next()) {
                ("at", Some(at), None) => last.at = at.parse().ok()?,
                ("knows", Some(replica), Some(counter)) => {
                    last.knows.insert(replica.into(), counter.parse().ok()?);
                }
                ("leaf", Some(mark), Some(name)) => {
                    let (mark, name) = (mark.to_string(), name.to_string());
                    last.leaves.push(Leaf { name, mark });
                }
                _ => return None,
            }
        }
        (last.at > 0).then_some(last)
    }

    pub fn to_text(&self) -> String {
        let mut out = format!("at\t{}\n", self.at);
        for (replica, counter) in &self.knows {
            let _ = writeln!(out, "knows\t{replica}\t{counter}");
        }
        for Leaf { name, mark } in &self.leaves {
            let name = name.replace(['\t', '\n', '\r'], " ");
            let _ = writeln!(out, "leaf\t{mark}\t{name}");
        }
        out
    }

    /// Whether a sheet says something else now, or is new.
    pub fn has_changed(&self, leaf: &Leaf) -> bool {
        !self.leaves.contains(leaf)
    }

    /// Sheets that have changed; each name once.
    pub fn changed<'a>(&self, now: &'a [Leaf]) -> Vec<&'a str> {
        let mut names: Vec<&str> = Vec::new();
        for leaf in now.iter().filter(|leaf| self.has_changed(leaf)) {
            if !names.contains(&leaf.name.as_str()) {
                names.push(&leaf.name);
            }
        }
        names
    }

    /// Sheets that were printed and are no more.
    pub fn gone(&self, now: &[Leaf]) -> Vec<&str> {
        let there = |name: &str| now.iter().any(|leaf| leaf.name == name);
        let gone = self.leaves.iter().map(|leaf| leaf.name.as_str()).filter(|name| !there(name));
        gone.collect()
    }

    /// Actions this copy did not know then, the newest first.
    pub fn since(&self, heads: &Heads) -> Vec<Did> {
        let new = |at: &ActionIx| {
            let head = heads.head(*at);
            let known = self.knows.get(heads.replica(head.replica).as_str());
            head.counter > known.copied().unwrap_or(0)
        };
        let mut list: Vec<ActionIx> = heads.iter().map(|(at, _)| at).filter(new).collect();
        list.arrange(|a, b| heads.later(*a, *b).cmp(&heads.later(*b, *a)).reverse());
        let did = |at: ActionIx| {
            let head = heads.head(at);
            Did { at: millis(heads.order(at)), by: head.by.clone(), what: head.what.clone() }
        };
        list.into_iter().map(did).collect()
    }
}
