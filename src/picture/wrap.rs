//! Breaks a label into lines: by phrase where it can, never a closing mark at the start of a line.
//!
//! Gives lines as byte ranges of the label plus an ellipsis flag; places nothing.

use super::style::Font;
use super::text::TextMetrics;

/// Marks that may not start a line (避头点).
const CLOSING: &str = "、，。；：！？）》】」』〉〕”’…·%‰℃)]},.;:!?";
/// Marks that may not end a line.
const OPENING: &str = "（《【「『〈〔“‘([{";
/// Words a township's titles are made of: a line may well end after one of them.
const ENDINGS: [&str; 26] = [
    "委员会",
    "办公室",
    "领导小组",
    "综合",
    "服务",
    "管理",
    "中心",
    "工作",
    "建设",
    "治理",
    "发展",
    "农村",
    "执法",
    "社会",
    "经济",
    "事务",
    "党政",
    "平安",
    "应急",
    "信访",
    "生态",
    "分局",
    "信息",
    "行政",
    "党建",
    "法治",
];
/// What a last word of three characters ends with: 办公室, 管理所, 先锋岗; of four where people are in it: 网格员岗.
/// A line may well end before it.
const KINDS: &str = "岗室所站队办员科股组局院";
/// A phrase that ends earlier in a line than after this part of it leaves the line too short.
const LEAST: usize = 3;

/// Lines of one label, each within the width asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines<'a> {
    pub lines: Vec<&'a str>,
    /// The last line was cut; painters show `…` after it.
    pub cut: bool,
}

/// Breaks `text` into at most `most` lines no wider than `width`.
///
/// With `cut` set, the last line leaves room for the ellipsis.
pub fn wrap<'a>(
    metrics: &impl TextMetrics,
    text: &'a str,
    font: Font,
    width: f64,
    most: usize,
) -> Lines<'a> {
    let text = text.trim();
    let by_phrase = fill(metrics, text, font, width, most, true);
    if !by_phrase.cut || most < 2 {
        return by_phrase;
    }
    // Better a break inside a phrase than words lost.
    let tight = fill(metrics, text, font, width, most, false);
    if tight.cut { by_phrase } else { tight }
}

fn fill<'a>(
    metrics: &impl TextMetrics,
    text: &'a str,
    font: Font,
    width: f64,
    most: usize,
    phrases: bool,
) -> Lines<'a> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if metrics.width(rest, font) <= width {
            lines.push(rest);
            return Lines { lines, cut: false };
        }
        if lines.len() + 1 >= most.max(1) {
            let room = width - metrics.width("…", font);
            lines.push(rest[..reach(metrics, rest, font, room)].trim_end());
            return Lines { lines, cut: true };
        }
        let at = break_at(metrics, rest, font, width, phrases);
        lines.push(rest[..at].trim_end());
        rest = rest[at..].trim_start();
    }
    Lines { lines, cut: false }
}

/// One line, with an ellipsis where it did not fit.
pub fn elide(metrics: &impl TextMetrics, text: &str, font: Font, width: f64) -> String {
    let lines = wrap(metrics, text, font, width, 1);
    let mut line = lines.lines.first().copied().unwrap_or_default().to_owned();
    if lines.cut {
        line.push('…');
    }
    line
}

/// Bytes of `text` that fit into `width`, whole characters only.
fn reach(metrics: &impl TextMetrics, text: &str, font: Font, width: f64) -> usize {
    let mut used = 0.0;
    let mut buffer = [0; 4];
    for (at, c) in text.char_indices() {
        used += metrics.width(c.encode_utf8(&mut buffer), font);
        if used > width + 1e-9 {
            return at;
        }
    }
    text.len()
}

/// Where the first line of `text` ends: at a phrase that is not too near its beginning, else at the last place
/// the marks allow; always after at least one character.
fn break_at(
    metrics: &impl TextMetrics,
    text: &str,
    font: Font,
    width: f64,
    phrases: bool,
) -> usize {
    let fits = reach(metrics, text, font, width);
    let first = text.chars().next().map_or(0, char::len_utf8);
    // A last line of one character reads as a mistake: give it a companion.
    let limit = if text[fits..].chars().count() == 1 { floor_char(text, fits - 1) } else { fits };
    let whole: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let may = |at: usize| at >= first && at <= limit && allowed(text, at);
    let long = |at: usize| at * LEAST >= fits;
    let last =
        |good: &dyn Fn(usize) -> bool| whole.iter().rev().copied().find(|at| may(*at) && good(*at));
    // What stands in brackets stays together where it can.
    let good = last(&|at| long(at) && phrase(text, at) && !in_brackets(text, at))
        .or_else(|| last(&|at| long(at) && phrase(text, at)));
    let any = last(&|_| true);
    match (good, any) {
        (Some(good), _) if phrases => good,
        (_, Some(any)) => any,
        _ => fits.max(first),
    }
}

