//! A cell of free text into its phrases. Does not know what they mean.

use super::normal::half_width;

/// The phrases of a cell, as written, in order: split at 、，；。 and line ends outside brackets,
/// without the numbers in front of them.
pub fn split_phrases(text: &str) -> Vec<String> {
    let mut phrases = Vec::new();
    let (mut phrase, mut depth) = (String::new(), 0usize);
    for at in text.chars() {
        match half_width(at) {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '\n' | '\r' => depth = 0,
            _ => {}
        }
        if depth == 0 && is_separator(at) {
            keep(&mut phrases, &mut phrase);
        } else {
            phrase.push(at);
        }
    }
    keep(&mut phrases, &mut phrase);
    phrases
}

fn is_separator(at: char) -> bool {
    matches!(at, '、' | '，' | ',' | '；' | ';' | '。' | '｡' | '\n' | '\r' | '\t' | '|' | '｜')
}

fn keep(phrases: &mut Vec<String>, phrase: &mut String) {
    let kept = without_number(phrase.trim()).to_string();
    phrase.clear();
    if !kept.is_empty() && !phrases.contains(&kept) {
        phrases.push(kept);
    }
}

/// `1.综治` → `综治`, `（2）综治` → `综治`, `③综治` → `综治`; a number alone is nothing.
fn without_number(phrase: &str) -> &str {
    let rest = phrase.trim_start_matches(['(', '（']);
    let digits = rest.trim_start_matches(|at: char| {
        half_width(at).is_ascii_digit() || ('①'..='⑳').contains(&at)
    });
    if digits.len() == rest.len() {
        return phrase;
    }
    let marks = ['.', '．', ':', '：', ')', '）', ' '];
    let tail = digits.trim_start_matches(marks);
    let circled = rest.chars().next().is_some_and(|at| ('①'..='⑳').contains(&at));
    // `80周岁老人津贴` and `12345热线` begin with a number that belongs to them.
    if tail.is_empty() || circled || tail.len() < digits.len() { tail } else { phrase }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x8_phrases_are_split_outside_brackets() {
        assert_eq!(split_phrases("综治、平安、四个平台"), ["综治", "平安", "四个平台"]);
        assert_eq!(
            split_phrases("执法(含犬类、市容)，党务；人事"),
            ["执法(含犬类、市容)", "党务", "人事"]
        );
        assert_eq!(split_phrases("教育, 食药安全,教育"), ["教育", "食药安全"]);
        assert_eq!(split_phrases("甲(乙、丙\n丁"), ["甲(乙、丙", "丁"]);
        assert!(split_phrases(" 、，").is_empty());
    }

    #[test]
    fn numbers_in_front_fall_away_and_others_stay() {
        assert_eq!(
            split_phrases("1、综治；2.平安；（3）禁毒；④信访"),
            ["综治", "平安", "禁毒", "信访"]
        );
        assert_eq!(split_phrases("12345热线、80周岁以上津贴"), ["12345热线", "80周岁以上津贴"]);
    }
}
