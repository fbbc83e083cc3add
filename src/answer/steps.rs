//! 怎么办: the lines of a matter's 步骤 as steps, with who does each (XM-04: 主办, 协办). Draws nothing.

use super::papers::unnumbered;

/// One step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    pub text: String,
    /// 主办
    pub host: String,
    /// 协办, as the line names them.
    pub helpers: String,
}

/// The steps of a text: one a line, or parted by semicolons. Who does a step stands in brackets at its end:
/// `入户调查（主办：民政窗口；协办：村委会）`.
pub fn steps(text: &str) -> Vec<Step> {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        split_outside_brackets(line, &mut lines);
    }
    lines.into_iter().map(unnumbered).filter(|line| !line.is_empty()).map(step).collect()
}

fn split_outside_brackets<'a>(line: &'a str, parts: &mut Vec<&'a str>) {
    let (mut begin, mut depth) = (0, 0_i32);
    for (at, sign) in line.char_indices() {
        match sign {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            '；' | ';' if depth <= 0 => {
                parts.push(&line[begin..at]);
                begin = at + sign.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&line[begin..]);
}

fn step(line: &str) -> Step {
    let plain = || Step { text: line.to_string(), ..Step::default() };
    let Some(inner) = line.strip_suffix(['）', ')']) else { return plain() };
    let Some(at) = inner.rfind(['（', '(']).filter(|at| *at > 0) else { return plain() };
    let mut step = Step { text: line[..at].trim().to_string(), ..Step::default() };
    for part in inner[at..].trim_start_matches(['（', '(']).split(['；', ';', '，', ',']) {
        let part = part.trim();
        if let Some(host) = said(part, "主办") {
            step.host = host;
        } else if let Some(helpers) = said(part, "协办") {
            step.helpers = helpers;
        } else {
            return plain();
        }
    }
    step
}

/// What stands behind `主办：`.
fn said(part: &str, word: &str) -> Option<String> {
    let rest = part.strip_prefix(word)?;
    let rest = rest.trim_start_matches(['：', ':', ' ']);
    (!rest.is_empty()).then(|| rest.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s41_a_step_says_who_does_it_and_who_helps() {
        let all = steps(
            "1. 到村里申请；镇里受理\n入户调查（主办：民政窗口；协办：村委会、包村干部）\n公示（7天）",
        );
        let said: Vec<[&str; 3]> =
            all.iter().map(|step| [&*step.text, &*step.host, &*step.helpers]).collect();
        assert_eq!(
            said,
            [
                ["到村里申请", "", ""],
                ["镇里受理", "", ""],
                ["入户调查", "民政窗口", "村委会、包村干部"],
                ["公示（7天）", "", ""],
            ]
        );
    }

    #[test]
    fn s41_brackets_of_any_kind_break_nothing() {
        for text in ["（", "）；（", "（（；", "）））", "（主办：）", "甲（主办）", ""]
        {
            let words: String = steps(text).iter().map(|step| step.text.as_str()).collect();
            assert_eq!(words.replace('；', ""), text.replace('；', ""), "{text}");
        }
    }
}
