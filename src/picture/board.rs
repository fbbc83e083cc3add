//! 公示栏: posts as cards on sheets of paper, in columns under their units, or a sheet for each unit behind an index.
//! Takes words and places them, in millimetres; reads no records and decides nothing about who may be named.

use super::geom::Rect;
use super::scene::{Builder, Scene};
use super::style::{Role, Style};
use super::text::TableMetrics;
use super::wrap::{elide, wrap};

/// A post on the board.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Card {
    pub title: String,
    /// What is said and how: 电话 and a number.
    pub lines: Vec<(String, String)>,
    /// Nobody holds it.
    pub vacant: bool,
}

/// A unit and its posts.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Part {
    pub name: String,
    /// Who leads it, where it is.
    pub note: String,
    pub cards: Vec<Card>,
}

/// What goes on the sheets.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Board {
    pub title: String,
    pub parts: Vec<Part>,
}

/// How it is put on sheets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wish {
    /// Millimetres a sheet has for it.
    pub room: (f64, f64),
    /// Each unit begins a sheet, and an index stands before them.
    pub apart: bool,
    /// 1 is read at arm's length, 1.5 from a step away.
    pub size: f64,
}

const TITLE: Style = Style::text(Role::Ink, 11.0).bold().song().middle();
const PART: Style = Style::text(Role::Ink, 6.4).bold().song();
const NOTE: Style = Style::text(Role::Quiet, 3.6);
const NAME: Style = Style::text(Role::Ink, 4.8).bold();
const LABEL: Style = Style::text(Role::Quiet, 3.6);
const WORD: Style = Style::text(Role::Ink, 3.6);
const INDEX: Style = Style::text(Role::Ink, 4.6);
/// A card is at least so wide for size 1, millimetres.
const NARROW: f64 = 84.0;
const GAP: f64 = 4.0;
const PAD: f64 = 3.0;
/// Lines lie so many of their size apart.
const LEADING: f64 = 1.45;
/// Of one text a card shows so many lines.
const MOST: usize = 5;
/// Room for 电话 and the like before what is said.
const LABELS: f64 = 15.0;

/// The sheets.
pub fn sheets(board: &Board, wish: &Wish) -> Vec<Scene> {
    let press = Press { wish: *wish };
    if !wish.apart {
        return press.flow(board);
    }
    let bodies: Vec<Vec<Scene>> = board
        .parts
        .iter()
        .map(|part| press.flow(&Board { title: String::new(), parts: vec![part.clone()] }))
        .collect();
    // How many sheets the index takes does not depend on the numbers in it.
    let before = press.index(board, &vec![0; board.parts.len()]).len();
    let mut at = before + 1;
    let firsts: Vec<usize> = bodies
        .iter()
        .map(|sheets| {
            let first = at;
            at += sheets.len();
            first
        })
        .collect();
    let mut all = press.index(board, &firsts);
    all.extend(bodies.into_iter().flatten());
    all
}

/// 目录: each part and the sheet it begins on, on as many sheets as it takes.
pub fn index(board: &Board, firsts: &[usize], wish: &Wish) -> Vec<Scene> {
    Press { wish: *wish }.index(board, firsts)
}

/// A sheet being filled from the top.
struct Sheet {
    b: Builder,
    y: f64,
    /// Something stands on it.
    used: bool,
}

struct Press {
    wish: Wish,
}

impl Press {
    fn style(&self, style: Style) -> Style {
        Style { size: style.size * self.wish.size as f32, ..style }
    }

    fn line(&self, style: Style) -> f64 {
        f64::from(style.size) * self.wish.size * LEADING
    }

    /// An empty sheet: its corners hold the scene's size, so that every sheet is printed alike.
    fn sheet(&self) -> Sheet {
        let mut b = Builder::default();
        let (w, h) = self.wish.room;
        let clear = b.style(Style::fill(Role::Clear));
        b.group("sheet", "sheet", "");
        b.rect(0, clear, Rect::sized(0.0, 0.0, w, h), 0.0);
        Sheet { b, y: 0.0, used: false }
    }

    fn columns(&self) -> usize {
        let (w, _) = self.wish.room;
        (((w + GAP) / (NARROW * self.wish.size + GAP)) as usize).max(1)
    }

    fn card_width(&self) -> f64 {
        let count = self.columns() as f64;
        (self.wish.room.0 - GAP * (count - 1.0)) / count
    }

