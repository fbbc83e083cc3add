//! 上次打印: what is kept reads back as it was, and what changed since is told by the words of the sheets and by the journal.

mod support;

use gangtu::picture::board::{Board, Card, Part, Wish, sheets};
use gangtu::picture::scene::Scene;
use gangtu::view::printed::{LastPrint, Leaf};
use support::{desk, write};

fn board(phone: &str, units: &[&str]) -> Vec<Scene> {
    let part = |name: &&str| Part {
        name: (*name).to_string(),
        note: String::new(),
        cards: vec![Card {
            title: "文书岗".to_string(),
            lines: vec![("电话".to_string(), phone.to_string())],
            vacant: false,
        }],
    };
    let board = Board { title: "公示栏".to_string(), parts: units.iter().map(part).collect() };
    sheets(&board, &Wish { room: (190.0, 268.0), apart: true, size: 1.0 })
}

fn leaves(scenes: &[Scene], day: &str) -> Vec<Leaf> {
    let names = ["目录", "党政办", "应急站"];
    scenes.iter().zip(names).map(|(scene, name)| Leaf::of(name, scene, day)).collect()
}

#[test]
fn p30_what_is_kept_reads_back_and_nonsense_reads_as_nothing() {
    let last = LastPrint {
        at: 1_793_581_200_000,
        knows: [("r1".into(), 12), ("r2".into(), 5)].into_iter().collect(),
        leaves: leaves(&board("1", &["党政办"]), ""),
    };
    assert_eq!(LastPrint::read(&last.to_text()), Some(last.clone()));
    let odd = LastPrint {
        leaves: vec![Leaf { name: "一\t二\n三".to_string(), mark: "0".to_string() }],
        ..last
    };
    assert_eq!(LastPrint::read(&odd.to_text()).expect("read").leaves[0].name, "一 二 三");
    for text in ["", "at\tx", "leaf\t1\t二", "at\t5\nknows\tr1", "at\t5\nwhat"] {
        assert_eq!(LastPrint::read(text), None, "{text}");
    }
}

#[test]
fn p30_a_sheet_has_changed_where_its_words_have() {
    let before = LastPrint {
        leaves: leaves(&board("10008", &["党政办", "应急站"]), ""),
        ..LastPrint::default()
    };
    let same = leaves(&board("10008", &["党政办", "应急站"]), "");
    assert_eq!((before.changed(&same), before.gone(&same)), (vec![], vec![]));
    let mut mixed = board("10008", &["党政办", "应急站"]);
    mixed[2] = board("10009", &["党政办", "应急站"]).swap_remove(2);
    assert_eq!(before.changed(&leaves(&mixed, "")), ["应急站"]);
    let fewer = leaves(&board("10008", &["党政办"]), "");
    assert_eq!(before.changed(&fewer), ["目录"], "one unit less stands in it");
    assert_eq!(before.gone(&fewer), ["应急站"]);
}

#[test]
fn p30_the_day_something_is_said_of_is_no_change() {
    let on = |day: &str| leaves(&board(&format!("10008 截至 {day}"), &["党政办"]), day);
    assert_eq!(on("2026年11月2日"), on("2027年1月1日"));
}

#[test]
fn p30_what_was_done_since_is_what_was_not_known_then() {
    let desk = desk(1);
    write(&desk, &[("post", "p", &[("title", "文书岗")])]);
    let knows = desk.read(|fold| fold.heads().knows());
    let last = LastPrint { at: 1, knows, leaves: Vec::new() };
    assert!(desk.read(|fold| last.since(fold.heads())).is_empty());
    write(&desk, &[("post", "p", &[("title", "文秘岗")])]);
    write(&desk, &[("post", "q", &[("title", "安全岗")])]);
    let done = desk.read(|fold| last.since(fold.heads()));
    assert_eq!(done.len(), 2);
    assert!(done[0].at >= done[1].at, "the newest first");
}
