//! An action as its canonical line. Reads none: `read` does.
//!
//! Records of which the same registers were written stand together as a table, column by column: the
//! rows of a spreadsheet then say once how its columns are called.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::{Action, Op, OpGroup};
use crate::journal::stamp::Stamp;
use crate::model::value::write_json_text;

/// Records alike that make a table; fewer stand each for itself.
const FEWEST: usize = 4;

impl Action {
    /// The canonical line: members sorted, no spaces, no line breaks.
    pub fn to_line(&self) -> String {
        let mut out = String::with_capacity(64 + self.op_count() * 32);
        out.push_str("{\"by\":");
        write_json_text(&self.by, &mut out);
        out.push_str(&format!(",\"n\":{},\"ops\":[", self.counter));
        for (at, block) in blocks(&self.groups).iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            match block[..] {
                [group] => self.write_group(group, &mut out),
                _ => self.write_table(block, &mut out),
            }
        }
        out.push(']');
        if let Some(link) = &self.link {
            out.push_str(&format!(",\"p\":\"{link}\""));
        }
        out.push_str(&format!(
            ",\"r\":\"{}\",\"t\":\"{:016x}\",\"what\":",
            self.replica, self.time
        ));
        write_json_text(&self.what, &mut out);
        out.push('}');
        out
    }

    /// `[kind, id, {register: value}, {register: replaced}]`
    fn write_group(&self, group: &OpGroup, out: &mut String) {
        out.push('[');
        write_json_text(group.kind.name(), out);
        out.push(',');
        write_json_text(&group.id, out);
        write_members(group, out, |_| true, |at, out| group.ops[at].value.write_json(out));
        if group.ops.iter().any(|op| op.prev.is_some()) {
            let replaced = |op: &Op| op.prev.is_some();
            write_members(group, out, replaced, |at, out| self.write_replaced(&group.ops[at], out));
        }
        out.push(']');
    }

    /// `[kind, [id …], {register: [value …]}, {register: replaced by all | [replaced …]}]`
    fn write_table(&self, block: &[&OpGroup], out: &mut String) {
        let first = block[0];
        out.push('[');
        write_json_text(first.kind.name(), out);
        out.push(',');
        write_list(block, out, |group, out| write_json_text(&group.id, out));
        let column = |at: usize, out: &mut String| {
            write_list(block, out, |group, out| group.ops[at].value.write_json(out));
        };
        write_members(first, out, |_| true, column);
        if first.ops.iter().any(|op| op.prev.is_some()) {
            let column = |at: usize, out: &mut String| {
                let own = &first.ops[at];
                let same = |group: &&OpGroup| group.ops[at].replaced().eq(own.replaced());
                if own.rivals.is_empty() && block.iter().all(same) {
                    return self.write_replaced(own, out);
                }
                write_list(block, out, |group, out| self.write_replaced(&group.ops[at], out));
            };
            write_members(first, out, |op| op.prev.is_some(), column);
        }
        out.push(']');
    }

    /// One stamp, or a list where a conflict was decided.
    fn write_replaced(&self, op: &Op, out: &mut String) {
        let Some(prev) = &op.prev else { return };
        if op.rivals.is_empty() {
            return self.write_stamp(prev, out);
        }
        let stamps: Vec<&Stamp> = op.replaced().collect();
        write_list(&stamps, out, |stamp, out| self.write_stamp(stamp, out));
    }

    /// Stamps of the action's own replica are written without it.
    fn write_stamp(&self, stamp: &Stamp, out: &mut String) {
        out.push_str(&format!("\"{:016x}", stamp.time));
        if stamp.replica != self.replica {
            out.push('@');
            out.push_str(stamp.replica.as_str());
        }
        out.push('"');
    }
}

/// Writes `,{"register":…}` of the ops that are `wanted`, by their places in the group.
fn write_members(
    group: &OpGroup,
    out: &mut String,
    wanted: impl Fn(&Op) -> bool,
    write: impl Fn(usize, &mut String),
) {
    out.push_str(",{");
    let ops = group.ops.iter().enumerate().filter(|(_, op)| wanted(op));
    for (nth, (at, op)) in ops.enumerate() {
        if nth > 0 {
            out.push(',');
        }
        write_json_text(&op.reg.name(&group.kind), out);
        out.push(':');
        write(at, out);
    }
    out.push('}');
}

fn write_list<T>(items: &[T], out: &mut String, write: impl Fn(&T, &mut String)) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

/// The groups as they stand in the line: one each, or many that make a table, where its first stood.
fn blocks(groups: &[OpGroup]) -> Vec<Vec<&OpGroup>> {
    let mut found: Vec<Vec<&OpGroup>> = Vec::new();
    let mut by_shape: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut last: Option<usize> = None;
    let mut of_group = Vec::with_capacity(groups.len());
    for group in groups {
        let fits = |at: &usize| alike(found[*at][0], group);
        let at = last.filter(fits).unwrap_or_else(|| {
            let places = by_shape.entry(shape(group)).or_default();
            places.iter().copied().find(|at| alike(found[*at][0], group)).unwrap_or_else(|| {
                places.push(found.len());
                found.len()
            })
        });
        if at == found.len() {
            found.push(Vec::new());
        }
        found[at].push(group);
        of_group.push(at);
        last = Some(at);
    }
    let mut blocks = Vec::new();
    for (group, at) in groups.iter().zip(of_group) {
        if found[at].len() >= FEWEST {
            blocks.push(std::mem::take(&mut found[at]));
        } else if !found[at].is_empty() {
            blocks.push(vec![group]);
        }
    }
    blocks
}

/// Whether two groups fit into one table.
fn alike(a: &OpGroup, b: &OpGroup) -> bool {
    let op = |(a, b): (&Op, &Op)| a.reg == b.reg && a.prev.is_some() == b.prev.is_some();
    a.kind == b.kind && a.ops.len() == b.ops.len() && a.ops.iter().zip(&b.ops).all(op)
}

fn shape(group: &OpGroup) -> u64 {
    let mut hasher = FxHasher::default();
    group.kind.hash(&mut hasher);
    for op in &group.ops {
        (&op.reg, op.prev.is_some()).hash(&mut hasher);
    }
    hasher.finish()
}
