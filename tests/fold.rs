//! The fold against an oracle: random histories on several copies, exchanged in any order.

mod support;

use std::collections::BTreeMap;

use gangtu::journal::action::{Action, Kind, Op, OpGroup, Reg};
use gangtu::journal::fold::Applied;
use gangtu::journal::{Fold, ReplicaId, Stamp};
use gangtu::model::Value;
use proptest::prelude::*;

/// What happens on a copy: an edit of one of a few registers, or hearing from another copy.
#[derive(Clone, Debug)]
enum Step {
    /// `decide` also replaces what stands beside.
    Edit {
        copy: usize,
        record: u8,
        register: u8,
        value: u8,
        clock: i64,
        decide: bool,
    },
    Hear {
        copy: usize,
        from: usize,
    },
}

const COPIES: usize = 3;
const REGISTERS: [&str; 5] = ["title", "seats", "period", "terms/低保", "novel"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let years = 10 * 365 * 86_400_000i64;
    let edit = (0..COPIES, 0u8..2, 0u8..5, 0u8..4, -years..years, any::<bool>()).prop_map(
        |(copy, record, register, value, clock, decide)| Step::Edit {
            copy,
            record,
            register,
            value,
            clock,
            decide,
        },
    );
    let hear = (0..COPIES, 0..COPIES).prop_map(|(copy, from)| Step::Hear { copy, from });
    prop::collection::vec(prop_oneof![3 => edit, 1 => hear], 1..40)
}

/// A copy that keeps its whole log beside the fold.
struct Copy {
    replica: ReplicaId,
    fold: Fold,
    log: Vec<Action>,
    clock: u64,
}

impl Copy {
    fn new(at: usize) -> Copy {
        let replica = ReplicaId::from_random(at as u128 + 1);
        Copy { replica, fold: Fold::default(), log: Vec::new(), clock: 0 }
    }

    fn edit(&mut self, record: u8, register: u8, value: u8, clock: i64, decide: bool) {
        // Members of sets belong to matters, the rest to posts; `novel` is nobody's.
        let kind = Kind::named(if register == 3 { "matter" } else { "post" });
        let id = format!("r{record}");
        let reg = Reg::named(&kind, REGISTERS[register as usize]);
        let mut op = Op::over(reg, Value::Null, None);
        op.prev = self.fold.register(&kind, &id, &op.reg).map(|(_, stamp)| stamp);
        if decide {
            op.rivals = self.rivals(&kind, &id, &op).into();
        }
        let now = (1_700_000_000_000i64 + clock) as u64;
        self.clock = gangtu::journal::stamp::tick(self.clock, now);
        op.value = match (register, value) {
            (_, 0) => Value::Null,
            (2, n) => Value::Json(format!("{{\"since\":\"2026-01-0{n}\"}}").into()),
            (3, _) => Value::Bool(true),
            (_, n) => Value::Int(n.into()),
        };
        let group = OpGroup { kind, id: id.into(), ops: vec![op] };
        self.take(&Action {
            replica: self.replica.clone(),
            counter: self.fold.heads().known(&self.replica) + 1,
            time: self.clock,
            link: None,
            by: "".into(),
            what: "".into(),
            groups: vec![group],
        });
    }

    /// What stands beside the winner, found by definition.
    fn rivals(&self, kind: &Kind, id: &str, op: &Op) -> Vec<Stamp> {
        let written = |action: &Action| {
            let groups =
                action.groups.iter().filter(|group| group.kind == *kind && &*group.id == id);
            groups.flat_map(|group| &group.ops).find(|at| at.reg == op.reg).cloned()
        };
        let ops: Vec<(Stamp, Op)> =
            self.log.iter().filter_map(|action| Some((action.stamp(), written(action)?))).collect();
        let replaced: Vec<&Stamp> = ops.iter().flat_map(|(_, op)| op.replaced()).collect();
        let heads = ops.iter().map(|(stamp, _)| stamp);
        heads
            .filter(|stamp| !replaced.contains(stamp) && op.prev.as_ref() != Some(*stamp))
            .cloned()
            .collect()
    }

