//! When and by whom: a hybrid logical clock. Does not read the computer's clock; the time is handed in.

use std::fmt;
use std::str::FromStr;

use crate::model::Text;
use crate::model::ids::base32;

/// One copy of a township on one browser profile: twelve letters and digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplicaId(Text);

impl ReplicaId {
    pub fn parse(text: &str) -> Option<ReplicaId> {
        let plain = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        (plain && (1..=24).contains(&text.len())).then(|| ReplicaId(text.into()))
    }

    pub fn from_random(bits: u128) -> ReplicaId {
        ReplicaId(base32(bits, 12).into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReplicaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Milliseconds since 1970 in the upper 48 bits, a counter in the lower 16.
pub type Time = u64;

/// The time that `now_ms` shows, or the next one after `last` where the clock has not moved or lies.
pub fn tick(last: Time, now_ms: u64) -> Time {
    (now_ms << 16).max(last.saturating_add(1))
}

/// The last millisecond of the year 9999. No clock that is merely wrong says more.
pub const LATEST_MILLIS: u64 = 253_402_300_799_999;

/// Milliseconds since 1970 of a time.
pub fn millis(time: Time) -> u64 {
    time >> 16
}

/// Names one action for ever, and orders all of them: by time, then by replica.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    pub time: Time,
    pub replica: ReplicaId,
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}@{}", self.time, self.replica)
    }
}

impl FromStr for Stamp {
    type Err = ();

    fn from_str(text: &str) -> Result<Stamp, ()> {
        let (time, replica) = text.split_once('@').ok_or(())?;
        Ok(Stamp {
            time: parse_time(time).ok_or(())?,
            replica: ReplicaId::parse(replica).ok_or(())?,
        })
    }
}

/// No sound clock comes near it (the year 6429); what claims to be later is no time, so that counting
/// on from any time heard never runs out.
pub const LATEST: Time = u64::MAX >> 1;

/// Sixteen hexadecimal digits, so that texts sort as times do.
pub fn parse_time(text: &str) -> Option<Time> {
    let digits = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let time = digits.then(|| u64::from_str_radix(text, 16).ok()).flatten()?;
    (time <= LATEST).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn j4_the_clock_never_goes_back() {
        let first = tick(0, 1_000);
        let second = tick(first, 1_000);
        let after_a_wrong_clock = tick(second, 5);
        assert!(first < second && second < after_a_wrong_clock);
        assert_eq!(millis(after_a_wrong_clock), 1_000);
    }

    #[test]
    fn j4_a_time_that_cannot_be_is_no_time() {
        assert_eq!(parse_time("ffffffffffffffff"), None);
        assert_eq!(parse_time("+fffffffffffffff"), None);
        assert_eq!(parse_time(&format!("{LATEST:016x}")), Some(LATEST));
        assert!(tick(LATEST, 0) > LATEST);
    }

    proptest! {
        #[test]
        fn j4_stamps_sort_as_their_texts(a in 0..=LATEST, b in 0..=LATEST) {
            let stamp = |time| Stamp { time, replica: ReplicaId::from_random(7) };
            prop_assert_eq!(a.cmp(&b), stamp(a).to_string().cmp(&stamp(b).to_string()));
            prop_assert_eq!(stamp(a).to_string().parse(), Ok(stamp(a)));
        }
    }
}
