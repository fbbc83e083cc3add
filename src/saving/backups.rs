//! Dated backups in a folder: how they are called, when one is due, which may go. Removes nothing.
//!
//! A name carries the local minute and the first letters of the state hash, so that any computer can
//! tell what a backup must turn out to be: `云溪镇-20261122-1105-3fa9c1d2e0b4.json`.

use chrono::Datelike;

use crate::model::Date;
use crate::sorting::Sorting;

/// A local minute, counted in minutes.
pub type Minute = i64;

/// Letters of the state hash in a name.
pub const MARK: usize = 12;

/// Backups that age alone never removes: a clock set to 2036 must not empty the folder.
pub const LEAST: usize = 5;

/// Hours from one backup to the next: one for the morning, one for the afternoon.
const EVERY: Minute = 4 * 60;

/// A backup as its name tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Backup {
    pub name: String,
    pub made: Minute,
    pub mark: String,
}

/// How many backups are kept and for how many days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Keep {
    pub count: usize,
    pub days: u32,
}

/// The minute of a day's hour and minute.
pub fn minute(day: Date, hour: u32, minute: u32) -> Minute {
    i64::from(day.num_days_from_ce()) * 1440 + i64::from(hour * 60 + minute)
}

/// A township's name as a file may be called everywhere.
pub fn stem(township: &str) -> String {
    let allowed = |at: &char| !at.is_control() && !"/\\:*?\"<>|~%".contains(*at);
    let name: String = township.chars().filter(allowed).take(40).collect();
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() { "乡镇".to_string() } else { name.to_string() }
}

impl Backup {
    pub fn new(stem: &str, day: Date, hour: u32, at: u32, state: &str) -> Backup {
        let mark = state[..MARK.min(state.len())].to_string();
        let (y, m, d) = (day.year(), day.month(), day.day());
        let name = format!("{stem}-{y:04}{m:02}{d:02}-{hour:02}{at:02}-{mark}.json");
        Backup { name, made: minute(day, hour, at), mark }
    }

    /// Reads a file's name; `None` for whatever else lies in the folder.
    pub fn read(stem: &str, name: &str) -> Option<Backup> {
        let rest = name.strip_prefix(stem)?.strip_prefix('-')?.strip_suffix(".json")?;
        let mut parts = rest.split('-');
        let (day, time, mark) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let sound = parts.next().is_none() && day.len() == 8 && time.len() == 4;
        if !sound || !digits(day) || !digits(time) || mark.len() != MARK {
            return None;
        }
        let number = |text: &str| text.parse().ok();
        let day =
            Date::from_ymd_opt(day[..4].parse().ok()?, number(&day[4..6])?, number(&day[6..])?)?;
        let (hour, at) = (number(&time[..2])?, number(&time[2..])?);
        (hour < 24 && at < 60 && mark.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| {
            Backup { name: name.to_string(), made: minute(day, hour, at), mark: mark.to_string() }
        })
    }
}

/// The backups among the files of a folder, the newest first.
pub fn found(stem: &str, names: &[String]) -> Vec<Backup> {
    let mut list: Vec<Backup> = names.iter().filter_map(|name| Backup::read(stem, name)).collect();
    list.arrange(|a, b| (b.made, &b.name).cmp(&(a.made, &a.name)));
    list
}

/// Whether it is time for another. What is dated after now says nothing: a clock was wrong.
pub fn due(list: &[Backup], now: Minute) -> bool {
    let past = list.iter().filter(|backup| backup.made <= now).map(|backup| backup.made);
    past.max().is_none_or(|last| now - last >= EVERY)
}

