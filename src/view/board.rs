//! 公示栏 of a township: which posts go on the board and what is said of each (YC-10, ZJ-10). Nobody is named who is not to
//! be; fields are those residents may see. Places nothing.

use rustc_hash::FxHashSet;

use crate::choices;
use crate::model::RecordId;
use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::{Post, Unit};
use crate::picture::board::{Board, Card, Part};
use crate::rules::Links;
use crate::rules::links::Seat;

choices! {
    /// What a card on the board says besides the title.
    Said {
        Names = "names", "姓名";
        Phone = "phone", "电话";
        Place = "place", "地点";
        Windows = "windows", "窗口";
        Matters = "matters", "办哪些事";
        Duties = "duties", "职责";
    }
}

/// What is wanted on the board.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardAsk {
    pub title: String,
    /// Units left out.
    pub without: FxHashSet<RecordId>,
    pub said: Vec<Said>,
    /// Whether people who are no leaders are named: only where they agreed.
    pub everybody: bool,
}

/// Units in the order of the chart, each before what is below it.
pub fn units(links: &Links) -> Vec<&Unit> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Unit> = links.top_units().into_iter().rev().collect();
    let mut known = FxHashSet::default();
    while let Some(unit) = waiting.pop() {
        if known.insert(&unit.id) {
            found.push(unit);
            waiting.extend(links.units_under(&unit.id).into_iter().rev());
        }
    }
    found
}

/// The board as it is asked for; units without posts are left out.
pub fn board(links: &Links, ask: &BoardAsk) -> Board {
    let wanted = units(links).into_iter().filter(|unit| !ask.without.contains(&unit.id));
    let mut parts: Vec<Part> = wanted.filter_map(|unit| part(links, ask, unit)).collect();
    let loose: Vec<Card> = links
        .posts
        .all()
        .iter()
        .filter(|post| links.units.find(post.unit.as_ref()).is_none())
        .map(|post| card(links, ask, post))
        .collect();
    if !loose.is_empty() {
        parts.push(Part { name: "其他岗位".to_string(), note: String::new(), cards: loose });
    }
    Board { title: ask.title.clone(), parts }
}

fn part(links: &Links, ask: &BoardAsk, unit: &Unit) -> Option<Part> {
    let posts = links.posts_in(&unit.id);
    let cards: Vec<Card> = posts.into_iter().map(|post| card(links, ask, post)).collect();
    let leader = links.leader_of(&unit.id).map(|post| format!("分管：{}", post.title));
    let says = |said: Said, label: &str, words: &str| {
        (ask.said.contains(&said) && !words.is_empty()).then(|| format!("{label}：{words}"))
    };
    let notes =
        [leader, says(Said::Place, "地点", &unit.place), says(Said::Phone, "电话", &unit.phone)];
    let note = notes.into_iter().flatten().collect::<Vec<String>>().join("　");
    (!cards.is_empty()).then(|| Part { name: unit.name.to_string(), note, cards })
}

fn card(links: &Links, ask: &BoardAsk, post: &Post) -> Card {
    // A table of posts alone says nothing of who holds them.
    let vacant = !links.holdings.all().is_empty() && links.is_vacant(&post.id);
    let mut lines = Vec::new();
    for said in Said::ALL.iter().filter(|said| ask.said.contains(said)) {
        match said {
            Said::Names => people(links, ask, post, vacant, &mut lines),
            Said::Phone => add(&mut lines, "电话", post.phone.to_string()),
            Said::Place => add(&mut lines, "地点", post.place.to_string()),
            Said::Windows => {
                let windows = links.windows_of_post(&post.id).into_iter();
                let windows = windows.map(|window| {
                    let place = if window.place.is_empty() {
                        String::new()
                    } else {
                        format!("（{}）", window.place)
                    };
                    format!("{}{place}", window.name)
                });
                add(&mut lines, "窗口", windows.collect::<Vec<String>>().join("、"));
            }
            Said::Matters => {
                let matters = links.matters_of_post(&post.id).into_iter();
                let matters = matters.map(|matter| matter.name.to_string());
                add(&mut lines, "办事", matters.collect::<Vec<String>>().join("、"));
            }
            Said::Duties => add(&mut lines, "职责", duties(links, post)),
        }
    }
    Card { title: post.title.to_string(), lines, vacant }
}

fn add(lines: &mut Vec<(String, String)>, label: &str, words: String) {
    if !words.trim().is_empty() {
        lines.push((label.to_string(), words));
    }
}

/// Who holds a post, as far as they may be named.
fn people(
    links: &Links,
    ask: &BoardAsk,
    post: &Post,
    vacant: bool,
    lines: &mut Vec<(String, String)>,
) {
    let seats = links.holders(&post.id);
    let named = |role: HoldRole| {
        let may = |seat: &&Seat| seat.role == role && (ask.everybody || seat.person.may_be_named());
        let names = seats.iter().filter(may).map(|seat| seat.person.name.to_string());
        names.collect::<Vec<String>>().join("、")
    };
    if vacant {
        add(lines, "主岗", "空缺".to_string());
    } else {
        add(lines, "主岗", named(HoldRole::Primary));
    }
    add(lines, "备岗", named(HoldRole::Backup));
}

/// In the post's own words, else the duties linked to it.
fn duties(links: &Links, post: &Post) -> String {
    if !post.duties.is_empty() {
        return post.duties.split_whitespace().collect::<Vec<&str>>().join(" ");
    }
    let linked = links.duties_of(&post.id).into_iter().map(|(duty, _)| duty.name.to_string());
    linked.collect::<Vec<String>>().join("；")
}
