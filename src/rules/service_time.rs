//! 服务时间: how many minutes of service lie between two moments. Working days are Monday to Friday; holidays are not known.

use crate::model::Date;
use crate::model::check::read_clock;
use chrono::{Datelike, Weekday};

/// A day and minutes since its midnight.
pub type Moment = (Date, u32);

/// When the hall serves, as spans of minutes since midnight, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceHours(Vec<(u32, u32)>);

/// Where a township does not say its hours.
const USUAL: [(u32, u32); 2] = [(8 * 60 + 30, 12 * 60), (14 * 60, 17 * 60 + 30)];

/// Days counted at most: what is open for years is late whatever the minutes.
const MOST_DAYS: i64 = 400;

impl ServiceHours {
    /// The hours a text names, as `8:30—12:00，14:00—17:30`; the usual ones where it names none.
    pub fn read(text: &str) -> ServiceHours {
        let sign = |at: char| !at.is_ascii_digit() && at != ':' && at != '：';
        let clocks: Vec<u32> = text.split(sign).filter_map(read_clock).collect();
        let mut spans: Vec<(u32, u32)> = Vec::new();
        for pair in clocks.chunks_exact(2) {
            let begin = spans.last().map_or(pair[0], |last| pair[0].max(last.1));
            if begin < pair[1] {
                spans.push((begin, pair[1]));
            }
        }
        ServiceHours(if spans.is_empty() { USUAL.to_vec() } else { spans })
    }

    /// Minutes of service between two moments; none where the second lies before the first.
    pub fn between(&self, from: Moment, to: Moment) -> u32 {
        let days = from.0.iter_days().take_while(|day| *day <= to.0);
        let days = days.take(MOST_DAYS as usize).filter(|day| is_working(*day));
        let span = |day: Date| {
            let begin = if day == from.0 { from.1 } else { 0 };
            let end = if day == to.0 { to.1 } else { 24 * 60 };
            let within =
                |(open, close): &(u32, u32)| (*close).min(end).saturating_sub((*open).max(begin));
            self.0.iter().map(within).sum::<u32>()
        };
        days.map(span).sum()
    }
}

fn is_working(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(day: u32, hour: u32, minute: u32) -> Moment {
        (Date::from_ymd_opt(2026, 6, day).expect("day"), hour * 60 + minute)
    }

    #[test]
    fn s43_only_hours_of_service_count() {
        let hours = ServiceHours::read("周一至周五 8:30—12:00，14:00—17:30");
        // The 15th of June 2026 is a Monday.
        assert_eq!(hours.between(at(15, 9, 0), at(15, 11, 0)), 120);
        assert_eq!(hours.between(at(15, 11, 30), at(15, 14, 30)), 60, "noon is none");
        assert_eq!(hours.between(at(12, 17, 0), at(15, 9, 0)), 60, "a weekend is none");
        assert_eq!(hours.between(at(15, 11, 0), at(15, 9, 0)), 0);
        assert_eq!(hours.between(at(13, 9, 0), at(14, 17, 0)), 0);
        assert_eq!(ServiceHours::read("全天"), ServiceHours::read("8:30-12:00 14:00-17:30"));
        assert_eq!(ServiceHours::read("9：00至17：00").between(at(15, 0, 0), at(15, 24, 0)), 480);
    }

    proptest! {
        #[test]
        fn s43_time_adds_up(a in 0u32..40_000, b in 0u32..40_000, c in 0u32..40_000) {
            let hours = ServiceHours::read("");
            let mut all = [a, b, c];
            all.sort_unstable();
            let first = Date::from_ymd_opt(2026, 6, 1).expect("day");
            let moment = |minutes: u32| (first + chrono::Days::new((minutes / 1440).into()), minutes % 1440);
            let [a, b, c] = all.map(moment);
            prop_assert_eq!(hours.between(a, b) + hours.between(b, c), hours.between(a, c));
        }

        #[test]
        fn s43_no_words_break_the_hours(text in "[0-9:：—-。至]{0,40}", a in 0u32..4000, b in 0u32..4000) {
            let first = Date::from_ymd_opt(2026, 6, 1).expect("day");
            let _ = ServiceHours::read(&text).between((first, a), (first, b));
        }
    }
}
