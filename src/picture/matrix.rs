//! 职责岗位对照: duties down, posts across, a mark where a post does a duty (YC-09): filled where it leads, open
//! where it assists. Rows nobody leads are vermilion. Takes plain rows, columns and marks; reads no records.

use super::geom::Rect;
use super::scene::{Builder, Lod, Scene};
use super::style::{Role, Style};
use super::text::TableMetrics;
use super::vertical;
use super::wrap::elide;

/// A row or a column: a record under a heading. What stands under one heading comes together.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Id of its group.
    pub id: String,
    pub label: String,
    pub heading: String,
}

/// Where a row and a column meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    pub row: usize,
    pub column: usize,
    pub leads: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    pub rows: Vec<Line>,
    pub columns: Vec<Line>,
    pub meetings: Vec<Meeting>,
}

const CELL: f64 = 22.0;
const MARK: f64 = 14.0;
/// Room for a row's name, and squares of a column's.
const NAME: f64 = 260.0;
const SQUARES: usize = 9;
const SQUARE: f64 = 13.0;
/// A heading over rows, and the one over columns.
const HEADING: f64 = 30.0;

const GROUND: u8 = 0;
const LINE: u8 = 1;
const SHAPE: u8 = 2;
const WORDS: u8 = 3;
const TOUCH: u8 = 4;

const WORD: Style = Style::text(Role::Ink, 13.0);
const HEAD: Style = Style::text(Role::Ink, 15.0).bold().song();
const UPRIGHT: Style = Style::text(Role::Ink, 13.0).middle().upright();
/// Names are read from here on; from further away the marks alone say where there are many and none.
const NEAR: f64 = 0.45;

/// Where lines stand: the first edge of each, and where the last ends.
struct Places {
    at: Vec<f64>,
    /// Places and words of headings.
    heads: Vec<(f64, String)>,
    end: f64,
}

fn places(lines: &[Line], start: f64, heading: f64) -> Places {
    let (mut at, mut heads, mut next) = (Vec::with_capacity(lines.len()), Vec::new(), start);
    for (n, line) in lines.iter().enumerate() {
        if n == 0 || lines[n - 1].heading != line.heading {
            heads.push((next, line.heading.clone()));
            next += heading;
        }
        at.push(next);
        next += CELL;
    }
    Places { at, heads, end: next }
}

/// The picture; a group for each row, each column and each mark.
pub fn draw(matrix: &Matrix) -> Scene {
    let mut b = Builder::default();
    b.group("matrix", "matrix", "");
    let top = HEADING + SQUARES as f64 * SQUARE + 14.0;
    let rows = places(&matrix.rows, top, HEADING);
    let columns = places(&matrix.columns, NAME + 16.0, 12.0);
    grid(&mut b, &rows, &columns, top);
    row_names(&mut b, matrix, &rows, &columns);
    column_names(&mut b, matrix, &columns, top);
    marks(&mut b, matrix, &rows, &columns);
    b.finish()
}

fn grid(b: &mut Builder, rows: &Places, columns: &Places, top: f64) {
    let quiet = b.style(Style::line(Role::Line, 0.75));
    b.lod(Lod::from(NEAR));
    for y in &rows.at {
        b.line(LINE, quiet, &[(0.0, y + CELL), (columns.end, y + CELL)]);
    }
    for x in &columns.at {
        b.line(LINE, quiet, &[(*x, top), (*x, rows.end)]);
    }
}

impl Matrix {
    /// Which rows some post leads.
    pub fn led(&self) -> Vec<bool> {
        let mut led = vec![false; self.rows.len()];
        for meeting in self.meetings.iter().filter(|meeting| meeting.leads) {
            if let Some(row) = led.get_mut(meeting.row) {
                *row = true;
            }
        }
        led
    }
}

/// A mark as a sentence.
pub fn says(duty: &Line, post: &Line, leads: bool) -> String {
    let role = if leads { "牵头" } else { "协助" };
    [&*post.heading, "·", &*post.label, " ", role, "：", &*duty.label].concat()
}

fn row_names(b: &mut Builder, matrix: &Matrix, rows: &Places, columns: &Places) {
    let (plain, missing) = (b.style(WORD), b.style(Style { fill: Role::Vermilion, ..WORD }.bold()));
    let (head, wash) = (b.style(HEAD), b.style(Style::fill(Role::VermilionSoft)));
    b.lod(Lod::from(0.2));
    for (y, words) in &rows.heads {
        b.text(WORDS, head, 0.0, y + HEADING - 9.0, words);
    }
    let led = matrix.led();
    for ((line, y), led) in matrix.rows.iter().zip(&rows.at).zip(led) {
        let said = if led { "" } else { "，没有牵头岗位" };
        b.group(&line.id, "duty", &[&*line.label, said].concat());
        let row = Rect::sized(0.0, *y, columns.end, CELL);
        if !led {
            b.lod(Lod::ALWAYS).rect(GROUND, wash, row, 0.0);
        }
        let words = elide(&TableMetrics, &line.label, WORD.font(), NAME);
        b.lod(Lod::from(NEAR));
        b.text(WORDS, if led { plain } else { missing }, 0.0, y + CELL / 2.0 + 4.7, &words);
        touch(b, Rect { x1: NAME + 8.0, ..row });
    }
}

