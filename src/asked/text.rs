//! A record of questions as text, a fact a line: small in the page, and readable in the browser's storage.
//!
//! `d` day visits asked missed · `m` day times words · `p` times id words

use super::{Asked, DayCount, Missed, Pick};
use crate::model::value::parse_date;
use std::fmt::Write;

impl Asked {
    /// What was kept; lines that say nothing known are left out.
    pub fn read(text: &str) -> Asked {
        let mut asked = Asked::default();
        for line in text.lines() {
            let _ = asked.read_line(line);
        }
        asked
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        let mut parts = line.splitn(4, ' ');
        let mut next = || parts.next();
        match next()? {
            "d" => {
                let day = parse_date(next()?)?;
                let visits = next()?.parse().ok()?;
                let (asked, missed) = next()?.split_once(' ')?;
                let (asked, missed) = (asked.parse().ok()?, missed.parse().ok()?);
                self.days.push((day, DayCount { visits, asked, missed }));
            }
            "m" => {
                let last = parse_date(next()?)?;
                let times = next()?.parse().ok()?;
                self.missed.push(Missed { words: next()?.to_string(), times, last });
            }
            "p" => {
                let times: u32 = next()?.parse().ok()?;
                let id = next()?.to_string();
                self.picks.push(Pick { words: next()?.to_string(), id, times });
            }
            _ => {}
        }
        Some(())
    }

    pub fn write(&self) -> String {
        let mut text = String::new();
        for (day, DayCount { visits, asked, missed }) in &self.days {
            let _ = writeln!(text, "d {day} {visits} {asked} {missed}");
        }
        for Missed { words, times, last } in &self.missed {
            let _ = writeln!(text, "m {last} {times} {words}");
        }
        for Pick { words, id, times } in &self.picks {
            let _ = writeln!(text, "p {times} {id} {words}");
        }
        text
    }
}
