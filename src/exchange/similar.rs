//! How like a phrase of a post is to the name of a duty, from 0 to 1, and by what. Decides nothing.
//!
//! Only what the two texts share is counted; there is no word list of the field in here, so that a
//! match can always be explained by pointing at the characters.

use super::normal::{name_key, split_brackets};

/// By what a phrase and a name are alike, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    Exact,
    /// One begins with the other.
    Start,
    /// One contains the other.
    Inside,
    /// One is the other shortened: 食药安全, 食品药品安全.
    Short,
    /// Enough pairs of characters in common.
    Alike,
    /// The phrase names several duties one behind the other.
    Listed,
}

impl How {
    pub fn label(self) -> &'static str {
        match self {
            How::Exact => "名称相同",
            How::Start => "开头相同",
            How::Inside => "互相包含",
            How::Short => "简写",
            How::Alike => "用字相近",
            How::Listed => "连写",
        }
    }
}

/// One way to write a name, without the words that only frame it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    pub text: Vec<char>,
    /// 1 for the whole name, less for a part of it.
    pub weight: f32,
}

/// Words that end a name without telling it from others.
const ENDINGS: [&str; 12] =
    ["工作", "管理", "事务", "事项", "业务", "运行", "处理", "办理", "维护", "日常", "等", "岗"];
/// Words that begin one.
const BEGINNINGS: [&str; 12] = [
    "全面统筹",
    "统筹",
    "负责",
    "协助",
    "配合",
    "分管",
    "主持",
    "做好",
    "各类",
    "日常",
    "含",
    "全面",
];

/// What is left of a name when the words that frame it are taken off.
pub(super) fn core(text: &str) -> String {
    let mut rest = text;
    loop {
        let begun = BEGINNINGS.iter().find_map(|word| rest.strip_prefix(word));
        let ended = ENDINGS.iter().find_map(|word| rest.strip_suffix(word));
        match begun.or(ended).filter(|shorter| shorter.chars().count() >= 2) {
            Some(shorter) => rest = shorter,
            // 四个平台 and 四平台 are the same.
            None => return rest.replace(['个', '的'], ""),
        }
    }
}

/// What a part of a duty's name is worth, and a part of a phrase: there, less was said.
pub(super) const PART_OF_NAME: f32 = 0.95;
pub(super) const PART_OF_PHRASE: f32 = 0.8;

/// The ways a name can be written: whole, what stands in its brackets, what stands beside 与 or 和.
pub(super) fn forms(name: &str, part: f32) -> Vec<Form> {
    let (outside, inside) = split_brackets(&name_key(name));
    let mut forms = Vec::new();
    push(&mut forms, &core(&outside), 1.0);
    for text in &inside {
        push(&mut forms, &core(text), 1.0);
    }
    for text in inside.iter().chain([&outside]) {
        let texts: Vec<&str> = text.split(['与', '和', '及', '等', '、', ',', '/']).collect();
        for text in texts.iter().filter(|_| texts.len() > 1) {
            push(&mut forms, &core(text), part);
        }
    }
    forms
}

fn push(forms: &mut Vec<Form>, text: &str, weight: f32) {
    let text: Vec<char> = text.chars().collect();
    if text.len() >= 2 && forms.iter().all(|known| known.text != text) {
        forms.push(Form { text, weight });
    }
}

/// The best of all pairs of forms.
pub(super) fn likeness(phrase: &[Form], name: &[Form]) -> Option<(f32, How)> {
    let pairs = phrase.iter().flat_map(|p| name.iter().map(move |n| (p, n)));
    let scores = pairs.filter_map(|(p, n)| {
        let (score, how) = compare(&p.text, &n.text)?;
        Some((score * p.weight * n.weight, how))
    });
    scores.reduce(|a, b| if b.0 > a.0 { b } else { a })
}

