//! 外出: whether somebody is away on a day. Knows no reason and plans no stand-in.

use crate::model::Date;
use crate::model::kinds::Person;

/// Somebody is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// The last day of it, where it was said.
    pub until: Option<Date>,
}

/// Whether somebody is away on a day; both ends count.
pub fn away(person: &Person, day: Date) -> Option<Away> {
    let (from, until) = (person.away_from, person.away_until);
    let begun = from.map_or(until.is_some(), |from| from <= day);
    let over = until.is_some_and(|until| until < day);
    (begun && !over).then_some(Away { until })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(at: u32) -> Date {
        Date::from_ymd_opt(2026, 6, at).expect("day")
    }

    fn on(from: Option<u32>, until: Option<u32>, at: u32) -> bool {
        let person =
            Person { away_from: from.map(day), away_until: until.map(day), ..Person::default() };
        away(&person, day(at)).is_some()
    }

    #[test]
    fn s40_somebody_is_away_from_the_first_day_to_the_last() {
        let days: Vec<u32> = (1..=6).filter(|at| on(Some(2), Some(4), *at)).collect();
        assert_eq!(days, [2, 3, 4]);
        assert!(!on(None, None, 3));
        assert!(on(Some(2), None, 30), "no end was said");
        assert!(on(None, Some(4), 3) && !on(None, Some(4), 5), "no beginning was said");
    }
}
