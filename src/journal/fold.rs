//! The fold: actions in, tables out. A pure function of the *set* of actions, whatever their order.
//!
//! For each register it keeps the heads: ops that no other known op replaced. One head is the usual
//! case; of several, the latest wins and the others stay as rivals, to be shown and decided. Does not
//! keep replaced ops: the lines in storage do.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::action::{Action, Kind, Op, OpGroup, Reg};
use super::clock;
use super::heads::{ActionIx, Heads};
use super::stamp::Stamp;
use crate::model::tree::{self, Moves};
use crate::model::{KindIx, RecordId, RegisterIx, Row, Text, Township, Value, schema};
use crate::sorting::Sorting;

/// One register of one record. `slot` is the record's place in its table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    Known(KindIx, usize, RegisterIx),
    Loose(Text, Text, Text),
}

/// A value and the action that wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub at: ActionIx,
    pub value: Value,
}

/// Records an action touched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff {
    /// `(kind, slot)`, each once, in the order met.
    pub records: Vec<(KindIx, usize)>,
}

/// What became of an action handed to the fold.
#[derive(Clone, Debug, PartialEq)]
pub enum Applied {
    New(Diff),
    /// Already known.
    Known,
    /// Actions of its replica between `have` and this one are missing.
    Gap {
        have: u64,
    },
}

/// A copy of a township: tables and what is needed to fold more actions into them.
#[derive(Clone, Debug, Default)]
pub struct Fold {
    pub(crate) township: Township,
    pub(crate) heads: Heads,
    /// Winners of plain registers: `[kind][slot][register]`, 0 where never written.
    pub(crate) stamps: Vec<Vec<Box<[ActionIx]>>>,
    /// Winners of set members and of registers and kinds this program does not know.
    pub(crate) loose: BTreeMap<Key, Cell>,
    /// Heads beside the winner.
    pub(crate) rivals: BTreeMap<Key, Vec<Cell>>,
    /// Stamps that were said to be replaced before the op they name arrived.
    pub(crate) early: BTreeMap<Key, Vec<Stamp>>,
    /// Group values that are more or other than the fields this program knows, whole.
    pub(crate) odd: BTreeMap<Key, Value>,
    /// Every parent a record of a tree kind was ever given, for rings.
    pub(crate) moves: BTreeMap<(KindIx, usize), Vec<Cell>>,
    /// Where somebody wants to know what is being replaced (`undo`).
    pub(crate) watch: Option<Watch>,
}

/// What was replaced while somebody watched.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watch {
    /// What registers held, in the order in which they were written.
    pub replaced: Vec<(Key, Cell)>,
    /// How many had never been written.
    pub fresh: usize,
}

impl Fold {
    pub fn township(&self) -> &Township {
        &self.township
    }

    pub fn heads(&self) -> &Heads {
        &self.heads
    }

    /// Folds one action in. Nothing is changed unless the answer is `New`.
    pub fn apply(&mut self, action: &Action) -> Applied {
        if self.heads.find(&action.stamp()).is_some() {
            return Applied::Known;
        }
        // A counter that is known under another stamp: two copies went on under one name.
        let have = self.heads.known(&action.replica);
        if action.counter > have + 1 {
            return Applied::Gap { have };
        }
        Applied::New(self.apply_part(action))
    }

    /// Folds in an action of a fold that holds only some of them: says nothing of gaps.
    pub(crate) fn apply_part(&mut self, action: &Action) -> Diff {
        let at = self.heads.push(action);
        let receipts: Vec<_> = clock::receipts_in(action).collect();
        let mut moved = false;
        for (replica, counter, time) in &receipts {
            moved = self.heads.receive(replica, *counter, *time) || moved;
        }
        let mut diff = Diff::default();
        for group in &action.groups {
            self.apply_group(group, at, &mut diff);
        }
        if moved {
            self.settle_rivals(&mut diff);
        }
        diff
    }

    /// The registers that hold more than one head: what two people changed apart.
    pub fn conflict_count(&self) -> usize {
        self.rivals.len()
    }

    /// Value and writer of a register, if it was ever written.
    pub fn register(&self, kind: &Kind, id: &str, reg: &Reg) -> Option<(Value, Stamp)> {
        let key = self.find_key(kind, id, reg)?;
        let cell = self.winner(&key)?;
        Some((cell.value, self.heads.stamp(cell.at)))
    }

