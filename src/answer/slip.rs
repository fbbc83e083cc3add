//! 小条: an answer in the words that fit on a slip of paper and into a code to photograph. Lays out no paper.

use super::Answer;
use super::guide::Guide;
use crate::model::Date;
use crate::model::value::day_words;

/// A section of a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub label: &'static str,
    /// One fact a line.
    pub lines: Vec<String>,
    /// Numbered: steps.
    pub numbered: bool,
    /// What is dropped first where the code has no room; 0 stays.
    rank: u8,
}

/// An answer to take along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    pub title: String,
    pub sections: Vec<Section>,
    /// Township and day it is said of.
    pub foot: String,
}

/// Bytes of text a code may hold: as many as a telephone still reads from 48 mm of a till's paper.
pub const CODE_BYTES: usize = 900;

impl Slip {
    pub fn of(answer: &Answer, township: &str, day: Date) -> Slip {
        let mut sections = Vec::new();
        let mut push = |label, lines: Vec<String>, rank, numbered| {
            let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
            if !lines.is_empty() {
                sections.push(Section { label, lines, numbered, rank });
            }
        };
        let place = &answer.place;
        push("窗口", vec![place.window.clone()], 0, false);
        push("地点", vec![place.place.to_string()], 0, false);
        push("时间", vec![place.hours.to_string()], 2, false);
        push("电话", vec![place.phone.to_string()], 0, false);
        push("找谁", whom(answer), 1, false);
        if let Some(guide) = &answer.guide {
            push("带什么", papers(guide), 0, false);
            push("谁能办", guide.condition.clone(), 5, false);
            push("怎么办", steps(guide), 4, true);
            push("多久", vec![guide.time.clone()], 3, false);
            push("收费", vec![guide.fee.clone()], 3, false);
            push("代办", vec![guide.proxy.clone()], 4, false);
            push("网上", vec![guide.online.clone()], 6, false);
        }
        for (label, text) in &answer.lines {
            push(label, text.lines().map(|line| line.trim().to_string()).collect(), 7, false);
        }
        let foot = format!("{township} {}", day_words(day));
        Slip { title: answer.title.clone(), sections, foot }
    }

    /// All of it as text, a line a fact: what is read aloud, and what the code holds.
    pub fn text(&self) -> String {
        self.text_without(u8::MAX)
    }

    /// As much of it as fits into a code, the dispensable left out first.
    pub fn code_text(&self) -> String {
        let fits = |text: &String| text.len() <= CODE_BYTES;
        let text = (0..=8).rev().map(|rank| self.text_without(rank)).find(fits);
        text.unwrap_or_else(|| cut(&self.text_without(0), CODE_BYTES).to_string())
    }

    fn text_without(&self, above: u8) -> String {
        let mut text = self.title.clone();
        for section in self.sections.iter().filter(|section| section.rank <= above) {
            text.push('\n');
            text.push_str(section.label);
            text.push('：');
            text.push_str(&section.said());
        }
        text.push('\n');
        text.push_str(&self.foot);
        text
    }

    /// As sentences, for a voice.
    pub fn sentences(&self) -> Vec<String> {
        let first = std::iter::once(self.title.clone());
        let said = |section: &Section| format!("{}：{}。", section.label, section.said());
        first.chain(self.sections.iter().map(said)).collect()
    }
}

impl Section {
    fn said(&self) -> String {
        let numbered = |(at, line): (usize, &String)| format!("{}.{line}", at + 1);
        match self.numbered {
            true => self.lines.iter().enumerate().map(numbered).collect::<Vec<_>>().join(" "),
            false => self.lines.join("；"),
        }
    }
}

fn whom(answer: &Answer) -> Vec<String> {
    answer
        .posts
        .iter()
        .map(|post| {
            let name = post.primary.as_ref().filter(|_| !post.vacant);
            let parts = [Some(&post.name), name].into_iter().flatten();
            let who = parts.map(String::as_str).collect::<Vec<_>>().join(" ");
            let phone = Some(post.phone.to_string());
            let phone = phone.filter(|phone| !phone.is_empty() && *phone != *answer.place.phone);
            let stand_in = post.stand_in();
            [Some(who), phone, stand_in].into_iter().flatten().collect::<Vec<_>>().join("，")
        })
        .collect()
}

fn papers(guide: &Guide) -> Vec<String> {
    let line = |paper: &super::papers::Paper| match paper.remarks() {
        remarks if remarks.is_empty() => paper.name.clone(),
        remarks => format!("{}（{remarks}）", paper.name),
    };
    guide.papers.iter().map(line).collect()
}

fn steps(guide: &Guide) -> Vec<String> {
    guide.steps.iter().map(|step| step.text.clone()).collect()
}

/// The beginning of a text, cut between characters.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}
