//! What people changed apart: registers with more than one head, by name, person and time. A decision
//! is an op that replaces all of them (`Draft::decide`), so that it holds on every copy.
//!
//! Says nothing of members of sets, where adding wins, nor of fields a newer program made.

use super::action::{Kind, Reg};
use super::fold::{Cell, Fold, Key};
use super::heads::ActionIx;
use super::stamp::Stamp;
use crate::model::{KindIx, RecordId, RegisterIx, Text, Value};

/// What somebody wrote into a register, knowing nothing of what others wrote there.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub value: Value,
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
    /// What counts until somebody decides comes first, then the latest.
    pub claims: Vec<Claim>,
}

impl Fold {
    /// Registers whose heads say different things, in the order of the tables.
    pub fn conflicts(&self) -> Vec<Conflict> {
        self.rivals.keys().filter_map(|key| self.conflict(key)).collect()
    }

    /// The heads of a register beside the winner.
    pub(crate) fn rivals_of(&self, kind: KindIx, id: &RecordId, reg: &Reg) -> Vec<Stamp> {
        let key = self.find_key(&Kind::Known(kind), id.as_str(), reg);
        let rivals = key.and_then(|key| self.rivals.get(&key));
        rivals.into_iter().flatten().map(|cell| self.heads().stamp(cell.at)).collect()
    }

    fn conflict(&self, key: &Key) -> Option<Conflict> {
        let Key::Known(kind, slot, register) = key else { return None };
        let winner = self.winner(key)?;
        let rivals = self.rivals.get(key)?;
        if rivals.iter().all(|rival| rival.value == winner.value) {
            return None;
        }
        let id = self.township().table(*kind).at(*slot).id.clone();
        // Rivals are kept by stamp, oldest first.
        let claims = std::iter::once(&winner).chain(rivals.iter().rev());
        let claims = claims.map(|cell| self.claim(cell)).collect();
        Some(Conflict { kind: *kind, id, register: *register, claims })
    }

    fn claim(&self, cell: &Cell) -> Claim {
        let at: ActionIx = cell.at;
        let head = self.heads().head(at);
        Claim {
            value: cell.value.clone(),
            stamp: self.heads().stamp(at),
            by: head.by.clone(),
            what: head.what.clone(),
        }
    }
}
