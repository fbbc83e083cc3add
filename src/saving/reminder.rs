//! When to remind of what is in no file yet, and what people wished of backups. Reminds nobody.

use super::Keep;

/// What can be set; kept as four numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wishes {
    pub keep: Keep,
    /// Reminds after so many changes …
    pub changes: u64,
    /// … or so many hours.
    pub hours: u64,
}

/// Half a month of mornings and afternoons; reminds twice a day at the least.
pub const USUAL: Wishes = Wishes { keep: Keep { count: 30, days: 90 }, changes: 20, hours: 4 };

const HOUR: u64 = 3_600_000;

impl Wishes {
    /// Whether what is in no file should be said louder; `oldest` and `now` in milliseconds.
    pub fn remind(&self, unsaved: u64, oldest: Option<u64>, now: u64) -> bool {
        let late = oldest.is_some_and(|since| now.saturating_sub(since) >= self.hours * HOUR);
        unsaved >= self.changes || unsaved > 0 && late
    }

    pub fn to_numbers(self) -> [u64; 4] {
        [self.keep.count as u64, u64::from(self.keep.days), self.changes, self.hours]
    }

    /// Numbers out of sense become the nearest that make some.
    pub fn of_numbers(numbers: [u64; 4]) -> Wishes {
        let [count, days, changes, hours] = numbers;
        let keep = Keep { count: count.clamp(2, 500) as usize, days: days.clamp(1, 3650) as u32 };
        Wishes { keep, changes: changes.clamp(1, 10_000), hours: hours.clamp(1, 1_000) }
    }

    /// As kept in the browser; what cannot be read is as usual.
    pub fn read(text: &str) -> Wishes {
        let mut numbers = USUAL.to_numbers();
        for (at, part) in text.split(',').take(4).enumerate() {
            numbers[at] = part.parse().unwrap_or(numbers[at]);
        }
        Wishes::of_numbers(numbers)
    }

    pub fn to_text(self) -> String {
        let [count, days, changes, hours] = self.to_numbers();
        format!("{count},{days},{changes},{hours}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v8_reminds_after_so_many_changes_or_hours() {
        let now = 100 * HOUR;
        assert!(!USUAL.remind(0, None, now));
        assert!(!USUAL.remind(1, Some(now - HOUR), now));
        assert!(USUAL.remind(1, Some(now - 4 * HOUR), now), "four hours");
        assert!(USUAL.remind(20, Some(now), now), "twenty changes");
        assert!(!USUAL.remind(1, Some(now + HOUR), now), "a clock that was ahead");
    }

    #[test]
    fn v4_wishes_are_kept_as_they_are_and_never_ask_for_nothing() {
        let wishes = Wishes::of_numbers([7, 30, 5, 1]);
        assert_eq!(Wishes::read(&wishes.to_text()), wishes);
        assert_eq!(Wishes::read(""), USUAL);
        assert_eq!(Wishes::read("0,0,0,0").to_numbers(), [2, 1, 1, 1]);
        assert_eq!(Wishes::read("三,9"), Wishes::of_numbers([30, 9, 20, 4]));
    }
}
