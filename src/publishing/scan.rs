//! What must not go out by mistake, found in text: mobile numbers, identity numbers (GB 11643), bank cards, mail
//! addresses, names. Says what it found and where; allows nothing of itself. Telling too much is its way: a person
//! decides, once, with a reason.

use rustc_hash::FxHashSet;

use super::selection::Selection;
use crate::model::spec::FieldType;
use crate::model::value::parse_date;
use crate::model::{KindIx, RecordId, Value, schema};
use crate::sorting::Sorting;

/// What a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    Mobile,
    Identity,
    BankCard,
    Mail,
    Name,
}

impl Sign {
    pub fn label(self) -> &'static str {
        match self {
            Sign::Mobile => "手机号",
            Sign::Identity => "身份证号",
            Sign::BankCard => "银行卡号",
            Sign::Mail => "电子邮箱",
            Sign::Name => "没有决定公开的姓名",
        }
    }
}

/// Something found in a text: figures without what stood between them.
pub type Found = (Sign, String);

/// Something found in a field that would go out.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub sign: Sign,
    pub text: String,
    pub kind: KindIx,
    /// The record's id in the township.
    pub id: RecordId,
    /// The field's label.
    pub field: &'static str,
}

/// What is looked for, and what only looks like it.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// Names in order; those of one character would be found everywhere and are not looked for.
    names: Vec<String>,
    /// Codes of villages and cells: one in ten has the check figure of a bank card.
    codes: FxHashSet<String>,
}

impl Watch {
    pub fn for_names(names: impl IntoIterator<Item = String>) -> Watch {
        let closed = names.into_iter().map(|name| close(&name));
        let mut names: Vec<String> = closed.filter(|name| name.chars().count() >= 2).collect();
        names.arrange(Ord::cmp);
        Watch { names, codes: FxHashSet::default() }
    }

    /// The same, knowing the codes that would go out.
    pub fn knowing_codes(mut self, selection: &Selection) -> Watch {
        for row in &selection.rows {
            let fields = schema().kinds[row.kind].spec.fields;
            let codes = row.cells.iter().filter(|(field, _)| fields[*field].id == "code");
            self.codes.extend(codes.filter_map(|(_, code)| Some(code.as_str()?.to_string())));
        }
        self
    }

    fn find_names(&self, text: &str, found: &mut Vec<Found>) {
        if self.names.is_empty() {
            return;
        }
        let text = close(text);
        let mut letter = [0; 4];
        for (at, first) in text.char_indices() {
            let first: &str = first.encode_utf8(&mut letter);
            let from = self.names.partition_point(|name| &**name < first);
            let alike = self.names[from..].iter().take_while(|name| name.starts_with(first));
            for name in alike.filter(|name| text[at..].starts_with(&***name)) {
                found.push((Sign::Name, name.clone()));
            }
        }
    }
}

/// Without the spaces some write inside names: 张 三.
fn close(text: &str) -> String {
    text.chars().filter(|at| !at.is_whitespace() && *at != '·').collect()
}

/// Everything of a text that must not go out, each once.
pub fn find_in(text: &str, watch: &Watch) -> Vec<Found> {
    let mut found = Vec::new();
    figures(text, &mut found);
    mails(text, &mut found);
    watch.find_names(text, &mut found);
    found.retain(|(sign, text)| *sign != Sign::BankCard || !watch.codes.contains(text));
    found.arrange(Ord::cmp);
    found.dedup();
    found
}

/// Everything in the fields that would go out.
pub fn find_hits(selection: &Selection, watch: &Watch) -> Vec<Hit> {
    let mut hits = Vec::new();
    for row in &selection.rows {
        let spec = schema().kinds[row.kind].spec;
        for (field, value) in &row.cells {
            let field = &spec.fields[*field];
            // A name that goes out was decided on; a reference is an id of the file's own.
            let own_name = spec.id == "person" && field.id == "name";
            let refers = matches!(field.ty, FieldType::Ref(_));
            if own_name || refers {
                continue;
            }
            for (sign, text) in texts(value).flat_map(|text| find_in(text, watch)) {
                let id = row.id.clone();
                hits.push(Hit { sign, text, kind: row.kind, id, field: field.label });
            }
        }
    }
    hits
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let one = match value {
        Value::Text(text) => Some(&**text),
        _ => None,
    };
    one.into_iter().chain(value.as_set().iter().map(|member| &**member))
}

/// A run of figures, in pieces where something stood between them: 138 0000 1111, 138-0000-1111.
#[derive(Default)]
struct Run {
    pieces: Vec<String>,
    /// Whether a separator came since the last figure.
    parted: bool,
}