fn compare(phrase: &[char], name: &[char]) -> Option<(f32, How)> {
    let (short, long) = if phrase.len() <= name.len() { (phrase, name) } else { (name, phrase) };
    let ratio = 0.2 * short.len() as f32 / long.len() as f32;
    let (score, how) = match () {
        () if phrase == name => (1.0, How::Exact),
        () if long.starts_with(short) => (0.75 + ratio, How::Start),
        () if contains(long, short) => (0.65 + ratio, How::Inside),
        () if is_short_for(short, long) => (0.55 + ratio, How::Short),
        () => return alike(phrase, name),
    };
    Some((score - surplus(phrase, name, how), how))
}

/// What a phrase loses for saying more than the name. Chinese names end in what they are: 全域垃圾分类
/// is 垃圾分类 of some kind, 园区党建 is no kind of 园区.
fn surplus(phrase: &[char], name: &[char], how: How) -> f32 {
    match (phrase.len().saturating_sub(name.len()), how) {
        (0, _) => 0.0,
        (1, _) | (_, How::Short) => 0.05,
        (_, How::Start) => 0.3,
        _ => 0.17,
    }
}

fn contains(long: &[char], short: &[char]) -> bool {
    long.windows(short.len()).any(|window| window == short)
}

/// All characters of `short` in order within `long`: from its beginning, or in runs of two and more.
fn is_short_for(short: &[char], long: &[char]) -> bool {
    let mut places = Vec::with_capacity(short.len());
    let mut from = 0;
    for at in short {
        let Some(found) = long[from..].iter().position(|other| other == at) else { return false };
        places.push(from + found);
        from += found + 1;
    }
    let joined = |at: usize| {
        (at > 0 && places[at - 1] + 1 == places[at])
            || places.get(at + 1).is_some_and(|next| places[at] + 1 == *next)
    };
    places.first() == Some(&0) || (0..places.len()).all(joined)
}

/// Share of character pairs in common (Dice). Below a half it only makes a candidate.
fn alike(a: &[char], b: &[char]) -> Option<(f32, How)> {
    let pairs = |text: &[char]| -> Vec<(char, char)> {
        text.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    let (a, mut b) = (pairs(a), pairs(b));
    let all = a.len() + b.len();
    let mut common = 0;
    for pair in a {
        if let Some(at) = b.iter().position(|other| *other == pair) {
            b.swap_remove(at);
            common += 1;
        }
    }
    let dice = 2.0 * common as f32 / all as f32;
    match dice {
        dice if dice >= 0.5 => Some((0.4 + 0.5 * dice, How::Alike)),
        dice if dice >= 0.3 => Some((0.35 + 0.4 * dice, How::Alike)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(phrase: &str, name: &str) -> Option<(u8, How)> {
        likeness(&forms(phrase, PART_OF_PHRASE), &forms(name, PART_OF_NAME))
            .map(|(score, how)| ((score * 100.0) as u8, how))
    }

    #[test]
    fn framing_words_do_not_count() {
        assert_eq!(like("民政", "民政工作"), Some((100, How::Exact)));
        assert_eq!(like("国有资产管理", "国有资产日常管理"), Some((100, How::Exact)));
        assert_eq!(like("党政智治", "数字化改革(党政智治)"), Some((100, How::Exact)));
        assert_eq!(like("四个平台", "四平台运行"), Some((100, How::Exact)));
    }

    #[test]
    fn the_surer_the_kinship_the_higher_the_score() {
        let how = |phrase, name| like(phrase, name).map(|(_, how)| how);
        assert_eq!(how("达产履约", "企业联审与达产履约"), Some(How::Exact));
        assert_eq!(how("双控", "能耗双控"), Some(How::Inside));
        assert_eq!(how("食药安全", "食品药品安全"), Some(How::Short));
        assert_eq!(how("反诈宣讲", "反诈宣传"), Some(How::Alike));
        assert_eq!(how("翻译", "外资招引"), None);
        assert!(like("园区党建", "园区管理") < like("全域垃圾分类", "垃圾分类"));
        assert!(like("普查", "各类普查") > like("安全", "安全生产"));
        assert!(like("安全", "安全生产") > like("安全", "特种设备安全"));
    }
}
