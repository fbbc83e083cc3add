//! What a page still holds when its base is gone, as actions of a copy of its own: values without
//! their past. Merges with copies that have the past, since every op names what it stands for.

use super::action::{Action, Kind, Op, OpGroup, Reg};
use super::chain::Link;
use super::fold::Fold;
use super::stamp::{ReplicaId, Time};

/// Records an action carries, so that no line grows without bound.
const RECORDS_AN_ACTION: usize = 500;

impl Fold {
    /// The winning value of every register as lines of `replica`, the first stamped `from`.
    pub fn rescue(&self, replica: &ReplicaId, from: Time, by: &str) -> Vec<String> {
        let groups = self.winners();
        let mut link = None;
        let line = |(at, groups): (usize, &[OpGroup])| {
            let action = Action {
                replica: replica.clone(),
                counter: at as u64 + 1,
                time: from + at as u64,
                link,
                by: by.into(),
                what: "从打开的页面救出".into(),
                groups: groups.to_vec(),
            };
            let line = action.to_line();
            link = Some(Link::of(&line));
            line
        };
        groups.chunks(RECORDS_AN_ACTION).enumerate().map(line).collect()
    }

    fn winners(&self) -> Vec<OpGroup> {
        let mut groups: Vec<OpGroup> = Vec::new();
        for key in self.known_keys().chain(self.loose.keys().cloned()) {
            let Some(cell) = self.winner(&key) else { continue };
            // What an extract brought is no news to anybody.
            if self.heads.head(cell.at).counter == 0 {
                continue;
            }
            let (kind, id, register) = self.names(&key);
            let kind = Kind::named(&kind);
            let reg = Reg::named(&kind, &register);
            let op = Op::over(reg, cell.value, Some(self.heads.stamp(cell.at)));
            match groups.last_mut() {
                Some(last) if last.kind == kind && *last.id == *id => last.ops.push(op),
                _ => groups.push(OpGroup { kind, id: id.into(), ops: vec![op] }),
            }
        }
        for group in &mut groups {
            let kind = &group.kind;
            group.ops.sort_by_cached_key(|op| op.reg.name(kind).into_owned());
        }
        groups
    }
}
