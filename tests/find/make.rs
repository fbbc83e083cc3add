//! Makes `samples/queries/find.csv` from the real matters, their everyday terms and the hand-written
//! sentences of `spoken.csv`; seeded, so that the same sources give the same file. Judges nothing.

use std::collections::BTreeMap;

use gangtu_search::sound::Sounds;

use crate::peers::{Rng, misspell};
use crate::township::Matter;

/// One query: the title it should reach, how it was made, and whether it may be tuned on.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Query {
    pub half: String,
    pub kind: String,
    pub query: String,
    pub target: String,
}

/// Sentences around a term or the beginning of a title.
const FRAMES: [&str; 14] = [
    "我想给家里老人办个{}怎么弄",
    "请问{}在哪里办",
    "{}需要什么材料",
    "{}怎么办",
    "我要办{}找谁",
    "想问一下{}的流程",
    "帮我妈弄{}要去哪个窗口",
    "{}能不能代办",
    "咋个申请{}",
    "你好{}要带什么",
    "办{}要多少钱",
    "我家没办{}现在还能办吗",
    "{}哪里办理",
    "这个{}要多久才下来",
];
const PER_KIND: usize = 130;

pub fn queries(matters: &[Matter], spoken: &[(String, String)]) -> Vec<Query> {
    let mut maker = Maker { rng: Rng::new(20_261_122), matters, out: Vec::new() };
    for _ in 0..PER_KIND {
        maker.title_kinds();
    }
    maker.term_kinds();
    for (query, target) in spoken {
        maker.put("sentence", query.clone(), target);
    }
    maker.halved()
}

struct Maker<'a> {
    rng: Rng,
    matters: &'a [Matter],
    out: Vec<Query>,
}

impl Maker<'_> {
    fn put(&mut self, kind: &str, query: String, target: &str) {
        let known = self.out.iter().any(|q| q.query == query);
        if !known && !query.is_empty() {
            let (kind, target) = (kind.to_owned(), target.to_owned());
            self.out.push(Query { half: String::new(), kind, query, target });
        }
    }

    /// One query of each kind that starts from a piece of a title.
    fn title_kinds(&mut self) {
        let (piece, target) = self.piece(4, 8);
        self.put("substring", piece, &target);
        let (piece, target) = self.piece(4, 8);
        self.put("pinyin", syllables(&piece).concat(), &target);
        let (piece, target) = self.piece(5, 9);
        self.put("initials", initials(&piece), &target);
        let (piece, target) = self.piece(4, 7);
        let (near, changed) = near_sounds(&syllables(&piece), &mut self.rng);
        if changed {
            self.put("near", near, &target);
        }
        let (piece, target) = self.piece(4, 8);
        let typed = misspell(&syllables(&piece).concat(), &mut self.rng);
        self.put("typo-letter", typed, &target);
        let (piece, target) = self.piece(5, 9);
        let typed = self.mistype(&piece);
        self.put("typo-char", typed, &target);
        let (piece, target) = self.piece(4, 6);
        let cut = 1 + self.rng.below(piece.chars().count() - 1);
        let head: String = piece.chars().take(cut).collect();
        let tail: String = piece.chars().skip(cut).collect();
        let mixed = format!("{head}{}", syllables(&tail).concat());
        self.put("mixed", mixed, &target);
        let (piece, target) = self.piece(4, 8);
        let frame = self.rng.pick(&FRAMES);
        self.put("framed", frame.replace("{}", &piece), &target);
    }

    fn term_kinds(&mut self) {
        let terms: Vec<(String, String)> = self
            .matters
            .iter()
            .flat_map(|m| m.terms.iter().map(|t| (t.clone(), m.title.clone())))
            .collect();
        for (term, target) in &terms {
            self.put("term", term.clone(), target);
            self.put("term-pinyin", syllables(term).concat(), target);
            let frame = self.rng.pick(&FRAMES);
            self.put("term-framed", frame.replace("{}", term), target);
        }
    }

    /// A piece of `least..=most` characters of a title that no other title holds.
    fn piece(&mut self, least: usize, most: usize) -> (String, String) {
        loop {
            let title = &self.matters[self.rng.below(self.matters.len())].title;
            let chars: Vec<char> = title.chars().collect();
            let len = least + self.rng.below(most - least + 1);
            if chars.len() < len {
                continue;
            }
            let at = self.rng.below(chars.len() - len + 1);
            let piece = &chars[at..at + len];
            let text: String = piece.iter().collect();
            let others = self.matters.iter().filter(|m| m.title.contains(&text)).count();
            if others == 1 && piece.iter().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)) {
                return (text, title.clone());
            }
        }
    }

    /// One character dropped or another in its place.
    fn mistype(&mut self, piece: &str) -> String {
        let mut chars: Vec<char> = piece.chars().collect();
        let at = self.rng.below(chars.len());
        if self.rng.below(2) == 0 {
            chars.remove(at);
        } else {
            let other = &self.matters[self.rng.below(self.matters.len())].title;
            chars[at] = other.chars().next().unwrap_or('的');
        }
        chars.into_iter().collect()
    }

    /// Every other query of a kind may be tuned on; the rest is reported.
    fn halved(self) -> Vec<Query> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let half = |mut q: Query| {
            let n = counts.entry(q.kind.clone()).or_default();
            *n += 1;
            q.half = if *n % 2 == 1 { "tune" } else { "report" }.to_owned();
            q
        };
        self.out.into_iter().map(half).collect()
    }
}

pub fn syllables(text: &str) -> Vec<String> {
    let sounds = Sounds::get();
    let code = |c: char| u16::try_from(u32::from(c)).unwrap_or_default();
    let spell = |c: char| sounds.spell(sounds.first(code(c))).to_owned();
    text.chars().map(spell).filter(|s| !s.is_empty()).collect()
}

fn initials(text: &str) -> String {
    syllables(text).iter().map(|s| &s[..1]).collect()
}

/// Every other syllable (at random) as somebody with an accent would type it.
fn near_sounds(syllables: &[String], rng: &mut Rng) -> (String, bool) {
    let sounds = Sounds::get();
    let mut changed = false;
    let mut out = String::new();
    for syllable in syllables {
        let (sound, _, _) = sounds.range(syllable);
        let near = sounds.near(sound);
        if !near.is_empty() && rng.below(2) == 0 {
            out.push_str(sounds.spell(near[rng.below(near.len())]));
            changed = true;
        } else {
            out.push_str(syllable);
        }
    }
    (out, changed)
}
