//! What an import would change, to be shown before it does. Changes nothing.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::error::BundleError;
use super::read::Bundle;
use super::write::Header;
use crate::journal::Fold;
use crate::journal::action::{Action, Kind, Op, OpGroup};
use crate::journal::conflict::Conflict;
use crate::journal::desk::{Base, Offer};
use crate::journal::intake::{Forked, Intake, Missing};
use crate::journal::signed::{Authorship, Checkpoint};
use crate::journal::stamp::millis;
use crate::model::schema;
use crate::sorting::Sorting;

/// One kind's share of an import.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KindPlan {
    /// Chinese label of the kind, or its id where this program does not know it.
    pub label: String,
    pub new_records: usize,
    pub changed_records: usize,
    pub ops: usize,
}

/// Who sent one of the bundles, and when it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Sender {
    pub name: String,
    pub made: String,
    /// Actions in the bundle, known ones too.
    pub actions: usize,
    /// Its number among that copy's bundles, and which of its parts.
    pub number: u64,
    pub part: Option<(u32, u32)>,
    /// Numbers of that copy's bundles between the last one that came here and this: where actions are
    /// missing, they are in these.
    pub skipped: Option<(u64, u64)>,
    /// How sure it is that it is that copy's.
    pub surety: Authorship,
}

/// An import before it happens: of one bundle or of many, taken as one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    pub senders: Vec<Sender>,
    pub new_actions: usize,
    pub known_actions: usize,
    /// Actions that must wait, and what they wait for.
    pub waiting: usize,
    pub missing: Vec<Missing>,
    /// Replicas under whose name two copies went on; both sides are kept.
    pub forked: Vec<Forked>,
    pub kinds: Vec<KindPlan>,
    /// Who made the new actions, and how many each.
    pub people: Vec<(String, usize)>,
    /// First and last new action, milliseconds since 1970.
    pub span: Option<(u64, u64)>,
    /// What was changed here and there since the copies last met, as it will stand.
    pub conflicts: Vec<Conflict>,
}

impl Plan {
    /// Plans the import of read bundles into a base.
    pub fn of(bundles: &[Bundle], base: Base<'_>) -> Result<Plan, BundleError> {
        let fold = base.fold;
        may_be_taken(bundles, &base)?;
        let lines = bundles.iter().flat_map(|bundle| bundle.lines().iter().cloned()).collect();
        let signed = bundles.iter().flat_map(|bundle| bundle.signed().iter().cloned()).collect();
        let intake = Intake::of(base, &Offer { lines, peers: Vec::new(), signed });
        if let Some(refused) = intake.refused() {
            return Err(BundleError::Refused(refused.clone()));
        }
        let mut plan = Plan {
            senders: bundles.iter().map(|bundle| Sender::of(bundle, bundles, &base)).collect(),
            new_actions: intake.fresh().count(),
            known_actions: intake.known(),
            waiting: intake.parked(),
            missing: intake.missing().to_vec(),
            forked: intake.forked().to_vec(),
            ..Plan::default()
        };
        if plan.count(fold, intake.fresh()) {
            plan.conflicts = new_conflicts(fold, &intake);
        }
        Ok(plan)
    }

    /// Parts of split bundles that are not among these: number, missing parts, how many there are.
    pub fn missing_parts(&self) -> Vec<(u64, Vec<u32>, u32)> {
        let mut brought: BTreeMap<(u64, &str), (Vec<u32>, u32)> = BTreeMap::new();
        for sender in &self.senders {
            if let Some((part, of)) = sender.part {
                let entry = brought.entry((sender.number, &sender.made)).or_default();
                entry.0.push(part);
                entry.1 = of;
            }
        }
        let lacking = |((number, _), (parts, of)): ((u64, &str), (Vec<u32>, u32))| {
            let missing: Vec<u32> = (1..=of).filter(|part| !parts.contains(part)).collect();
            (!missing.is_empty()).then_some((number, missing, of))
        };
        brought.into_iter().filter_map(lacking).collect()
    }

    pub fn changes_nothing(&self) -> bool {
        self.new_actions == 0 && self.waiting == 0
    }