impl Run {
    fn take(&mut self, figure: char) {
        if self.parted || self.pieces.is_empty() {
            self.pieces.push(String::new());
            self.parted = false;
        }
        if let Some(piece) = self.pieces.last_mut() {
            piece.push(figure);
        }
    }

    /// What any of its pieces side by side may be; the longest count first.
    fn read(&mut self, found: &mut Vec<Found>) {
        let pieces = std::mem::take(&mut self.pieces);
        self.parted = false;
        let mut from = 0;
        while from < pieces.len() {
            let ends = (from + 1..=pieces.len()).rev();
            let read = ends.map(|to| (to, pieces[from..to].concat()));
            match read.filter_map(|(to, text)| Some((to, meaning(text)?))).next() {
                Some((to, meant)) => {
                    found.push(meant);
                    from = to;
                }
                None => from += 1,
            }
        }
    }
}

fn figures(text: &str, found: &mut Vec<Found>) {
    let mut run = Run::default();
    for at in text.chars().map(narrow) {
        match at {
            '0'..='9' => run.take(at),
            // The last place of an identity number.
            'x' | 'X' if run.pieces.last().is_some_and(|piece| piece.len() >= 4) && !run.parted => {
                run.take('X');
                run.parted = true;
            }
            ' ' | '-' | '.' | '_' | '\u{a0}' | '—' | '–' | '‐' | '·' | '\t' if !run.parted =>
            {
                run.parted = true;
            }
            _ => run.read(found),
        }
    }
    run.read(found);
}

/// Full-width figures, letters and signs as narrow ones; the minus of mathematics as a hyphen.
fn narrow(at: char) -> char {
    match at {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(at as u32 - 0xFEE0).unwrap_or(at),
        '\u{3000}' => ' ',
        '\u{2212}' => '-',
        _ => at,
    }
}

/// What figures are, going by their number and beginning.
fn meaning(figures: String) -> Option<Found> {
    if figures.contains('X') {
        return (figures.len() == 18 && figures.find('X') == Some(17) && is_born(&figures[6..14]))
            .then_some((Sign::Identity, figures));
    }
    // 0086, 86 or 0 may be dialled before a mobile number.
    let dialled = ["0086", "86", "0", ""]
        .iter()
        .find_map(|before| figures.strip_prefix(before).filter(|rest| is_mobile(rest)));
    if let Some(mobile) = dialled {
        return Some((Sign::Mobile, mobile.to_string()));
    }
    match figures.len() {
        18 if is_born(&figures[6..14]) => Some((Sign::Identity, figures)),
        // Of before 1999; later years would be those of codes of villages and cells.
        15 if figures[6..8] >= *"30" && is_born(&["19", &figures[6..12]].concat()) => {
            Some((Sign::Identity, figures))
        }
        16..=19 if is_card(&figures) => Some((Sign::BankCard, figures)),
        _ => None,
    }
}

fn is_mobile(figures: &str) -> bool {
    let bytes = figures.as_bytes();
    bytes.len() == 11 && bytes[0] == b'1' && bytes[1] >= b'3'
}

/// A day of birth, `19670203`.
fn is_born(day: &str) -> bool {
    let year = &day[..4];
    ("1900".."2100").contains(&year) && parse_date(day).is_some()
}

/// The check figure of ISO/IEC 7812 (Luhn), for the numbers banks begin with.
fn is_card(figures: &str) -> bool {
    let double = |figure: u32| if figure > 4 { 2 * figure - 9 } else { 2 * figure };
    let places = figures.bytes().rev().map(|byte| u32::from(byte - b'0')).enumerate();
    let sum: u32 =
        places.map(|(at, figure)| if at % 2 == 1 { double(figure) } else { figure }).sum();
    matches!(figures.as_bytes()[0], b'3'..=b'6' | b'9') && sum.is_multiple_of(10)
}

fn mails(text: &str, found: &mut Vec<Found>) {
    let text: Vec<char> = text.chars().map(narrow).collect();
    let local = |at: &char| at.is_ascii_alphanumeric() || "._%+-".contains(*at);
    let domain = |at: &char| at.is_ascii_alphanumeric() || ".-".contains(*at);
    for at in (0..text.len()).filter(|at| text[*at] == '@') {
        let before = text[..at].iter().rev().take_while(|at| local(at)).count();
        let after = text[at + 1..].iter().take_while(|at| domain(at)).count();
        let host: String = text[at + 1..at + 1 + after].iter().collect();
        let host = host.trim_end_matches(['.', '-']);
        let ends = host.rsplit_once('.').map_or(0, |(_, end)| end.len());
        if before > 0 && ends >= 2 {
            let who: String = text[at - before..at].iter().collect();
            found.push((Sign::Mail, [&who, "@", host].concat()));
        }
    }
}

#[cfg(test)]
mod tests;
