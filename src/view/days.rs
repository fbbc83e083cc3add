//! The days on which something changes in the chart: a post, a unit or a seat begins or ends. Reads the dates
//! of records; what was recorded when is history's affair.

use crate::model::kinds::{Holding, Post, Unit};
use crate::model::{Date, Record, Township, schema};
use crate::sorting::Sorting;

/// Days after `from` up to `to` on which the chart is another than the day before, in order, each once.
pub fn change_days(township: &Township, from: Date, to: Date) -> Vec<Date> {
    let mut days: Vec<Date> = Vec::new();
    for kind in [Post::ID, Unit::ID, Holding::ID] {
        let Some(kind) = schema().kind(kind) else { continue };
        for row in township.table(kind).rows() {
            let [.., since, until] = &row.cells[..] else { continue };
            let dates = [since.as_date(), until.as_date()].into_iter().flatten();
            days.extend(dates.filter(|day| from < *day && *day <= to));
        }
    }
    days.arrange(Ord::cmp);
    days.dedup();
    days
}
