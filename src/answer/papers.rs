//! 带什么: the lines of a matter's 材料 as single papers — which, original or copy, how many. What a line does not
//! say stays unsaid; nothing of its words is lost.

/// 原件或复印件
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Original,
    Copy,
    Both,
}

impl Form {
    pub fn label(self) -> &'static str {
        match self {
            Form::Original => "原件",
            Form::Copy => "复印件",
            Form::Both => "原件和复印件",
        }
    }
}

/// One paper to bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    pub name: String,
    pub form: Option<Form>,
    /// `1 份`, `各 2 张`; empty where the line says no number.
    pub count: String,
    /// What stood in brackets: 窗口填写.
    pub note: String,
}

impl Paper {
    /// What stands behind the name, in the order people read it.
    pub fn remarks(&self) -> String {
        let form = self.form.map(Form::label).unwrap_or_default();
        let parts = [form, &*self.count, &*self.note];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，")
    }
}

/// Words for the forms, the longest first: an end is taken whole.
const FORMS: &[(&str, Form)] = &[
    ("原件和复印件", Form::Both),
    ("原件及复印件", Form::Both),
    ("原件、复印件", Form::Both),
    ("原件或复印件", Form::Both),
    ("复印件", Form::Copy),
    ("原件", Form::Original),
];

const MEASURES: &[char] = &['份', '张', '本', '套', '件'];
const NUMBERS: &str = "0123456789０１２３４５６７８９一二两三四五六七八九十";
/// What may stand between the parts of a line, and at its beginning.
const LOOSE: &[char] = &[' ', '　', '，', '、', ',', '：', ':', '；', ';', '。'];

/// The papers of a text: one a line, or parted by semicolons.
pub fn papers(text: &str) -> Vec<Paper> {
    let lines = text.split(['\n', '；', ';']).map(unnumbered);
    lines.filter(|line| !line.is_empty()).map(paper).collect()
}

/// A line without the number people put before it: `1.`, `2、`, `（3）`.
pub fn unnumbered(line: &str) -> &str {
    let line = line.trim();
    let bare = line.trim_start_matches(['（', '(']);
    let digits = bare.find(|at: char| !at.is_ascii_digit()).unwrap_or(bare.len());
    let rest = &bare[digits..];
    let sign = rest.chars().next().filter(|at| ".．、)）:：".contains(*at));
    match sign {
        // 1.5 is a figure, not the first of a list.
        Some(sign) if digits > 0 && !starts_with_digit(&rest[sign.len_utf8()..]) => {
            rest[sign.len_utf8()..].trim()
        }
        _ => line,
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|at: char| at.is_ascii_digit())
}

fn paper(line: &str) -> Paper {
    let (words, note) = without_note(line);
    let mut paper = Paper { note: note.to_string(), ..Paper::default() };
    let mut rest = words.trim_matches(LOOSE);
    loop {
        if paper.count.is_empty()
            && let Some((before, count)) = counted(rest)
        {
            paper.count = count;
            rest = before;
        } else if paper.form.is_none()
            && let Some((before, form)) = formed(rest)
        {
            paper.form = Some(form);
            rest = before;
        } else {
            break;
        }
        rest = rest.trim_matches(LOOSE);
    }
    // 复印件 alone names itself.
    if rest.is_empty() {
        return Paper { name: line.to_string(), ..Paper::default() };
    }
    paper.name = rest.to_string();
    paper
}

/// A line and what stood in the brackets at its end.
fn without_note(line: &str) -> (&str, &str) {
    let Some(inner) = line.strip_suffix(['）', ')']) else { return (line, "") };
    match inner.rfind(['（', '(']) {
        Some(at) if at > 0 => (&line[..at], inner[at..].trim_start_matches(['（', '('])),
        _ => (line, ""),
    }
}

fn formed(text: &str) -> Option<(&str, Form)> {
    FORMS.iter().find_map(|(word, form)| Some((text.strip_suffix(word)?, *form)))
}

/// `申请书1份` is 申请书 and `1 份`.
fn counted(text: &str) -> Option<(&str, String)> {
    let measure = text.chars().next_back().filter(|at| MEASURES.contains(at))?;
    let head = &text[..text.len() - measure.len_utf8()];
    let name = head.trim_end_matches(|at: char| NUMBERS.contains(at));
    let number = &head[name.len()..];
    if number.is_empty() {
        return None;
    }
    match name.strip_suffix('各') {
        Some(name) => Some((name, format!("各 {number} {measure}"))),
        None => Some((name, format!("{number} {measure}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(line: &str) -> (String, &'static str, String, String) {
        let [paper] = &papers(line)[..] else { panic!("{line}") };
        let form = paper.form.map_or("", Form::label);
        (paper.name.clone(), form, paper.count.clone(), paper.note.clone())
    }

    #[test]
    fn s41_a_paper_says_which_whether_original_how_many_and_what_about_it() {
        for (line, name, form, count, note) in [
            ("申请书1份（窗口填写）", "申请书", "", "1 份", "窗口填写"),
            ("户口簿原件", "户口簿", "原件", "", ""),
            ("银行卡复印件1份", "银行卡", "复印件", "1 份", ""),
            ("户口簿首页和本人页复印件各1份", "户口簿首页和本人页", "复印件", "各 1 份", ""),
            ("双方近期合影2寸红底照片3张", "双方近期合影2寸红底照片", "", "3 张", ""),
            ("身份证原件及复印件两份", "身份证", "原件和复印件", "两 份", ""),
            ("3、户口簿原件，1份", "户口簿", "原件", "1 份", ""),
            ("1.5吨以上车辆行驶证原件", "1.5吨以上车辆行驶证", "原件", "", ""),
            ("授权书（全家签字）", "授权书", "", "", "全家签字"),
            ("复印件1份", "复印件1份", "", "", ""),
            ("患病的带病历、残疾人证", "患病的带病历、残疾人证", "", "", ""),
        ] {
            let said = one(line);
            assert_eq!((&*said.0, said.1, &*said.2, &*said.3), (name, form, count, note), "{line}");
        }
    }

    #[test]
    fn s41_lines_and_semicolons_part_papers() {
        let names: Vec<String> = papers("1. 申请书1份；户口簿原件\n\n2．照片2张 ;")
            .into_iter()
            .map(|it| it.name)
            .collect();
        assert_eq!(names, ["申请书", "户口簿", "照片"]);
    }

    proptest! {
        #[test]
        fn s41_no_line_loses_its_words(line in "[申请书原件复印各1２两份张（）()，、 .0-9]{0,24}") {
            let signs = |text: &str| -> Vec<char> {
                let mut all: Vec<char> = text.chars().filter(|at| !LOOSE.contains(at) && !"（）() ".contains(*at)).collect();
                all.sort_unstable();
                all
            };
            for part in line.split(['\n', '；', ';']).map(unnumbered).filter(|it| !it.is_empty()) {
                let paper = paper(part);
                let form = paper.form.map_or("", Form::label);
                let said = [&*paper.name, form, &*paper.count, &*paper.note].concat();
                // 及, 、 and 或 between original and copy are said as 和.
                let plain = |text: &str| signs(&text.replace(['及', '和', '或'], ""));
                prop_assert_eq!(plain(&said), plain(part));
            }
        }
    }
}
