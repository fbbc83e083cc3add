//! The numbers behind the order of answers. One place for all of them; no searching here.
//!
//! Scores are tenths of a point. Contiguous: 600 + up to 300 for the share of the field that was typed + 40 for its beginning +
//! 100 when that is all of it. Near misses take from this, so that exact title > term > prefix >
//! inside > initials > near sound > typo > scattered for fields of like length.

use super::parse::{HOMOPHONE, Level, NEAR};
use super::store::FieldRow;
use super::{EntryKind, FieldRole, MatchKind};

const CONTIGUOUS: i32 = 600;
const COVERAGE: i32 = 300;
const COVERAGE_OF_INITIALS: i32 = 150;
const BEGINNING: i32 = 40;
const WHOLE: i32 = 100;
const TYPO: i32 = 100;
const TYPO_EACH: i32 = 60;

/// A contiguous piece of a field: where it stands and how it was taken.
#[derive(Clone, Copy)]
pub struct Piece {
    pub at: usize,
    pub len: usize,
    pub field_len: usize,
    pub worst: Level,
    /// Units taken as homophone or near.
    pub off: usize,
    /// Units that are less than a syllable.
    pub short: usize,
}

/// Why and how well a contiguous piece answers.
pub fn contiguous(piece: &Piece, role: FieldRole) -> (MatchKind, i32) {
    let whole = piece.len == piece.field_len;
    let initials = piece.short > 1;
    let coverage = if initials { COVERAGE_OF_INITIALS } else { COVERAGE };
    let mut score = CONTIGUOUS + share(piece.len, piece.field_len, coverage);
    score += if piece.at == 0 { BEGINNING } else { 0 } + if whole { WHOLE } else { 0 };
    score -= share(piece.short, piece.len, 120);
    score -= match piece.worst {
        NEAR => 160 + share(piece.off, piece.len, 60),
        HOMOPHONE => 120 + share(piece.off, piece.len, 60),
        _ => 0,
    };
    let why = match piece.worst {
        NEAR | HOMOPHONE => MatchKind::Near,
        _ if initials => MatchKind::Initials,
        _ if whole && role == FieldRole::Title => MatchKind::Exact,
        _ if whole && role != FieldRole::Body => MatchKind::Term,
        _ if piece.at == 0 => MatchKind::Prefix,
        _ => MatchKind::Inside,
    };
    (why, score)
}

/// A piece of `len` characters with `edits` of the `typed` letters or characters off.
pub fn typo(len: usize, field_len: usize, at_start: bool, edits: usize, typed: usize) -> i32 {
    let begin = if at_start { BEGINNING } else { 0 };
    CONTIGUOUS + share(len.min(field_len), field_len, COVERAGE) + begin
        - TYPO
        - TYPO_EACH * edits as i32
        - share(edits, typed, 600)
}

/// Words found anywhere: share of the query's weight that was met, share of the best field that
/// the query covers.
pub fn scattered(met: f32, covered: f32, whole: bool) -> i32 {
    40 + (met * 300.0 + covered * 140.0) as i32 + if whole { 20 } else { 0 }
}

/// Of several texts with the same initials the commonest is likeliest meant: `often` of `all` places.
pub fn common(often: u32, all: usize) -> i32 {
    (1000.0 * (often as f32 + 1.0).log2() / (all as f32 + 1.0).log2()) as i32
}

/// Taken for the `nth` repetition of the same text among answers to initials.
pub fn repeated(nth: usize) -> i32 {
    250 * nth.min(8) as i32
}

/// Scales a score (to tenths) by what was matched: title and term before keyword before running text, and the
/// kind people mostly look for first.
pub fn weigh(score: i32, field: &FieldRow, kind: EntryKind) -> i32 {
    let role = match field.role {
        FieldRole::Title => 100,
        FieldRole::Term => 101,
        FieldRole::Keyword => 92,
        FieldRole::Body => 75,
    };
    let kind = match kind {
        EntryKind::Matter => 100,
        EntryKind::Post | EntryKind::Unit | EntryKind::Window => 98,
        EntryKind::Person | EntryKind::Village | EntryKind::Zone => 97,
        EntryKind::Duty => 96,
        EntryKind::Cell | EntryKind::Other => 94,
    };
    score * role * kind * (90 + i32::from(field.weight.min(10))) / 100_000
}

fn share(part: usize, whole: usize, of: i32) -> i32 {
    of * part.min(whole) as i32 / whole.max(1) as i32
}
