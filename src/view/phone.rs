//! A telephone number as people write it, as a link that dials it. Checks no number plans.

/// `tel:` and the first number of the text; an extension (转 801) is left to the caller.
pub fn dial(text: &str) -> Option<String> {
    let joins = |at: char| matches!(at, '-' | '—' | ' ' | '(' | ')' | '（' | '）');
    let number = text.trim().split(|at: char| !at.is_ascii_digit() && at != '+' && !joins(at));
    let digits: String = number.take(1).flat_map(str::chars).filter(|at| !joins(*at)).collect();
    (digits.len() >= 3).then(|| format!("tel:{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s8_a_number_is_dialled_however_it_is_written() {
        for (text, number) in [
            ("10008810000", "tel:10008810000"),
            ("1000-8810000", "tel:10008810000"),
            ("（1000）8810000 转 801", "tel:10008810000"),
            ("+86 1000 881 0000", "tel:+8610008810000"),
            ("110、120", "tel:110"),
        ] {
            assert_eq!(dial(text).as_deref(), Some(number), "{text}");
        }
        for text in ["", "无", "见公告栏", "12", "电话 1000-8810000"] {
            assert_eq!(dial(text), None, "{text}");
        }
    }
}