fn floor_char(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

fn around(text: &str, at: usize) -> (Option<char>, Option<char>) {
    (text[..at].chars().next_back(), text[at..].chars().next())
}

/// Whether the marks and words let a line end before byte `at`.
fn allowed(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = around(text, at) else { return false };
    let word = |c: char| c.is_ascii_alphanumeric();
    !(CLOSING.contains(after) || OPENING.contains(before) || (word(before) && word(after)))
}

/// Whether a phrase ends before byte `at`.
fn phrase(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = around(text, at) else { return false };
    before == ' '
        || CLOSING.contains(before)
        || OPENING.contains(after)
        || matches!(after, '和' | '与' | '及')
        || ENDINGS.iter().any(|word| text[..at].ends_with(word))
        || is_kind(&text[at..])
}

/// Whether a text is one last word and what kind of thing it is.
fn is_kind(rest: &str) -> bool {
    let Some(word) = rest.strip_suffix(|c| KINDS.contains(c)) else { return false };
    word.chars().count() == if word.ends_with('员') { 3 } else { 2 }
}

fn in_brackets(text: &str, at: usize) -> bool {
    let open = text[..at].rfind('（');
    open.is_some_and(|open| !text[open..at].contains('）'))
}

#[cfg(test)]
mod tests {
    use super::super::style::Face;
    use super::super::text::TableMetrics;
    use super::*;
    use proptest::prelude::*;

    const FONT: Font = Font { face: Face::Hei, bold: false, size: 10.0 };

    fn show(text: &str, chars: usize, most: usize) -> String {
        let got = wrap(&TableMetrics, text, FONT, chars as f64 * 10.0, most);
        got.lines.join("/") + if got.cut { "…" } else { "" }
    }

    #[test]
    fn breaks_where_a_reader_would() {
        assert_eq!(show("党委副书记（党群）", 7, 2), "党委副书记/（党群）");
        assert_eq!(show("一支队伍管执法联络岗", 8, 2), "一支队伍管执法/联络岗");
        assert_eq!(show("农业农村综合服务中心主任", 10, 2), "农业农村综合服务中心/主任");
        assert_eq!(show("综合行政执法中队内勤岗", 10, 2), "综合行政执法中队/内勤岗");
        assert_eq!(show("综合信息指挥室", 6, 2), "综合信息/指挥室");
        assert_eq!(show("基层党建办公室", 6, 2), "基层党建/办公室");
        assert_eq!(show("市场监督管理所", 6, 2), "市场监督/管理所");
        assert_eq!(show("重点项目协调服务岗", 8, 2), "重点项目协调/服务岗");
        assert_eq!(show("党委委员（宣传、统战）", 8, 2), "党委委员/（宣传、统战）");
        assert_eq!(show("副镇长（农业农村）", 8, 2), "副镇长/（农业农村）");
        assert_eq!(show("党委书记、管委会主任", 6, 2), "党委书记、/管委会主任");
        assert_eq!(show("项目申报与固定资产投资统计岗", 8, 2), "项目申报与固定资/产投资统计岗");
    }

    #[test]
    fn long_titles_are_cut_with_an_ellipsis() {
        assert_eq!(show("甲乙丙丁戊己庚辛壬癸", 3, 2), "甲乙丙/丁戊…");
        assert_eq!(elide(&TableMetrics, "甲乙丙丁", FONT, 25.0), "甲…");
        assert_eq!(elide(&TableMetrics, "", FONT, 25.0), "");
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_and_not_lost() {
        assert_eq!(show("ABCDEFGHIJKL", 3, 9), "ABCD/EFGHI/JKL");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_or_starts_with_a_closing_mark(
            text in "([一-龟]{2,6}[、，）（]?|[A-Z0-9]{1,4}|[一-龟]{2,3} ){0,9}", chars in 5usize..12, most in 1usize..5,
        ) {
            let width = chars as f64 * 10.0;
            let got = wrap(&TableMetrics, &text, FONT, width, most);
            prop_assert!(got.lines.len() <= most);
            for line in &got.lines {
                prop_assert!(TableMetrics.width(line, FONT) <= width + 1e-6, "{line}");
            }
            if !got.cut {
                let kept: String = got.lines.concat().split_whitespace().collect();
                let all: String = text.split_whitespace().collect();
                prop_assert_eq!(kept, all);
            }
            for line in got.lines.iter().skip(1) {
                prop_assert!(!line.starts_with(|c| CLOSING.contains(c)), "{:?}", got.lines);
            }
            for line in got.lines.iter().rev().skip(1) {
                prop_assert!(!line.ends_with(|c| OPENING.contains(c)), "{:?}", got.lines);
            }
        }
    }
}
