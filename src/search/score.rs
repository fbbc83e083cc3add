//! The numbers behind the order of answers. One place for all of them; no searching here.
//!
//! In points, before weighing (scores are tenths of a point):
//! in a row 600 + up to 300 for the share of the field typed + 40 for its beginning + 100 for all of
//! it; initials 540 + 80 + up to 100 for being common; near sounds 350 + 200; typos 400 + 200 less
//! 60 for each; scattered words up to 370. So a whole term or title > prefix > inside > initials >
//! near sound > typo > scattered for fields of one weight.

use super::parse::{HOMOPHONE, Level, NEAR};
use super::store::FieldRow;
use super::{EntryKind, FieldRole, MatchKind};

const CONTIGUOUS: i32 = 600;
const COVERAGE: i32 = 300;
const BEGINNING: i32 = 40;
const WHOLE: i32 = 100;
const SOUNDS_NEAR: i32 = 350;
const MISTYPED: i32 = 400;
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
    let (why, whole) = (kind(piece, role), piece.len == piece.field_len);
    let share_of = |points| share(piece.len, piece.field_len, points);
    let begin = if piece.at == 0 { BEGINNING } else { 0 };
    let score = match why {
        MatchKind::Near => {
            SOUNDS_NEAR + share_of(200) + begin / 2 - share(piece.off, piece.len, 60)
        }
        MatchKind::Initials => CONTIGUOUS - 60 + share_of(80) + begin + if whole { 100 } else { 0 },
        _ => CONTIGUOUS + share_of(COVERAGE) + begin + if whole { WHOLE } else { 0 },
    };
    (why, score)
}

fn kind(piece: &Piece, role: FieldRole) -> MatchKind {
    let whole = piece.len == piece.field_len;
    match piece.worst {
        NEAR | HOMOPHONE => MatchKind::Near,
        _ if piece.short > 1 => MatchKind::Initials,
        _ if whole && role == FieldRole::Title => MatchKind::Exact,
        _ if whole && role != FieldRole::Body => MatchKind::Term,
        _ if piece.at == 0 => MatchKind::Prefix,
        _ => MatchKind::Inside,
    }
}

/// A piece of `len` characters with `edits` of the `typed` letters or characters off.
pub fn typo(len: usize, field_len: usize, at_start: bool, edits: usize, typed: usize) -> i32 {
    let begin = if at_start { BEGINNING } else { 0 };
    MISTYPED + share(len.min(field_len), field_len, 200) + begin / 2
        - TYPO_EACH * edits as i32
        - share(edits, typed, 500)
}

/// Words found anywhere: share of the query's weight that was met, share of the best field that
/// the query covers.
pub fn scattered(met: f32, covered: f32, whole: bool) -> i32 {
    20 + (met * 220.0 + covered * 110.0) as i32 + if whole { 20 } else { 0 }
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
pub fn weigh(score: i32, field: &FieldRow) -> i32 {
    let role = match field.role {
        FieldRole::Title => 100,
        FieldRole::Term => 101,
        FieldRole::Keyword => 92,
        FieldRole::Body => 75,
    };
    let kind = match field.kind {
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
