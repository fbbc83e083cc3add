//! The deck: its order, and what a page says of the township and of one post.

mod support;

use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::model::kinds::Post;
use gangtu::model::kinds::slide::{Slide, SlideView};
use gangtu::model::{Date, Ref};
use gangtu::rules::Links;
use gangtu::view::show::{
    added, changed, deck, figures, first_deck, kept, moved, post_sheet, removed,
};
use support::{Edit, desk, id, now, write};

fn day() -> Date {
    Date::from_ymd_opt(2026, 11, 2).expect("date")
}

fn slides(desk: &Desk<Memory>) -> Vec<Slide> {
    desk.read(|fold| deck(&fold.township().on(day())))
}

fn titles(desk: &Desk<Memory>) -> Vec<String> {
    slides(desk).iter().map(|slide| slide.title.to_string()).collect()
}

#[test]
fn w1_pages_keep_their_order_through_moves_additions_and_removals() {
    let desk = desk(1);
    assert!(slides(&desk).is_empty());
    now(desk.commit(&kept(&first_deck(&mut || desk.fresh_id())))).expect("commit");
    let first = titles(&desk);
    assert!(first.len() > 4);
    assert!(
        moved(&slides(&desk), 0, false).is_none()
            && moved(&slides(&desk), first.len() - 1, true).is_none()
    );
    now(desk.commit(&moved(&slides(&desk), 3, false).expect("up"))).expect("commit");
    let mut wanted = first.clone();
    wanted.swap(2, 3);
    assert_eq!(titles(&desk), wanted);
    now(desk.commit(&removed(&slides(&desk)[1], day()).expect("out"))).expect("commit");
    wanted.remove(1);
    assert_eq!(titles(&desk), wanted);
    now(desk.commit(&added(&slides(&desk), SlideView::Map, desk.fresh_id()))).expect("commit");
    let all = slides(&desk);
    let last = all.last().expect("page");
    assert_eq!((all.len(), last.view), (wanted.len() + 1, Some(SlideView::Map)));
    let draft = changed(last, "title", gangtu::model::Value::text("四色"));
    now(desk.commit(&draft)).expect("commit");
    assert_eq!(titles(&desk).last().map(String::as_str), Some("四色"));
    now(desk.undo()).expect("undo");
    assert_eq!(titles(&desk).last().map(String::as_str), Some(""));
}

const TOWNSHIP: &[Edit] = &[
    ("unit", "u", &[("name", "党政办")]),
    ("post", "p", &[("title", "文书岗"), ("unit", "u"), ("phone", "028-0000000")]),
    ("post", "q", &[("title", "档案岗"), ("unit", "u")]),
    ("person", "a", &[("name", "王小满")]),
    ("person", "b", &[("name", "李白露"), ("leader", "是")]),
    ("holding", "h1", &[("person", "a"), ("post", "p"), ("role", "A岗")]),
    ("holding", "h2", &[("person", "b"), ("post", "p"), ("role", "B岗")]),
    ("duty", "d1", &[("name", "公文运转"), ("list", "基本履职事项")]),
    ("duty", "d2", &[("name", "档案管理"), ("list", "配合履职事项")]),
    ("duty_link", "l1", &[("duty", "d1"), ("post", "p"), ("role", "主责")]),
    ("duty_link", "l2", &[("duty", "d2"), ("post", "p"), ("role", "协助")]),
];

#[test]
fn w3_a_post_names_its_people_only_when_asked_and_leaders_always() {
    let desk = desk(1);
    write(&desk, TOWNSHIP);
    let links = desk.read(|fold| Links::of(&fold.township().on(day())));
    let sheet = |post: &str, names| post_sheet(&links, &Ref::<Post>::new(id(post)), names);
    let quiet = sheet("p", false).expect("sheet");
    assert_eq!(quiet.holders, ["A 岗 有人", "B 岗 李白露"]);
    assert_eq!(
        (quiet.leads, quiet.assists),
        (vec!["公文运转".to_string()], vec!["档案管理".to_string()])
    );
    assert_eq!(sheet("p", true).expect("sheet").holders, ["A 岗 王小满", "B 岗 李白露"]);
    assert!(sheet("q", true).expect("sheet").vacant);
    assert_eq!(sheet("gone", true), None);
}

#[test]
fn w4_figures_of_what_is_not_there_are_left_out() {
    let empty = desk(1);
    let of = |desk: &Desk<Memory>| {
        let links = desk.read(|fold| Links::of(&fold.township().on(day())));
        figures(&links).into_iter().map(|figure| (figure.label, figure.value)).collect::<Vec<_>>()
    };
    assert!(of(&empty).is_empty());
    write(&empty, TOWNSHIP);
    let expected = [
        ("机构", 1),
        ("岗位", 2),
        ("在岗人员", 2),
        ("空岗", 1),
        ("基本履职事项", 1),
        ("配合履职事项", 1),
    ];
    assert_eq!(of(&empty), expected);
}
