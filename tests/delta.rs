//! Bundles that hold a part: what one copy lacks, and what a messenger's limit lets through.

mod support;

use gangtu::bundle::{Bundle, Header, Plan, Since, split};
use gangtu::journal::memory::Memory;
use gangtu::journal::peer::{Knows, Sent};
use gangtu::journal::{Desk, Draft};
use gangtu::model::Value;
use proptest::prelude::*;
use support::{at, copied, desk, id, now};

fn write(desk: &Desk<Memory>, post: &str, title: &str) {
    let (kind, field) = at("post", "title");
    let mut draft = Draft::new("修改岗位");
    draft.set(kind, &id(post), field, Value::text(title));
    now(desk.commit(&draft)).expect("commit");
}

fn hash(desk: &Desk<Memory>) -> String {
    desk.read(|fold| fold.state_hash())
}

fn read(text: &str) -> Bundle {
    let mut bundle = Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    bundle
}

/// The next bundles of a copy, as its page makes them.
fn send(desk: &Desk<Memory>, since: &Since, limit: usize) -> Vec<Bundle> {
    let header = Header::next(&desk.meta(), "云溪镇", desk.knows(), 1_760_000_000_000);
    let parts = split(&header, &now(desk.rows()).expect("rows"), since, limit);
    let sent = Sent { number: header.number, hash: "abc".into() };
    now(desk.note_sent(&sent)).expect("note");
    parts.iter().map(|text| read(text)).collect()
}

fn take(desk: &Desk<Memory>, bundles: Vec<Bundle>) -> usize {
    now(desk.take(Bundle::offer(bundles), "导入")).expect("take").applied
}

fn since(desk: &Desk<Memory>, peer: &Desk<Memory>) -> Since {
    let knows = desk.meta().peers[&peer.meta().replica].knows.clone();
    Since::Version(desk.read(|fold| fold.heads().lacked_by(&knows)))
}

#[test]
fn b13_what_another_copy_knew_is_remembered_and_it_gets_just_what_it_lacks() {
    let (here, there) = (desk(1), desk(2));
    (0..5).for_each(|n| write(&here, &format!("p{n}"), "岗"));
    take(&there, send(&here, &Since::Start, usize::MAX));
    write(&there, "p8", "那边");
    take(&here, send(&there, &Since::Start, usize::MAX));
    assert_eq!(here.meta().peers[&there.meta().replica].number, 1);
    write(&here, "p9", "后来");
    let delta = send(&here, &since(&here, &there), usize::MAX);
    assert_eq!(delta[0].lines().len(), 1, "one line was new to the other");
    assert_eq!(delta[0].header.number, 2);
    assert_eq!(&*delta[0].header.previous, "abc", "each names the one before it");
    assert_eq!(take(&there, delta), 1);
    assert_eq!(hash(&here), hash(&there));
    // The other has answered nothing since; the same again is harmless.
    write(&here, "p9", "再改");
    assert_eq!(take(&there, send(&here, &since(&here, &there), usize::MAX)), 1);
    assert_eq!(hash(&here), hash(&there));
}

#[test]
fn b13_a_bundle_that_did_not_arrive_is_named_by_its_number() {
    let (here, there) = (desk(1), desk(2));
    write(&here, "p1", "甲");
    take(&there, send(&here, &Since::Start, usize::MAX));
    take(&here, send(&there, &Since::Start, usize::MAX));
    let mut known: Knows = here.read(|fold| fold.heads().knows());
    write(&here, "p2", "乙");
    let lost = send(&here, &Since::Version(known.clone()), usize::MAX);
    known.extend(here.read(|fold| fold.heads().knows()));
    write(&here, "p3", "丙");
    let third = send(&here, &Since::Version(known), usize::MAX);
    let plan = there.plan(|base| Plan::of(&third, base)).expect("plan");
    assert_eq!((plan.waiting, plan.missing.len()), (1, 1));
    assert_eq!(plan.senders[0].skipped, Some((2, 2)), "number 2 is missing");
    take(&there, third);
    take(&there, lost);
    assert_eq!(hash(&here), hash(&there));
}

#[test]
fn b13_a_forked_name_is_sent_from_the_fork_on() {
    let (here, far) = (desk(1), desk(3));
    write(&here, "p1", "甲");
    let twin = copied(&here, 2);
    write(&here, "p2", "这边");
    write(&twin, "p3", "那边");
    write(&twin, "p4", "那边");
    // The third has all of one side and tells so.
    take(&far, send(&twin, &Since::Start, usize::MAX));
    write(&far, "p5", "远处");
    take(&here, send(&far, &Since::Start, usize::MAX));
    take(&far, send(&here, &since(&here, &far), usize::MAX));
    assert_eq!(hash(&here), hash(&far));
}

#[test]
fn b14_parts_are_small_enough_say_which_they_are_and_join_in_any_order() {
    let (here, there) = (desk(1), desk(2));
    (0..200).for_each(|n| write(&here, &format!("p{n}"), "综合治理服务岗"));
    let limit = 16 << 10;
    let mut parts = send(&here, &Since::Start, limit);
    assert!(parts.len() > 2);
    let whole = parts.len() as u32;
    let named: Vec<_> = parts.iter().map(|bundle| bundle.header.part).collect();
    assert_eq!(named, (1..=whole).map(|at| Some((at, whole))).collect::<Vec<_>>());
    assert!(parts.iter().all(|bundle| bundle.header.number == 1));
    parts.reverse();
    let last = parts.remove(0);
    take(&there, parts);
    assert_ne!(hash(&here), hash(&there));
    let lacking = there.read(|fold| fold.heads().knows());
    let told = &there.meta().peers[&here.meta().replica].knows;
    assert!(told > &lacking, "what the other knows and this copy does not is remembered");
    take(&there, vec![last]);
    assert_eq!(hash(&here), hash(&there));
}

proptest! {
    #[test]
    fn b14_any_split_of_any_copies_joins_to_the_same(
        edits in proptest::collection::vec((0..3_usize, 0..6_usize, "[甲乙丙丁]{1,300}"), 1..40),
        limit in 5_000..20_000_usize,
        order in any::<u64>(),
    ) {
        let copies = [desk(1), desk(2), desk(3)];
        for (copy, post, title) in &edits {
            write(&copies[*copy], &format!("p{post}"), title);
        }
        let there = desk(9);
        let mut parts: Vec<Bundle> =
            copies.iter().flat_map(|copy| send(copy, &Since::Start, limit)).collect();
        let turn = order as usize % parts.len().max(1);
        parts.rotate_left(turn);
        if order % 2 == 0 {
            parts.reverse();
        }
        for part in parts.clone() {
            take(&there, vec![part]);
        }
        let at_once = desk(8);
        take(&at_once, parts);
        prop_assert_eq!(hash(&there), hash(&at_once));
        prop_assert_eq!(there.parked().len(), 0);
    }
}
