//! A label set in columns from right to left (竖排): marks turn, figures stand upright, two of them side by
//! side in one square. Says what stands in which square; knows no sizes and draws nothing.

use super::style::{Font, Role, Style};
use super::text::TextMetrics;
use super::wrap::wrap;

/// One square of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Square<'a> {
    Upright(char),
    /// Two figures beside each other.
    Pair(&'a str),
    /// A pause or stop: it stands in the upper right of its square.
    Corner(char),
}

/// The columns of a label, the rightmost first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns<'a> {
    pub columns: Vec<Vec<Square<'a>>>,
    /// Not all of it found room; the last square is `︙`.
    pub cut: bool,
}

impl Columns<'_> {
    /// Squares of the longest column.
    pub fn longest(&self) -> usize {
        self.columns.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// Sets `text` in at most `most` columns of so many squares, broken by phrase where it can be.
pub fn columns(text: &str, squares: usize, most: usize) -> Columns<'_> {
    let font = Style::text(Role::Ink, 1.0).font();
    let lines = wrap(&Squares, text, font, squares.max(1) as f64, most);
    let mut columns: Vec<Vec<Square<'_>>> = lines.lines.iter().map(|line| set(line)).collect();
    if let Some(last) = columns.last_mut().filter(|_| lines.cut) {
        last.push(Square::Upright('︙'));
    }
    Columns { columns, cut: lines.cut }
}

/// Every character as wide as a square.
struct Squares;

impl TextMetrics for Squares {
    fn width(&self, text: &str, _font: Font) -> f64 {
        set(text).len() as f64
    }
}

/// The squares of a text that is not broken.
fn set(text: &str) -> Vec<Square<'_>> {
    let mut squares = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let figures = rest.bytes().take_while(u8::is_ascii_digit).count();
        let len = match figures {
            2 => {
                squares.push(Square::Pair(&rest[..2]));
                2
            }
            0 | 1 => {
                squares.extend(turned(first));
                first.len_utf8()
            }
            _ => {
                squares.extend(rest[..figures].chars().map(Square::Upright));
                figures
            }
        };
        rest = &rest[len..];
    }
    squares
}

/// How a character stands in a column; a space is none.
fn turned(c: char) -> Option<Square<'static>> {
    const TURNED: &[(&str, char)] = &[
        ("（(", '︵'),
        ("）)", '︶'),
        ("【", '︻'),
        ("】", '︼'),
        ("〔", '︹'),
        ("〕", '︺'),
        ("《", '︽'),
        ("》", '︾'),
        ("〈", '︿'),
        ("〉", '﹀'),
        ("「‘", '﹁'),
        ("」’", '﹂'),
        ("『“", '﹃'),
        ("』”", '﹄'),
        ("—–-―", '︱'),
        ("…", '︙'),
    ];
    if c.is_whitespace() {
        return None;
    }
    if "、，。,".contains(c) {
        return Some(Square::Corner(c));
    }
    let found = TURNED.iter().find(|(marks, _)| marks.contains(c));
    Some(Square::Upright(found.map_or(c, |(_, turned)| *turned)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns as text, the rightmost first; a pair in brackets, what stands in a corner after a tick.
    fn said(text: &str, squares: usize, most: usize) -> Vec<String> {
        let one = |square: &Square<'_>| match square {
            Square::Upright(c) => c.to_string(),
            Square::Pair(pair) => format!("[{pair}]"),
            Square::Corner(c) => format!("'{c}"),
        };
        let columns = columns(text, squares, most);
        columns.columns.iter().map(|column| column.iter().map(one).collect()).collect()
    }

    #[test]
    fn p14_marks_turn_and_pauses_stand_in_the_corner() {
        assert_eq!(said("党建（人大）", 9, 2), ["党建︵人大︶"]);
        assert_eq!(said("统战、民宗岗", 9, 2), ["统战'、民宗岗"]);
        assert_eq!(said("“一件事”—专办", 9, 2), ["﹃一件事﹄︱专办"]);
    }

    #[test]
    fn p14_two_figures_share_a_square_and_more_stand_one_by_one() {
        assert_eq!(said("12345热线岗", 9, 2), ["12345热线岗"]);
        assert_eq!(said("第12网格", 9, 2), ["第[12]网格"]);
        assert_eq!(said("A岗 3 级", 9, 2), ["A岗3级"]);
    }

    #[test]
    fn p14_a_long_title_goes_on_in_the_next_column_by_phrase() {
        assert_eq!(said("综合行政执法队协管员岗", 8, 2), ["综合行政执法队", "协管员岗"]);
        let long = columns("党政综合办公室机要文书档案管理岗位", 5, 2);
        assert!(long.cut && long.columns.len() == 2 && long.longest() <= 5);
        assert_eq!(long.columns[1].last(), Some(&Square::Upright('︙')));
    }

    #[test]
    fn p14_no_column_begins_with_a_closing_mark() {
        for squares in 4..9 {
            for column in said("统战、民宗（侨务）、工商联岗", squares, 9) {
                assert!(!column.starts_with(['\'', '︶']), "{squares}: {column}");
            }
        }
    }

    #[test]
    fn p14_nothing_has_no_columns() {
        assert_eq!(said("", 5, 2), Vec::<String>::new());
        assert_eq!(said("   ", 5, 2), Vec::<String>::new());
    }
}