/// Which backups may go: those beyond the count, and those past their days. Never the newest that was
/// verified, never one of the newest few for its age alone, and none at all while none is verified.
pub fn to_remove(list: &[Backup], now: Minute, keep: Keep, verified: &[String]) -> Vec<String> {
    let Some(safe) = list.iter().find(|backup| verified.contains(&backup.name)) else {
        return Vec::new();
    };
    let old = |backup: &Backup| now - backup.made > i64::from(keep.days) * 1440;
    let gone = list
        .iter()
        .enumerate()
        .filter(|(at, backup)| *at >= keep.count.max(1) || (*at >= LEAST && old(backup)));
    gone.filter(|(_, backup)| backup.name != safe.name)
        .map(|(_, backup)| backup.name.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEEP: Keep = Keep { count: 20, days: 90 };
    const STATE: &str = "3fa9c1d2e0b4ffff";

    fn day(text: &str) -> Date {
        text.parse().expect("day")
    }

    fn backup(on: &str, hour: u32) -> Backup {
        Backup::new("云溪镇", day(on), hour, 5, STATE)
    }

    /// Newest first, one a day, the last on the given day.
    fn daily(last: &str, count: u64) -> Vec<Backup> {
        let days = (0..count).map(|back| day(last) - chrono::Days::new(back));
        days.map(|on| Backup::new("云溪镇", on, 9, 0, STATE)).collect()
    }

    #[test]
    fn v4_a_name_says_when_and_what() {
        let made = backup("2026-11-22", 11);
        assert_eq!(made.name, "云溪镇-20261122-1105-3fa9c1d2e0b4.json");
        assert_eq!(Backup::read("云溪镇", &made.name), Some(made));
        let others = [
            "云溪镇.json",
            "云溪镇.新.json",
            "云溪镇-2026-11-22.json",
            "云溪镇-20261122-1105-3fa9c1d2e0b4 (1).json",
            "云溪镇-20261322-1105-3fa9c1d2e0b4.json",
            "云溪镇-20261122-2505-3fa9c1d2e0b4.json",
            "青石镇-20261122-1105-3fa9c1d2e0b4.json",
            "工资表.xlsx",
        ];
        assert!(others.iter().all(|name| Backup::read("云溪镇", name).is_none()));
    }

    #[test]
    fn v4_a_town_may_have_any_name() {
        assert_eq!(stem("云溪镇"), "云溪镇");
        assert_eq!(stem("../a/b:c?"), "abc");
        assert_eq!(stem(" . "), "乡镇");
    }

    #[test]
    fn v4_two_backups_a_day_and_a_wrong_clock_stops_none() {
        let now = minute(day("2026-11-22"), 13, 0);
        assert!(due(&[], now));
        assert!(!due(&[backup("2026-11-22", 9)], now));
        assert!(due(&[backup("2026-11-22", 8)], now));
        assert!(due(&[backup("2036-01-01", 8)], now), "dated in 2036");
    }

    #[test]
    fn v4_backups_go_by_count_and_by_age() {
        let list = daily("2026-11-22", 30);
        let verified = vec![list[0].name.clone()];
        let now = minute(day("2026-11-22"), 9, 0);
        let gone = to_remove(&list, now, KEEP, &verified);
        assert_eq!(gone.len(), 10);
        assert!(list[20..].iter().all(|backup| gone.contains(&backup.name)));
        let gone = to_remove(&list, now, Keep { count: 50, days: 7 }, &verified);
        assert_eq!(gone.len(), 22, "the eighth day back is the first to go");
    }

    #[test]
    fn v4_a_clock_of_2036_does_not_empty_the_folder() {
        let list = daily("2026-11-22", 12);
        let verified = vec![list[0].name.clone()];
        let gone = to_remove(&list, minute(day("2036-01-01"), 9, 0), KEEP, &verified);
        assert_eq!(gone.len(), 12 - LEAST);
    }

    proptest! {
        #[test]
        fn v4_the_newest_verified_backup_is_never_removed(
            days in proptest::collection::vec(0u64..4000, 0..40),
            picked in proptest::collection::vec(any::<bool>(), 40),
            now in 0u64..5000, count in 0usize..30, old in 0u32..400,
        ) {
            let day = |back: u64| day("2020-01-01") + chrono::Days::new(back);
            let names: Vec<String> = days.iter()
                .map(|on| Backup::new("云溪镇", day(*on), 9, 0, STATE).name).collect();
            let list = found("云溪镇", &names);
            let verified: Vec<String> = list.iter().zip(&picked)
                .filter(|(_, picked)| **picked).map(|(one, _)| one.name.clone()).collect();
            let keep = Keep { count, days: old };
            let gone = to_remove(&list, minute(day(now), 9, 0), keep, &verified);
            match verified.first() {
                Some(newest) => prop_assert!(!gone.contains(newest)),
                None => prop_assert!(gone.is_empty()),
            }
        }
    }
}
