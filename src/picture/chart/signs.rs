//! Where the signs of lines stand: on their line or close beside it, on no words and on no other sign. Knows boxes only.

use crate::picture::geom::Rect;
use crate::sorting::Sorting;

/// A sign is round and so wide.
pub(super) const WIDE: f64 = 20.0;
/// How far beside its line a sign may stand; on it is best.
const BESIDE: [f64; 5] = [0.0, 14.0, -14.0, 26.0, -26.0];
/// Height of a row of boxes.
const ROW: f64 = 40.0;

/// Boxes nothing may be put on, in rows, by their left edges.
pub(super) struct Taken {
    top: f64,
    widest: f64,
    rows: Vec<Vec<Rect>>,
}

impl Taken {
    pub fn of(words: Vec<Rect>) -> Taken {
        let top = words.iter().fold(f64::INFINITY, |top, word| top.min(word.y0));
        let mut taken = Taken { top, widest: WIDE, rows: Vec::new() };
        for word in words.into_iter().filter(|word| !word.is_empty()) {
            taken.widest = taken.widest.max(word.width());
            for row in taken.rows_of(&word) {
                if taken.rows.len() <= row {
                    taken.rows.resize(row + 1, Vec::new());
                }
                taken.rows[row].push(word);
            }
        }
        for row in &mut taken.rows {
            row.arrange(|a, b| a.x0.total_cmp(&b.x0));
        }
        taken
    }

    /// The middle of a sign for a line: the place nearest to the line's middle that is free, else the one that covers least.
    pub fn place(&mut self, line: &[(f64, f64)]) -> (f64, f64) {
        let mut best: Option<(f64, (f64, f64))> = None;
        for beside in BESIDE {
            for at in from_middle(line.len()) {
                let middle = aside(line, at, beside);
                let covered = self.covered(&around(middle));
                if best.is_none_or(|(least, _)| covered < least) {
                    best = Some((covered, middle));
                }
                if covered == 0.0 {
                    self.take(around(middle));
                    return middle;
                }
            }
        }
        let (_, middle) = best.unwrap_or_default();
        self.take(around(middle));
        middle
    }

    fn rows_of(&self, of: &Rect) -> std::ops::RangeInclusive<usize> {
        let row = |y: f64| ((y - self.top) / ROW).max(0.0) as usize;
        row(of.y0)..=row(of.y1)
    }

    /// Area of a box that is taken already.
    fn covered(&self, of: &Rect) -> f64 {
        let rows = self.rows_of(of).filter_map(|row| self.rows.get(row));
        rows.flat_map(|row| {
            let from = row.partition_point(|one| one.x0 < of.x0 - self.widest);
            row[from..].iter().take_while(|one| one.x0 < of.x1)
        })
        .map(|one| common(one, of))
        .sum()
    }

    fn take(&mut self, sign: Rect) {
        for row in self.rows_of(&sign) {
            if let Some(row) = self.rows.get_mut(row) {
                let at = row.partition_point(|one| one.x0 < sign.x0);
                row.insert(at, sign);
            }
        }
    }
}

fn around((x, y): (f64, f64)) -> Rect {
    Rect::sized(x - WIDE / 2.0, y - WIDE / 2.0, WIDE, WIDE)
}

/// Points of a line from its middle outwards, without its ends.
fn from_middle(points: usize) -> impl Iterator<Item = usize> {
    let middle = points / 2;
    let inner = move |at: &usize| (1..points.saturating_sub(1)).contains(at);
    (0..=middle).flat_map(move |off| [middle.wrapping_sub(off), middle + off]).filter(inner)
}

/// A place beside a point of a line, at a right angle to it.
fn aside(line: &[(f64, f64)], at: usize, by: f64) -> (f64, f64) {
    let ((x0, y0), (x1, y1), (x, y)) = (line[at - 1], line[at + 1], line[at]);
    let (dx, dy) = (x1 - x0, y1 - y0);
    let long = dx.hypot(dy).max(1e-9);
    (x - dy / long * by, y + dx / long * by)
}

fn common(a: &Rect, b: &Rect) -> f64 {
    let across = (a.x1.min(b.x1) - a.x0.max(b.x0)).max(0.0);
    let down = (a.y1.min(b.y1) - a.y0.max(b.y0)).max(0.0);
    across * down
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Vec<(f64, f64)> {
        (0..=16).map(|at| (f64::from(at) * 10.0, 50.0)).collect()
    }

    #[test]
    fn p24_a_sign_stands_in_the_middle_where_nothing_is_in_the_way() {
        assert_eq!(Taken::of(Vec::new()).place(&line()), (80.0, 50.0));
    }

    #[test]
    fn p24_signs_leave_words_and_each_other_alone() {
        let word = Rect::sized(60.0, 40.0, 50.0, 16.0);
        let mut taken = Taken::of(vec![word]);
        let (first, second) = (taken.place(&line()), taken.place(&line()));
        for sign in [first, second] {
            assert_eq!(common(&around(sign), &word), 0.0, "{sign:?}");
        }
        assert_eq!(common(&around(first), &around(second)), 0.0);
    }

    #[test]
    fn a_line_without_a_free_place_has_its_sign_where_it_covers_least() {
        let everywhere = Rect::sized(-100.0, -100.0, 400.0, 400.0);
        let (x, y) = Taken::of(vec![everywhere]).place(&line());
        assert!((0.0..=160.0).contains(&x) && (0.0..=100.0).contains(&y));
    }
}