fn column_names(b: &mut Builder, matrix: &Matrix, columns: &Places, top: f64) {
    let (style, pair) = (b.style(UPRIGHT), b.style(WORD.middle()));
    let head = b.style(Style { size: 13.0, ..HEAD });
    b.lod(Lod::from(NEAR));
    for (at, (x, words)) in columns.heads.iter().enumerate() {
        let end = columns.heads.get(at + 1).map_or(columns.end, |next| next.0);
        let words = elide(&TableMetrics, words, HEAD.font(), end - x - 14.0);
        b.text(WORDS, head, x + 12.0, HEADING - 10.0, &words);
    }
    for (line, x) in matrix.columns.iter().zip(&columns.at) {
        b.group(&line.id, "post", &[&*line.heading, "·", &*line.label].concat());
        let set = vertical::columns(&line.label, SQUARES, 1);
        b.lod(Lod::from(NEAR));
        for (at, square) in set.columns.first().into_iter().flatten().enumerate() {
            let base = HEADING + (at as f64 + 0.88) * SQUARE;
            let middle = x + CELL / 2.0;
            match square {
                vertical::Square::Upright(c) | vertical::Square::Corner(c) => {
                    b.text(WORDS, style, middle, base, c.encode_utf8(&mut [0; 4]));
                }
                vertical::Square::Pair(two) => b.text(WORDS, pair, middle, base, two),
            }
        }
        touch(b, Rect::sized(*x, HEADING, CELL, top - HEADING));
    }
}

fn marks(b: &mut Builder, matrix: &Matrix, rows: &Places, columns: &Places) {
    let full = b.style(Style::fill(Role::Steady));
    let open = b.style(Style::boxed(Role::Card, Role::Steady, 2.0));
    for Meeting { row, column, leads } in &matrix.meetings {
        let (Some(y), Some(x)) = (rows.at.get(*row), columns.at.get(*column)) else { continue };
        let (duty, post) = (&matrix.rows[*row], &matrix.columns[*column]);
        let said = says(duty, post, *leads);
        b.group(&[&*duty.id, "~", &*post.id].concat(), "mark", &said);
        let inset = (CELL - MARK) / 2.0;
        let mark = Rect::sized(x + inset, y + inset, MARK, MARK);
        b.lod(Lod::ALWAYS).rect(SHAPE, if *leads { full } else { open }, mark, 0.0);
        b.hit_box(Lod::ALWAYS);
    }
}

fn touch(b: &mut Builder, place: Rect) {
    let clear = b.style(Style::fill(Role::Clear));
    b.lod(Lod::ALWAYS).rect(TOUCH, clear, place, 0.0);
    b.hit_box(Lod::ALWAYS);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kind: &str, at: usize, heading: &str) -> Line {
        Line {
            id: format!("{kind}/{at}"),
            label: format!("{kind}第{at}个"),
            heading: heading.into(),
        }
    }

    fn matrix(rows: usize, columns: usize) -> Matrix {
        Matrix {
            rows: (0..rows)
                .map(|at| line("duty", at, if at * 2 < rows { "党的建设" } else { "民生" }))
                .collect(),
            columns: (0..columns)
                .map(|at| line("post", at, if at < 3 { "党政办" } else { "平安办" }))
                .collect(),
            meetings: (0..rows)
                .map(|row| Meeting { row, column: row % columns.max(1), leads: row % 3 > 0 })
                .collect(),
        }
    }

    #[test]
    fn p20_every_row_and_column_can_be_found_and_no_two_marks_touch() {
        let scene = draw(&matrix(40, 7));
        for at in 0..40 {
            let row = scene.group(scene.find(&format!("duty/{at}")).expect("row"));
            assert_eq!(row.title.contains("没有牵头岗位"), at % 3 == 0, "{at}");
        }
        let marks: Vec<_> = scene.groups.iter().filter(|group| group.role == "mark").collect();
        assert_eq!(marks.len(), 40);
        for (at, one) in marks.iter().enumerate() {
            assert!(marks[at + 1..].iter().all(|other| !one.bounds.touches(&other.bounds)));
        }
        assert_eq!(&*marks[1].title, "党政办·post第1个 牵头：duty第1个");
    }

    #[test]
    fn p20_nothing_and_marks_of_lines_that_are_not_there_are_left_out() {
        assert!(draw(&Matrix::default()).find("duty/0").is_none());
        let mut odd = matrix(2, 2);
        odd.meetings.push(Meeting { row: 9, column: 0, leads: true });
        odd.meetings.push(Meeting { row: 0, column: 9, leads: true });
        let marks = draw(&odd).groups.iter().filter(|group| group.role == "mark").count();
        assert_eq!(marks, 2);
    }
}