    /// Parts one below the other, over as many sheets as they take.
    fn flow(&self, board: &Board) -> Vec<Scene> {
        let mut done = Vec::new();
        let mut sheet = self.sheet();
        if !board.title.is_empty() {
            self.title(&mut sheet, &board.title);
        }
        for part in &board.parts {
            self.part(&mut sheet, &mut done, part);
        }
        if sheet.used || done.is_empty() {
            done.push(sheet.b.finish());
        }
        done
    }

    fn title(&self, sheet: &mut Sheet, title: &str) {
        let (w, _) = self.wish.room;
        let id = sheet.b.style(self.style(TITLE));
        sheet.b.group("title", "title", title);
        for line in self.wrapped(title, TITLE, w, 2) {
            sheet.y += self.line(TITLE);
            sheet.b.text(2, id, w / 2.0, sheet.y - self.line(TITLE) * 0.28, &line);
        }
        sheet.y += GAP;
        sheet.used = true;
    }

    fn part(&self, sheet: &mut Sheet, done: &mut Vec<Scene>, part: &Part) {
        let rows: Vec<&[Card]> = part.cards.chunks(self.columns()).collect();
        let first = rows.first().map_or(0.0, |row| self.row_height(row));
        let mut named = false;
        // A heading never stands at the foot of a sheet without a card below it.
        if sheet.used && sheet.y + self.part_height(part) + first > self.wish.room.1 {
            self.turn(sheet, done);
        }
        for (at, row) in rows.iter().enumerate() {
            let high = self.row_height(row);
            if named && sheet.y + high > self.wish.room.1 {
                self.turn(sheet, done);
                named = false;
            }
            if !named {
                self.heading(sheet, part, at > 0);
                named = true;
            }
            self.row(sheet, row, high);
        }
        if rows.is_empty() {
            self.heading(sheet, part, false);
        }
    }

    fn turn(&self, sheet: &mut Sheet, done: &mut Vec<Scene>) {
        let full = std::mem::replace(sheet, self.sheet());
        done.push(full.b.finish());
    }

    fn part_height(&self, part: &Part) -> f64 {
        let note = if part.note.is_empty() { 0.0 } else { self.line(NOTE) };
        self.line(PART) + note + GAP
    }

    fn heading(&self, sheet: &mut Sheet, part: &Part, again: bool) {
        let (w, _) = self.wish.room;
        let (name, note) = (self.style(PART), self.style(NOTE));
        let words = if again { format!("{}（续）", part.name) } else { part.name.clone() };
        let (name_id, note_id) = (sheet.b.style(name), sheet.b.style(note));
        let rule = sheet.b.style(Style::line(Role::Ink, 0.5));
        sheet.b.group("part", "part", &part.name);
        sheet.y += self.line(PART);
        let fitted = elide(&TableMetrics, &words, name.font(), w);
        sheet.b.text(2, name_id, 0.0, sheet.y - self.line(PART) * 0.3, &fitted);
        if !part.note.is_empty() {
            sheet.y += self.line(NOTE);
            let fitted = elide(&TableMetrics, &part.note, note.font(), w);
            sheet.b.text(2, note_id, 0.0, sheet.y - self.line(NOTE) * 0.3, &fitted);
        }
        sheet.b.line(1, rule, &[(0.0, sheet.y), (w, sheet.y)]);
        sheet.y += GAP;
        sheet.used = true;
    }

    /// Text in lines, with an ellipsis where there are more than that.
    fn wrapped(&self, text: &str, style: Style, room: f64, most: usize) -> Vec<String> {
        let found = wrap(&TableMetrics, text, self.style(style).font(), room, most);
        let mut lines: Vec<String> = found.lines.into_iter().map(str::to_string).collect();
        if let Some(last) = lines.last_mut().filter(|_| found.cut) {
            last.push('…');
        }
        lines
    }

