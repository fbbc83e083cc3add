//! When actions count as made, for those who read them from the lines: as claimed, or as received
//! where a clock lied (`clock`). The same rule as `Heads::order`, without a fold.

use rustc_hash::FxHashMap;

use super::action::Action;
use super::clock::receipts_in;
use super::fold::Fold;
use super::stamp::{ReplicaId, Stamp, Time};
use crate::sorting::Sorting;

/// Receipts by replica: counter and time.
#[derive(Clone, Debug, Default)]
pub struct Moments(FxHashMap<ReplicaId, Vec<(u64, Time)>>);

impl Moments {
    /// As a copy knows them now.
    pub fn of(fold: &Fold) -> Moments {
        let (mut moments, heads) = (Moments::default(), fold.heads());
        for (replica, counter, time) in heads.receipts() {
            moments.hear(heads.replica(replica).clone(), counter, time);
        }
        moments
    }

    /// Puts actions in their order, and says by what.
    pub(crate) fn arrange(actions: &mut Vec<Action>) -> Moments {
        let mut moments = Moments::default();
        for (replica, counter, time) in actions.iter().flat_map(receipts_in) {
            moments.hear(replica, counter, time);
        }
        actions.arrange_by_cached(|action| (moments.at(action), action.stamp()));
        let mut last: Option<Stamp> = None;
        actions.retain(|action| last.replace(action.stamp()) != Some(action.stamp()));
        moments
    }

    fn hear(&mut self, replica: ReplicaId, counter: u64, time: Time) {
        self.0.entry(replica).or_default().push((counter, time));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The time an action is ordered by.
    pub fn at(&self, action: &Action) -> Time {
        let received = self.0.get(&action.replica).into_iter().flatten();
        let covering = received.filter(|(counter, _)| *counter >= action.counter);
        covering.map(|(_, time)| *time).fold(action.time, Time::min)
    }
}
