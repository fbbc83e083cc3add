//! Look-up (找岗办事): everyday words, full pinyin, initials and near misses to records, one answer
//! per key press. Takes plain entries, not records; knows no screen and keeps nothing on disk.
//!
//! One arena of 16-bit character codes holds all text; a posting list per pair of neighbouring
//! syllables points into it. Characters, pinyin, initials and near sounds are all ranges of the
//! same syllable numbers, so one list serves every way of typing.

mod build;
pub mod collate;
mod collect;
mod contiguous;
mod fold;
mod index;
mod loose;
mod parse;
mod postings;
mod score;
pub mod sound;
mod spelt;
mod store;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;
use std::sync::Arc;

pub use build::Builder;
pub use index::Index;

/// What an entry stands for; decides between otherwise equal answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum EntryKind {
    /// 办事事项
    Matter,
    /// 岗位
    Post,
    /// 职责
    Duty,
    /// 机构
    Unit,
    /// 人; surnames answer to their own reading (单 shàn) and to the common one.
    Person,
    /// 村（社区）
    Village,
    /// 片
    Zone,
    /// 网格
    Cell,
    /// 窗口
    Window,
    Other,
}

/// What a field is to its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum FieldRole {
    /// The name people see.
    Title,
    /// An everyday word for the entry (口语词): 老年证.
    Term,
    Keyword,
    /// Running text; counts least.
    Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub text: Arc<str>,
    /// 0 to 10, 10 the most important; shifts the score by at most a tenth.
    pub weight: u8,
    pub role: FieldRole,
}

/// One thing that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: Arc<str>,
    pub kind: EntryKind,
    pub fields: Vec<Field>,
}

/// Why an entry was found, the surest reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchKind {
    /// The whole title.
    Exact,
    /// A whole everyday term or keyword.
    Term,
    /// The beginning of a field.
    Prefix,
    /// Somewhere inside a field.
    Inside,
    /// Initials (首字母) in a row, alone or mixed with syllables or characters.
    Initials,
    /// Homophones or near sounds.
    Near,
    /// A letter or character wrong, missing, extra or swapped.
    Typo,
    /// The deciding words, in any order.
    Scattered,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub id: Arc<str>,
    pub kind: EntryKind,
    /// Higher is better; comparable within one answer list only.
    pub score: i32,
    pub why: MatchKind,
    /// Fields that matched (by position in [`Entry::fields`]) with byte ranges of their text.
    pub matched: Vec<(usize, Vec<Range<usize>>)>,
}

/// Scattered words with fewer points meet too little of what was asked to be an answer.
const ASSERTED: i32 = 2000;

/// Scattered words with fewer points share a word with the question by chance.
const CHANCE: i32 = 900;

/// How far an answer is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fit {
    /// To be asserted.
    Sure,
    /// Found by taking a letter or character for another, or by scattered words that meet little of the question: to be
    /// offered.
    Guess,
    /// So little in common with the question that it counts as unanswered.
    Chance,
}

impl Hit {
    pub fn fit(&self) -> Fit {
        match self.why {
            MatchKind::Typo => Fit::Guess,
            MatchKind::Scattered if self.score < CHANCE => Fit::Chance,
            MatchKind::Scattered if self.score < ASSERTED => Fit::Guess,
            _ => Fit::Sure,
        }
    }
}
