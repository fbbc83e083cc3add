//! 考评档次: what a total score is called, by the township's own lines. Scores nobody.

use crate::model::kinds::Town;

/// 考评档次
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    Good,
    Fair,
    Pass,
    Below,
}

impl Band {
    pub const ALL: [Band; 4] = [Band::Good, Band::Fair, Band::Pass, Band::Below];

    pub fn label(self) -> &'static str {
        match self {
            Band::Good => "优秀",
            Band::Fair => "良好",
            Band::Pass => "合格",
            Band::Below => "待提升",
        }
    }

    /// By the township's lines; where it set none, 90, 80 and 60.
    pub fn of(score: f64, town: Option<&Town>) -> Band {
        let line =
            |own: fn(&Town) -> Option<i64>, usual: i64| town.and_then(own).unwrap_or(usual) as f64;
        match score {
            score if score >= line(|town| town.band_good, 90) => Band::Good,
            score if score >= line(|town| town.band_fair, 80) => Band::Fair,
            score if score >= line(|town| town.band_pass, 60) => Band::Pass,
            _ => Band::Below,
        }
    }
}