    /// The words of a card by lines, a label before the first of each text.
    fn lines<'a>(&self, card: &'a Card) -> Vec<(&'a str, String)> {
        let room = self.card_width() - 2.0 * PAD - LABELS * self.wish.size;
        let of = |(label, text): &'a (String, String)| {
            let lines = self.wrapped(text, WORD, room, MOST).into_iter().enumerate();
            lines.map(|(at, line)| (if at == 0 { label.as_str() } else { "" }, line))
        };
        let mut lines: Vec<(&str, String)> = card.lines.iter().flat_map(of).collect();
        // A card higher than a sheet would go over its foot.
        if lines.len() > self.most_lines() {
            lines.truncate(self.most_lines());
            if let Some((_, last)) = lines.last_mut() {
                let whole = [last.trim_end_matches('…'), "…"].concat();
                *last = elide(&TableMetrics, &whole, self.style(WORD).font(), room);
            }
        }
        lines
    }

    /// As many lines as a card alone under its heading has room for.
    fn most_lines(&self) -> usize {
        let around =
            self.line(PART) + self.line(NOTE) + 2.0 * GAP + 2.0 * PAD + 2.0 * self.line(NAME);
        ((self.wish.room.1 - around) / self.line(WORD)).max(1.0) as usize
    }

    fn title_lines(&self, card: &Card) -> Vec<String> {
        self.wrapped(&card.title, NAME, self.card_width() - 2.0 * PAD, 2)
    }

    fn card_height(&self, card: &Card) -> f64 {
        2.0 * PAD
            + self.title_lines(card).len() as f64 * self.line(NAME)
            + self.lines(card).len() as f64 * self.line(WORD)
    }

    fn row_height(&self, row: &[Card]) -> f64 {
        row.iter().map(|card| self.card_height(card)).fold(0.0, f64::max) + GAP
    }

    fn row(&self, sheet: &mut Sheet, row: &[Card], high: f64) {
        let wide = self.card_width();
        for (at, card) in row.iter().enumerate() {
            let x = at as f64 * (wide + GAP);
            self.card(sheet, card, Rect::sized(x, sheet.y, wide, high - GAP));
        }
        sheet.y += high;
        sheet.used = true;
    }

    fn card(&self, sheet: &mut Sheet, card: &Card, frame: Rect) {
        let b = &mut sheet.b;
        let boxed = if card.vacant {
            Style::boxed(Role::Card, Role::Vermilion, 0.5).dashed(super::style::Dash::Dashed)
        } else {
            Style::boxed(Role::Card, Role::LineStrong, 0.35)
        };
        let boxed = b.style(boxed);
        let [name, label, word] = [NAME, LABEL, WORD].map(|style| b.style(self.style(style)));
        b.group("card", "card", &card.title);
        b.rect(1, boxed, frame, 1.0);
        let (x, mut y) = (frame.x0 + PAD, frame.y0 + PAD);
        for line in self.title_lines(card) {
            y += self.line(NAME);
            b.text(2, name, x, y - self.line(NAME) * 0.3, &line);
        }
        for (head, text) in self.lines(card) {
            y += self.line(WORD);
            let at = y - self.line(WORD) * 0.3;
            b.text(2, label, x, at, head);
            b.text(2, word, x + LABELS * self.wish.size, at, &text);
        }
    }

    /// 目录: each unit with its posts and the sheet it begins on.
    fn index(&self, board: &Board, firsts: &[usize]) -> Vec<Scene> {
        let mut done = Vec::new();
        let mut sheet = self.sheet();
        self.title(&mut sheet, &board.title);
        for (part, first) in board.parts.iter().zip(firsts) {
            if sheet.y + self.entry_height(part) > self.wish.room.1 && sheet.used {
                self.turn(&mut sheet, &mut done);
            }
            self.entry(&mut sheet, part, *first);
        }
        done.push(sheet.b.finish());
        done
    }

    fn entry_posts(&self, part: &Part) -> String {
        part.cards.iter().map(|card| card.title.as_str()).collect::<Vec<&str>>().join("、")
    }

    fn entry_lines(&self, part: &Part) -> Vec<String> {
        self.wrapped(&self.entry_posts(part), NOTE, self.wish.room.0 - 2.0 * PAD, MOST)
    }

    fn entry_height(&self, part: &Part) -> f64 {
        self.line(INDEX) + self.entry_lines(part).len() as f64 * self.line(NOTE) + 2.0
    }

    fn entry(&self, sheet: &mut Sheet, part: &Part, first: usize) {
        let (w, _) = self.wish.room;
        let (name, note) = (self.style(INDEX), self.style(NOTE));
        let b = &mut sheet.b;
        let (name_id, end, note_id) = (b.style(name), b.style(name.end()), b.style(note));
        b.group("entry", "entry", &part.name);
        sheet.y += self.line(INDEX);
        let at = sheet.y - self.line(INDEX) * 0.3;
        b.text(2, name_id, 0.0, at, &elide(&TableMetrics, &part.name, name.font(), w * 0.8));
        b.text(2, end, w, at, &format!("第 {first} 张"));
        for line in self.entry_lines(part) {
            sheet.y += self.line(NOTE);
            b.text(2, note_id, PAD, sheet.y - self.line(NOTE) * 0.3, &line);
        }
        sheet.y += 2.0;
        sheet.used = true;
    }
}
