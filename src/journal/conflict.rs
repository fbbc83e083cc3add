//! What people changed apart: registers with more than one head, by name, person and time. A decision
//! is an op that replaces all of them (`Draft::decide`), so that it holds on every copy.
//!
//! Says nothing of members of sets, where adding wins, nor of fields a newer program made.

use super::action::{Kind, Reg};
use super::fold::{Cell, Fold, Key, group_members};
use super::heads::ActionIx;
use super::stamp::Stamp;
use crate::model::{KindIx, RecordId, RegisterIx, Text, Value, schema};

/// What somebody wrote into a register, knowing nothing of what others wrote there.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub value: Value,
    /// The value as people read it.
    pub said: String,
    pub stamp: Stamp,
    pub by: Text,
    /// The action it was part of, in words.
    pub what: Text,
}

/// A register that people changed apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    pub kind: KindIx,
    pub id: RecordId,
    pub register: RegisterIx,
    /// Title of the record, and the field's label: of one that belongs together, all of them.
    pub title: String,
    pub label: String,
    /// What counts until somebody decides comes first, then the latest.
    pub claims: Vec<Claim>,
}

impl Conflict {
    /// Which register it is about.
    pub fn register(&self) -> (KindIx, RecordId, RegisterIx) {
        (self.kind, self.id.clone(), self.register)
    }
}

impl Fold {
    /// Registers whose heads say different things, in the order of the tables.
    pub fn conflicts(&self) -> Vec<Conflict> {
        self.rivals.keys().filter_map(|key| self.conflict(key)).collect()
    }

    /// How many registers are in conflict by what came after the action.
    pub fn conflicts_since(&self, last: ActionIx) -> usize {
        let newer = |key: &Key, cells: &[Cell]| {
            self.winner_at(key).is_some_and(|at| at > last)
                || cells.iter().any(|cell| cell.at > last)
        };
        let rivals = self.rivals.iter().filter(|(key, cells)| newer(key, cells));
        rivals.filter(|(key, _)| self.apart(key).is_some()).count()
    }

    /// The winner and its rivals, where they say different things of something this program knows.
    fn apart(&self, key: &Key) -> Option<(Cell, &[Cell])> {
        let Key::Known(..) = key else { return None };
        let winner = self.winner(key)?;
        let rivals = self.rivals.get(key)?;
        let apart = rivals.iter().any(|rival| rival.value != winner.value);
        apart.then_some((winner, rivals))
    }

    /// The heads of a register beside the winner.
    pub(crate) fn rivals_of(&self, kind: KindIx, id: &RecordId, reg: &Reg) -> Vec<Stamp> {
        let key = self.find_key(&Kind::Known(kind), id.as_str(), reg);
        let rivals = key.and_then(|key| self.rivals.get(&key));
        rivals.into_iter().flatten().map(|cell| self.heads().stamp(cell.at)).collect()
    }

    fn conflict(&self, key: &Key) -> Option<Conflict> {
        let Key::Known(kind, slot, register) = key else { return None };
        let (winner, rivals) = self.apart(key)?;
        let id = self.township().table(*kind).at(*slot).id.clone();
        let info = &schema().kinds[*kind];
        let fields = &info.registers[*register].fields;
        let labels: Vec<&str> = fields.iter().map(|at| info.spec.fields[*at].label).collect();
        // Rivals are kept by stamp, oldest first.
        let claims = std::iter::once(&winner).chain(rivals.iter().rev());
        Some(Conflict {
            kind: *kind,
            title: self.township().title_of(info.spec.id, id.as_str()),
            id,
            register: *register,
            label: labels.join("、"),
            claims: claims.map(|cell| self.claim(*kind, *register, cell)).collect(),
        })
    }

    fn claim(&self, kind: KindIx, register: RegisterIx, cell: &Cell) -> Claim {
        let at: ActionIx = cell.at;
        let head = self.heads().head(at);
        Claim {
            value: cell.value.clone(),
            said: self.said(kind, register, &cell.value),
            stamp: self.heads().stamp(at),
            by: head.by.clone(),
            what: head.what.clone(),
        }
    }

    /// A register's value as people read it.
    pub(crate) fn said(&self, kind: KindIx, register: RegisterIx, value: &Value) -> String {
        let info = &schema().kinds[kind];
        let spec = &info.registers[register];
        let field = |at: &usize| &info.spec.fields[*at];
        if !spec.grouped {
            return self.township().display(field(&spec.fields[0]).ty, value);
        }
        let members = group_members(value);
        let said = spec.fields.iter().map(field).filter_map(|field| {
            let value = Value::from_json(members.get(field.id)?.clone());
            Some(format!("{} {}", field.label, self.township().display(field.ty, &value)))
        });
        said.collect::<Vec<_>>().join("，")
    }
}