    fn take(&mut self, action: &Action) {
        if let Applied::New(_) = self.fold.apply(action) {
            self.clock = self.clock.max(action.time);
            self.log.push(action.clone());
        }
    }
}

fn run(steps: &[Step]) -> Vec<Copy> {
    let mut copies: Vec<Copy> = (0..COPIES).map(Copy::new).collect();
    for step in steps {
        match *step {
            Step::Edit { copy, record, register, value, clock, decide } => {
                copies[copy].edit(record, register, value, clock, decide);
            }
            Step::Hear { copy, from } => {
                for action in copies[from].log.clone() {
                    copies[copy].take(&action);
                }
            }
        }
    }
    copies
}

fn all_actions(copies: &[Copy]) -> Vec<Action> {
    let mut all: Vec<Action> = copies.iter().flat_map(|copy| copy.log.clone()).collect();
    all.sort_by_key(Action::stamp);
    all.dedup_by_key(|action| action.stamp());
    all
}

/// A fold of actions in the given order; ones that come too early wait.
fn fold_of(actions: &[Action]) -> Fold {
    let mut fold = Fold::default();
    let mut waiting: Vec<&Action> = actions.iter().collect();
    while !waiting.is_empty() {
        waiting.retain(|action| matches!(fold.apply(action), Applied::Gap { .. }));
    }
    fold.settle_trees();
    fold
}

/// Kind, record and register.
type Names = (String, String, String);

/// The oracle: by definition, heads are ops whose stamp no other op names; the latest wins, and in
/// a set a member that is there wins over one that is not.
fn oracle(actions: &[Action]) -> BTreeMap<Names, (Value, Stamp, usize)> {
    let mut ops: BTreeMap<Names, Vec<(Stamp, Value, Vec<Stamp>)>> = BTreeMap::new();
    for action in actions {
        for group in &action.groups {
            for op in &group.ops {
                let name = op.reg.name(&group.kind).into_owned();
                ops.entry((group.kind.name().into(), group.id.to_string(), name))
                    .or_default()
                    .push((action.stamp(), op.value.clone(), op.replaced().cloned().collect()));
            }
        }
    }
    ops.into_iter()
        .map(|(key, ops)| {
            let replaced: Vec<Stamp> = ops.iter().flat_map(|op| op.2.clone()).collect();
            let mut heads: Vec<_> = ops.iter().filter(|op| !replaced.contains(&op.0)).collect();
            let adds = |op: &&(Stamp, Value, Vec<Stamp>)| key.2.contains('/') && !op.1.is_null();
            heads.sort_by_key(|op| (adds(op), op.0.clone()));
            let winner = heads.last().expect("a register has a head");
            (key, (winner.1.clone(), winner.0.clone(), heads.len() - 1))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn j2_j8_every_order_gives_the_same_township(steps in steps(), seed in any::<u64>()) {
        let all = all_actions(&run(&steps));
        let straight = fold_of(&all);
        let mut shuffled = all.clone();
        let mut dice = seed | 1;
        for at in (1..shuffled.len()).rev() {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(at, (dice >> 33) as usize % (at + 1));
        }
        let doubled: Vec<Action> = shuffled.iter().chain(&all).cloned().collect();
        prop_assert_eq!(fold_of(&doubled).state_hash(), straight.state_hash());
        let snapshot = straight.to_snapshot();
        let again = Fold::from_snapshot(&snapshot).expect("snapshot reads");
        prop_assert_eq!(again.state_hash(), straight.state_hash());
    }

    #[test]
    fn j3_the_fold_says_what_the_oracle_says(steps in steps()) {
        let copies = run(&steps);
        for copy in &copies {
            let mut conflicts = 0;
            for ((kind, id, name), (value, stamp, rivals)) in oracle(&copy.log) {
                let kind = Kind::named(&kind);
                let found = copy.fold.register(&kind, &id, &Reg::named(&kind, &name));
                prop_assert_eq!(found, Some((value, stamp)), "{} {}", id, name);
                conflicts += usize::from(rivals > 0);
            }
            prop_assert_eq!(copy.fold.conflict_count(), conflicts);
        }
    }
}
