//! One spelling for what people write in several: width, case, spaces, brackets. Never shown to anybody.

/// Full-width forms as half-width ones, Chinese brackets as round ones.
pub fn half_width(at: char) -> char {
    match at {
        '\u{3000}' => ' ',
        '【' | '〔' | '［' | '《' => '(',
        '】' | '〕' | '］' | '》' => ')',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(at as u32 - 0xFEE0).unwrap_or(at),
        at => at,
    }
}

/// A name as it is compared: half width, lower case, without spaces and middle dots.
pub fn name_key(text: &str) -> String {
    let kept = text
        .chars()
        .map(half_width)
        .filter(|at| !at.is_whitespace() && !at.is_control() && !matches!(at, '·' | '\u{FEFF}'));
    kept.map(|at| at.to_ascii_lowercase()).collect()
}

/// Text as a sheet can carry it: without control characters and the space around it.
pub fn clean(text: &str) -> String {
    let kept = |at: &char| !at.is_control() || matches!(at, '\n' | '\t');
    let text: String =
        text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(kept).collect();
    text.trim_matches(|at: char| at.is_whitespace() || at == '\u{FEFF}').to_string()
}

/// A header as it is compared: a name without the marks people put around headers.
pub fn header_key(text: &str) -> String {
    let key = name_key(text);
    let key = key.trim_matches(|at: char| matches!(at, '*' | ':' | '#' | '.' | '"' | '\''));
    key.replace(['_', '-'], "")
}

/// The text outside round brackets, and what stands in each pair; the text must be half width.
pub fn split_brackets(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside, mut depth) = (String::new(), Vec::new(), 0usize);
    for at in text.chars() {
        match at {
            '(' => {
                depth += 1;
                if depth == 1 {
                    inside.push(String::new());
                }
            }
            ')' => depth = depth.saturating_sub(1),
            at if depth == 0 => outside.push(at),
            at => inside.last_mut().unwrap_or(&mut outside).push(at),
        }
    }
    (outside, inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_cases_spaces_and_brackets_do_not_tell_names_apart() {
        assert_eq!(name_key("综合服务中心（文化站）"), name_key("综合服务中心(文化站) "));
        assert_eq!(name_key("ＯＡ 收发"), "oa收发");
        assert_eq!(header_key("* 岗位 名称："), "岗位名称");
        assert_eq!(header_key("item_code"), header_key("Item-Code"));
    }

    #[test]
    fn brackets_are_told_from_the_rest() {
        assert_eq!(split_brackets("体育(含老年体协)"), ("体育".into(), vec!["含老年体协".into()]));
        assert_eq!(split_brackets("甲(乙"), ("甲".into(), vec!["乙".into()]));
        assert_eq!(split_brackets("甲)乙"), ("甲乙".into(), vec![]));
    }
}