    /// The last action that touched any register of a record.
    pub fn last_change(&self, kind: KindIx, slot: usize) -> Option<ActionIx> {
        let stamps = self.stamps.get(kind)?.get(slot)?;
        let written = stamps.iter().copied().filter(|at| *at != 0);
        written.reduce(|a, b| if self.heads.later(b, a) { b } else { a })
    }

    /// Settles the parents of tree kinds; call after a batch of actions, before anybody reads.
    ///
    /// Where the winning parents form a ring, the youngest move in it falls back (`tree::settle`).
    pub fn settle_trees(&mut self) {
        self.township.clear_settled();
        for (kind, info) in schema().kinds.iter().enumerate() {
            if let Some(field) = info.tree_field() {
                self.settle_tree(kind, field, info.register_of_field(field));
            }
        }
    }

    fn settle_tree(&mut self, kind: KindIx, field: usize, register: RegisterIx) {
        let table = self.township.table(kind);
        let raw = |slot: usize| table.slot(table.at(slot).cells[field].as_str()?);
        if tree::find_ring(table.slots().len(), raw).is_none() {
            return;
        }
        let (ranks, ids) = (self.heads.ranks(), table.places_by_id());
        let nodes: Vec<Moves<(u32, u32)>> = (0..table.slots().len())
            .map(|slot| self.moves_of(kind, slot, register, &|at| (ranks[at as usize], ids[slot])))
            .collect();
        let settled = tree::settle(&nodes);
        let changed: Vec<(usize, Option<usize>)> = settled
            .into_iter()
            .enumerate()
            .filter(|(slot, parent)| raw(*slot) != *parent)
            .collect();
        self.township.set_settled(kind, &changed);
    }

    /// The winner first, then whatever else was ever said, youngest first. `when` tells any two moves
    /// apart, those of one action by the ids of their records, alike on every copy.
    fn moves_of(
        &self,
        kind: KindIx,
        slot: usize,
        register: RegisterIx,
        when: &dyn Fn(ActionIx) -> (u32, u32),
    ) -> Moves<(u32, u32)> {
        let table = self.township.table(kind);
        let mut cells = self.moves.get(&(kind, slot)).cloned().unwrap_or_default();
        let winner = self.winner_at(&Key::Known(kind, slot, register));
        cells.arrange_by_cached(|cell| (Some(cell.at) != winner, Reverse(when(cell.at))));
        let parent = |cell: &Cell| cell.value.as_str().and_then(|id| table.slot(id));
        Moves { parents: cells.iter().map(|cell| (when(cell.at), parent(cell))).collect() }
    }

    fn apply_group(&mut self, group: &OpGroup, at: ActionIx, diff: &mut Diff) {
        let Kind::Known(kind) = group.kind else {
            return self.apply_unknown_kind(group, at);
        };
        // An id that is no id cannot be shown or linked; its ops stay in the log.
        let Some(id) = RecordId::parse(&group.id) else { return };
        let slot = match self.township.table(kind).slot(id.as_str()) {
            Some(slot) => {
                self.apply_ops(kind, slot, group, group.ops.iter(), at);
                slot
            }
            None => self.apply_to_new(kind, id, group, at),
        };
        diff.records.push((kind, slot));
    }