    /// Counts what comes; says whether any of it was changed here as well.
    fn count<'a>(&mut self, fold: &Fold, fresh: impl Iterator<Item = &'a Action>) -> bool {
        let mut collided = false;
        let mut people: BTreeMap<&str, usize> = BTreeMap::new();
        let mut records: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for action in fresh {
            *people.entry(&action.by).or_default() += 1;
            let at = millis(action.time);
            let (first, last) = self.span.unwrap_or((at, at));
            self.span = Some((first.min(at), last.max(at)));
            for group in &action.groups {
                *records.entry((group.kind.name(), &group.id)).or_default() += group.ops.len();
                collided = collided || group.ops.iter().any(|op| collides(fold, group, op));
            }
        }
        self.people = people.into_iter().map(|(name, n)| (name.to_string(), n)).collect();
        let mut kinds: BTreeMap<&str, KindPlan> = BTreeMap::new();
        for ((kind, id), ops) in records {
            let entry = kinds.entry(kind).or_insert_with(|| KindPlan {
                label: schema().info(kind).map_or(kind, |info| info.spec.label).to_string(),
                ..KindPlan::default()
            });
            entry.ops += ops;
            match fold.township().row(kind, id) {
                Some(_) => entry.changed_records += 1,
                None => entry.new_records += 1,
            }
        }
        self.kinds = in_menu_order(kinds);
        collided
    }
}

impl Sender {
    fn of(bundle: &Bundle, bundles: &[Bundle], base: &Base<'_>) -> Sender {
        let Header { sender, made, number, part, replica, .. } = &bundle.header;
        let here = bundles.iter().map(|bundle| &bundle.header);
        let here = here.filter(|header| header.replica == *replica).map(|header| header.number);
        let before = base.meta.peers.get(replica.as_str()).map(|peer| peer.number);
        let last = here.chain(before).filter(|heard| heard < number).max().unwrap_or(0);
        Sender {
            name: sender.clone(),
            made: made.clone(),
            actions: bundle.lines().len(),
            number: *number,
            part: *part,
            surety: surety(bundle, base),
            skipped: (last + 1 < *number).then(|| (last + 1, number - 1)),
        }
    }
}

fn surety(bundle: &Bundle, base: &Base<'_>) -> Authorship {
    let own = |checkpoint: &&Checkpoint| *checkpoint.replica == *bundle.header.replica;
    let Some(checkpoint) = bundle.signed().iter().find(own) else { return Authorship::Unsigned };
    match base.meta.keys.trusted.get(&checkpoint.key) {
        Some(name) => Authorship::Signed(name.clone()),
        None => Authorship::Unknown(checkpoint.key.clone()),
    }
}

/// Whether bundles are this base's affair at all; their lines are not looked at.
pub fn may_be_taken(bundles: &[Bundle], base: &Base<'_>) -> Result<(), BundleError> {
    let partial = |bundle: &Bundle| !bundle.header.extract.is_empty();
    if base.fold.heads().is_empty() && !bundles.is_empty() && bundles.iter().all(partial) {
        return Err(BundleError::OfAnExtract);
    }
    bundles.iter().try_for_each(|bundle| same_township(bundle, base.fold, &base.meta.township))
}

fn same_township(bundle: &Bundle, fold: &Fold, township: &str) -> Result<(), BundleError> {
    if bundle.header.township == township {
        return Ok(());
    }
    let ours = fold.township().table_of("town").and_then(|table| {
        let row = table.rows().next()?;
        Some(fold.township().title_of("town", row.id.as_str()))
    });
    Err(BundleError::OtherTownship {
        ours: ours.unwrap_or_else(|| township.to_string()),
        theirs: bundle.header.name.clone(),
    })
}

/// Conflicts that will stand once the new actions are in, but for those that stand as they are now.
fn new_conflicts(fold: &Fold, intake: &Intake) -> Vec<Conflict> {
    let known = fold.conflicts();
    let place = |conflict: &Conflict| (conflict.kind, conflict.id.clone(), conflict.register);
    let known: FxHashMap<_, _> = known.iter().map(|conflict| (place(conflict), conflict)).collect();
    let mut conflicts = intake.preview(fold).conflicts();
    conflicts.retain(|conflict| known.get(&place(conflict)) != Some(&conflict));
    conflicts
}

/// Kinds in the order the program lists them, unknown ones last.
fn in_menu_order(kinds: BTreeMap<&str, KindPlan>) -> Vec<KindPlan> {
    let mut list: Vec<(usize, KindPlan)> = kinds
        .into_iter()
        .map(|(id, plan)| (schema().kind(id).unwrap_or(usize::MAX), plan))
        .collect();
    list.arrange_by(|(place, _)| *place);
    list.into_iter().map(|(_, plan)| plan).collect()
}

/// Whether an op replaces something other than what stands here now: two people wrote apart.
fn collides(fold: &Fold, group: &OpGroup, op: &Op) -> bool {
    if matches!(group.kind, Kind::Other(_)) {
        return false;
    }
    let now = fold.register(&group.kind, &group.id, &op.reg);
    now.is_some_and(|(value, at)| {
        let known_before = op.prev.as_ref() == Some(&at);
        let theirs_is_later_edit =
            op.prev.as_ref().is_some_and(|prev| fold.heads().find(prev).is_none());
        !known_before && !theirs_is_later_edit && value != op.value
    })
}