    fn apply_ops<'a>(
        &mut self,
        kind: KindIx,
        slot: usize,
        group: &OpGroup,
        ops: impl Iterator<Item = &'a Op>,
        at: ActionIx,
    ) {
        for op in ops {
            let key = self.key(kind, slot, &group.id, &op.reg);
            self.apply_op(key, op, at);
        }
    }

    /// A record met for the first time, which most are that come in large numbers: where nothing is
    /// written yet and nothing said to be replaced, there is nothing to compare.
    fn apply_to_new(&mut self, kind: KindIx, id: RecordId, group: &OpGroup, at: ActionIx) -> usize {
        let info = &schema().kinds[kind];
        let (mut row, mut stamps) = (Row::empty(kind, id), vec![0; info.registers.len()]);
        let mut others = Vec::new();
        for op in &group.ops {
            match op.reg {
                Reg::Known(register)
                    if op.begins() && stamps[register] == 0 && info.is_plain(register) =>
                {
                    stamps[register] = at;
                    row.cells[info.registers[register].fields[0]] = op.value.clone();
                }
                _ => others.push(op),
            }
        }
        if let Some(watch) = &mut self.watch {
            watch.fresh += group.ops.len() - others.len();
        }
        let slot = self.insert(kind, row, stamps.into());
        self.apply_ops(kind, slot, group, others.into_iter(), at);
        slot
    }

    fn apply_unknown_kind(&mut self, group: &OpGroup, at: ActionIx) {
        for op in &group.ops {
            let name = op.reg.name(&group.kind).as_ref().into();
            self.apply_op(Key::Loose(group.kind.name().into(), group.id.clone(), name), op, at);
        }
    }

    fn key(&self, kind: KindIx, slot: usize, id: &Text, reg: &Reg) -> Key {
        match reg {
            Reg::Known(register) => Key::Known(kind, slot, *register),
            reg => {
                let name = reg.name(&Kind::Known(kind)).as_ref().into();
                Key::Loose(schema().kinds[kind].spec.id.into(), id.clone(), name)
            }
        }
    }

    pub(crate) fn find_key(&self, kind: &Kind, id: &str, reg: &Reg) -> Option<Key> {
        match kind {
            Kind::Known(kind) => {
                let slot = self.township.table(*kind).slot(id)?;
                Some(self.key(*kind, slot, &id.into(), reg))
            }
            Kind::Other(name) => {
                Some(Key::Loose(name.clone(), id.into(), reg.name(kind).as_ref().into()))
            }
        }
    }

    /// Kind, record and register of a key, as an op names them.
    pub(crate) fn place(&self, key: &Key) -> (Kind, Text, Reg) {
        match key {
            Key::Known(kind, slot, register) => {
                let id = self.township.table(*kind).at(*slot).id.text().clone();
                (Kind::Known(*kind), id, Reg::Known(*register))
            }
            Key::Loose(kind, id, name) => {
                let kind = Kind::named(kind);
                let reg = Reg::named(&kind, name);
                (kind, id.clone(), reg)
            }
        }
    }

    /// Kind and place of a register's record; of one this program does not know, behind all others.
    pub(crate) fn record_of(&self, key: &Key) -> (KindIx, usize) {
        match key {
            Key::Known(kind, slot, _) => (*kind, *slot),
            Key::Loose(kind, id, _) => {
                let known = schema().kind(kind);
                let place =
                    known.and_then(|kind| Some((kind, self.township.table(kind).slot(id)?)));
                place.unwrap_or((KindIx::MAX, usize::MAX))
            }
        }
    }

    pub(crate) fn slot(&mut self, kind: KindIx, id: RecordId) -> usize {
        if let Some(slot) = self.township.table(kind).slot(id.as_str()) {
            return slot;
        }
        let stamps = vec![0; schema().kinds[kind].registers.len()];
        self.insert(kind, Row::empty(kind, id), stamps.into())
    }

    fn insert(&mut self, kind: KindIx, row: Row, stamps: Box<[ActionIx]>) -> usize {
        self.stamps.resize_with(schema().kinds.len(), Vec::new);
        self.stamps[kind].push(stamps);
        self.township.table_mut(kind).insert(row)
    }

    /// Makes room for as many more records as these actions name at most.
    pub(crate) fn make_room<'a>(&mut self, actions: impl Iterator<Item = &'a Action>) {
        let kinds = schema().kinds.len();
        let mut records = vec![0; kinds];
        for group in actions.flat_map(|action| &action.groups) {
            if let Kind::Known(kind) = group.kind {
                records[kind] += 1;
            }
        }
        self.stamps.resize_with(kinds, Vec::new);
        for (kind, records) in records.into_iter().enumerate() {
            self.stamps[kind].reserve(records);
            self.township.table_mut(kind).reserve(records);
        }
    }

    fn apply_op(&mut self, key: Key, op: &Op, at: ActionIx) {
        if let Key::Known(kind, slot, register) = key
            && schema().kinds[kind].tree_register() == Some(register)
        {
            self.moves.entry((kind, slot)).or_default().push(Cell { at, value: op.value.clone() });
        }
        let winner = self.winner_at(&key);
        let prev = op.prev.as_ref().and_then(|prev| self.heads.find(prev));
        let alone = op.rivals.is_empty()
            && !self.rivals.contains_key(&key)
            && !self.early.contains_key(&key);
        if alone && prev == winner && op.prev.is_some() == prev.is_some() {
            return self.put(key, Cell { at, value: op.value.clone() });
        }
        self.apply_beside(key, op, at);
    }

    /// The slow path: other heads, or ops that arrive before what they replaced.
    fn apply_beside(&mut self, key: Key, op: &Op, at: ActionIx) {
        let own = self.heads.stamp(at);
        let mut cells = self.rivals.remove(&key).unwrap_or_default();
        cells.extend(self.winner(&key));
        for replaced in op.replaced() {
            match self.heads.find(replaced) {
                Some(replaced) => cells.retain(|cell| cell.at != replaced),
                None => self.early.entry(key.clone()).or_default().push(replaced.clone()),
            }
        }
        let replaced_already = self.early.get(&key).is_some_and(|stamps| stamps.contains(&own));
        if !replaced_already {
            cells.push(Cell { at, value: op.value.clone() });
        }
        self.settle(key, cells);
    }

    /// Makes the winning head the register's value and keeps the others as rivals.
    fn settle(&mut self, key: Key, mut cells: Vec<Cell>) {
        // A name with a slash is a member of a set, whether this program knows the set or not.
        let member = matches!(&key, Key::Loose(_, _, name) if name.contains('/'));
        let wins = |a: &Cell, b: &Cell| {
            let adds = |cell: &Cell| member && !cell.value.is_null();
            (adds(a) && !adds(b)) || (adds(a) == adds(b) && self.heads.later(a.at, b.at))
        };
        let best = (0..cells.len()).reduce(|a, b| if wins(&cells[b], &cells[a]) { b } else { a });
        let Some(best) = best else { return };
        let winner = cells.swap_remove(best);
        if !cells.is_empty() {
            cells.arrange_by(|cell| self.heads.stamp(cell.at));
            self.rivals.insert(key.clone(), cells);
        }
        self.put(key, winner);
    }

    /// Judges every register with several heads anew: the times of some have moved.
    fn settle_rivals(&mut self, diff: &mut Diff) {
        for (key, mut cells) in std::mem::take(&mut self.rivals) {
            cells.extend(self.winner(&key));
            if let Key::Known(kind, slot, _) = key {
                diff.records.push((kind, slot));
            }
            self.settle(key, cells);
        }
    }

    /// Writers of the heads beside the winner.
    pub(crate) fn rivals_at(&self, key: &Key) -> impl Iterator<Item = ActionIx> + '_ {
        self.rivals.get(key).into_iter().flatten().map(|cell| cell.at)
    }

    pub(crate) fn winner_at(&self, key: &Key) -> Option<ActionIx> {
        match key {
            Key::Known(kind, slot, register) => {
                Some(self.stamps[*kind][*slot][*register]).filter(|at| *at != 0)
            }
            loose => self.loose.get(loose).map(|cell| cell.at),
        }
    }

    pub(crate) fn winner(&self, key: &Key) -> Option<Cell> {
        let at = self.winner_at(key)?;
        let value = match key {
            Key::Known(kind, slot, register) => self.register_value(*kind, *slot, *register),
            loose => self.loose.get(loose)?.value.clone(),
        };
        Some(Cell { at, value })
    }

    /// A register's value as an op would write it: groups come out as one object.
    pub(crate) fn register_value(&self, kind: KindIx, slot: usize, register: RegisterIx) -> Value {
        let spec = &schema().kinds[kind].registers[register];
        let row = self.township.table(kind).at(slot);
        if !spec.grouped {
            return row.cells[spec.fields[0]].clone();
        }
        if let Some(odd) = self.odd.get(&Key::Known(kind, slot, register)) {
            return odd.clone();
        }
        let cells = spec.fields.iter().map(|field| (*field, &row.cells[*field]));
        group_value(kind, cells)
    }

    pub(crate) fn put(&mut self, key: Key, cell: Cell) {
        self.note_replaced(&key, cell.at);
        match key {
            Key::Known(kind, slot, register) => self.put_known(kind, slot, register, cell),
            Key::Loose(ref kind, ref id, ref name) => {
                let member =
                    schema().kind(kind).zip(name.split_once('/')).map(|(k, (set, _))| (k, set));
                let place = member.map(|(kind, set)| (kind, id.clone(), set.to_string()));
                self.loose.insert(key, cell);
                if let Some((kind, id, set)) = place {
                    self.put_set(kind, &id, &set);
                }
            }
        }
    }

    fn note_replaced(&mut self, key: &Key, at: ActionIx) {
        if self.watch.is_none() {
            return;
        }
        let before = match self.winner_at(key) {
            Some(before) if before == at => return,
            Some(_) => self.winner(key),
            None => None,
        };
        let Some(watch) = &mut self.watch else { return };
        match before {
            Some(before) => watch.replaced.push((key.clone(), before)),
            None => watch.fresh += 1,
        }
    }

    /// Every register whose winner was written by one of these actions, record by record.
    pub(crate) fn each_written_in(
        &self,
        actions: &RangeInclusive<ActionIx>,
        told: &mut dyn FnMut(Key, Cell),
    ) {
        let mut tell = |key: Key| {
            if let Some(cell) = self.winner(&key) {
                told(key, cell);
            }
        };
        for (kind, slots) in self.stamps.iter().enumerate() {
            for (slot, registers) in slots.iter().enumerate() {
                let written = registers.iter().enumerate().filter(|(_, at)| actions.contains(at));
                written.for_each(|(register, _)| tell(Key::Known(kind, slot, register)));
            }
        }
        let loose = self.loose.iter().filter(|(_, cell)| actions.contains(&cell.at));
        loose.for_each(|(key, _)| tell(key.clone()));
    }

    fn put_known(&mut self, kind: KindIx, slot: usize, register: RegisterIx, cell: Cell) {
        let spec = &schema().kinds[kind].registers[register];
        self.stamps[kind][slot][register] = cell.at;
        if spec.grouped {
            return self.put_group(kind, slot, register, &cell.value);
        }
        self.township.table_mut(kind).at_mut(slot).cells[spec.fields[0]] = cell.value;
    }

    /// Puts the value of a register that is one cell.
    pub(crate) fn put_cell(
        &mut self,
        kind: KindIx,
        slot: usize,
        (register, field): (RegisterIx, usize),
        cell: Cell,
    ) {
        self.stamps[kind][slot][register] = cell.at;
        self.township.table_mut(kind).at_mut(slot).cells[field] = cell.value;
    }

    fn put_group(&mut self, kind: KindIx, slot: usize, register: RegisterIx, value: &Value) {
        let spec = &schema().kinds[kind].registers[register];
        let members = group_members(value);
        let row = self.township.table_mut(kind).at_mut(slot);
        for field in &spec.fields {
            let id = schema().kinds[kind].spec.fields[*field].id;
            row.cells[*field] = members.get(id).cloned().map_or(Value::Null, Value::from_json);
        }
        let key = Key::Known(kind, slot, register);
        self.odd.remove(&key);
        if self.register_value(kind, slot, register) != *value {
            self.odd.insert(key, value.clone());
        }
    }

    fn put_set(&mut self, kind: KindIx, id: &Text, set: &str) {
        let info = &schema().kinds[kind];
        let Some(register) = info.register(set).filter(|at| info.registers[*at].set) else {
            return;
        };
        let Some(slot) = self.township.table(kind).slot(id) else { return };
        let field = info.registers[register].fields[0];
        let first = Key::Loose(info.spec.id.into(), id.clone(), format!("{set}/").into());
        let members: Vec<Text> = self
            .loose
            .range(first..)
            .map_while(|(key, cell)| Some((member_of(key, info.spec.id, id, set)?, cell)))
            .filter(|(_, cell)| !cell.value.is_null())
            .map(|(member, _)| member)
            .collect();
        let value = if members.is_empty() { Value::Null } else { Value::Set(members.into()) };
        self.township.table_mut(kind).at_mut(slot).cells[field] = value;
    }
}

fn member_of(key: &Key, kind: &str, id: &str, set: &str) -> Option<Text> {
    match key {
        Key::Loose(in_kind, in_id, name) if &**in_kind == kind && &**in_id == id => {
            name.strip_prefix(set)?.strip_prefix('/').map(Into::into)
        }
        _ => None,
    }
}

/// A group register's value from its fields: an object of what is set, `Null` when nothing is.
pub(crate) fn group_value<'a>(
    kind: KindIx,
    cells: impl Iterator<Item = (usize, &'a Value)>,
) -> Value {
    let fields = schema().kinds[kind].spec.fields;
    let mut members = serde_json::Map::new();
    for (field, cell) in cells.filter(|(_, cell)| !cell.is_null()) {
        members.insert(fields[field].id.into(), cell.to_json());
    }
    if members.is_empty() { Value::Null } else { Value::from_json(members.into()) }
}

/// The members of a group register's value; anything but an object has none.
pub(crate) fn group_members(value: &Value) -> serde_json::Map<String, serde_json::Value> {
    match value.to_json() {
        serde_json::Value::Object(members) => members,
        _ => serde_json::Map::new(),
    }
}
