//! Bundles between copies, and the files that are no bundles. SPEC.md B-rules are in the names.

mod support;

use gangtu::bundle::{Bundle, BundleError, Plan, Since, export};
use gangtu::journal::chain::Link;
use gangtu::journal::hash::sha256_hex;
use gangtu::journal::memory::Memory;
use gangtu::journal::snapshot::Snapshot;
use gangtu::journal::{Desk, Draft, Fold};
use gangtu::model::Value;
use gangtu::model::migrations::MIGRATIONS;
use support::{at, desk, id, now, world};

fn write(desk: &Desk<Memory>, record: &str, title: &str) {
    let (kind, field) = at("post", "title");
    let mut draft = Draft::new("改岗位名称");
    draft.set(kind, &id(record), field, Value::text(title));
    now(desk.commit(&draft)).expect("commit");
}

fn bundle_of(desk: &Desk<Memory>) -> String {
    let rows = now(desk.rows()).expect("rows");
    export(&desk.meta(), "云溪镇", &rows, &Since::Start, 1_760_000_000_000)
}

fn take(desk: &Desk<Memory>, text: &str) -> gangtu::journal::desk::Taken {
    let mut bundle = Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    now(desk.take(bundle.into_lines(), "导入数据包")).expect("take")
}

fn hash(desk: &Desk<Memory>) -> String {
    desk.read(|fold| fold.state_hash())
}

#[test]
fn b1_an_empty_copy_becomes_the_same_township_and_a_second_import_changes_nothing() {
    let (here, there) = (desk(1), desk(2));
    write(&here, "p1", "文书岗");
    write(&here, "p1", "信息岗");
    let bundle = bundle_of(&here);
    assert_eq!(take(&there, &bundle).applied, 2);
    assert_eq!(hash(&here), hash(&there));
    let seq = there.meta().seq;
    let again = take(&there, &bundle);
    assert_eq!((again.applied, again.known), (0, 2));
    assert_eq!(there.meta().seq, seq);
}

#[test]
fn b2_an_empty_or_partial_bundle_deletes_nothing() {
    let (here, empty) = (desk(1), desk(2));
    write(&here, "p1", "文书岗");
    let before = hash(&here);
    take(&here, &bundle_of(&empty));
    assert_eq!(hash(&here), before);
}

#[test]
fn b3_a_gap_waits_is_named_and_closes_by_itself() {
    let (here, there) = (desk(1), desk(2));
    write(&here, "p1", "甲");
    let first = bundle_of(&here);
    write(&here, "p1", "乙");
    write(&here, "p2", "丙");
    let rows = now(here.rows()).expect("rows");
    let late = export(&here.meta(), "云溪镇", &rows[2..], &Since::Start, 0);
    let mut bundle = Bundle::open(late.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    let plan = there.plan(|base| Plan::of(std::slice::from_ref(&bundle), base)).expect("plan");
    assert_eq!((plan.missing[0].from, plan.missing[0].to), (1, 2));
    assert_eq!(take(&there, &late).parked, 1);
    assert_eq!(there.parked().len(), 1);
    take(&there, &first);
    assert_eq!(there.parked().len(), 1, "2 is still missing");
    let middle = export(&here.meta(), "云溪镇", &rows[1..2], &Since::Start, 0);
    assert_eq!(take(&there, &middle).applied, 2);
    assert!(there.parked().is_empty());
    assert_eq!(hash(&here), hash(&there));
}

#[test]
fn b3_a_reopened_base_still_holds_what_waits() {
    let (here, there) = (desk(1), desk(2));
    write(&here, "p1", "甲");
    write(&here, "p1", "乙");
    let rows = now(here.rows()).expect("rows");
    take(&there, &export(&here.meta(), "云溪镇", &rows[1..], &Since::Start, 0));
    let again = now(Desk::open(there.storage().clone(), world(3))).expect("open").expect("base");
    assert_eq!(again.parked().len(), 1);
}

/// What waited here has come by another tab; something else has to wait now.
#[test]
fn b3_what_has_to_wait_is_kept_though_something_else_waits_no_more() {
    let (here, other, there) = (desk(1), desk(4), desk(2));
    write(&here, "p1", "甲");
    write(&here, "p1", "乙");
    write(&other, "p2", "丙");
    write(&other, "p2", "丁");
    let rows = now(here.rows()).expect("rows");
    take(&there, &export(&here.meta(), "云溪镇", &rows[1..], &Since::Start, 0));
    let tab = now(Desk::open(there.storage().clone(), world(3))).expect("open").expect("base");
    take(&there, &bundle_of(&here));
    let late = now(other.rows()).expect("rows");
    take(&tab, &export(&other.meta(), "云溪镇", &late[1..], &Since::Start, 0));
    let again = now(Desk::open(there.storage().clone(), world(5))).expect("open").expect("base");
    assert_eq!(again.parked(), late[1..]);
}

#[test]
fn j11_what_only_a_newer_program_knows_is_forwarded_byte_for_byte() {
    let there = desk(2);
    let line = concat!(
        r#"{"by":"新版","n":1,"novel":{"z":1,"a":[2]},"ops":[{"op":"fly"},["robot","r1",{"arm":7}],"#,
        r#"["post","p1",{"hologram":"x"}]],"r":"newer","t":"0000000000030000","what":"新"}"#
    );
    let meta = desk(3).meta();
    let text = export(&meta, "云溪镇", &[line.to_string()], &Since::Start, 0);
    take(&there, &text);
    assert!(bundle_of(&there).contains(line));
}

#[test]
fn b7_edits_made_apart_are_seen_as_conflicts_before_and_after() {
    let (here, there) = (desk(1), desk(2));
    write(&here, "p1", "文书岗");
    take(&there, &bundle_of(&here));
    write(&here, "p1", "甲");
    write(&there, "p1", "乙");
    let mut bundle =
        Bundle::open(bundle_of(&there).as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    let plan = here.plan(|base| Plan::of(std::slice::from_ref(&bundle), base)).expect("plan");
    assert_eq!(plan.conflicts.len(), 1);
    take(&here, &bundle_of(&there));
    take(&there, &bundle_of(&here));
    assert_eq!(hash(&here), hash(&there));
    assert_eq!(here.read(|fold| fold.conflict_count()), 1);
}

#[test]
fn b8_a_whole_import_can_be_undone() {
    let (here, there) = (desk(1), desk(2));
    write(&here, "p1", "甲");
    write(&here, "p2", "乙");
    take(&there, &bundle_of(&here));
    now(there.undo()).expect("undo");
    assert!(there.read(|fold| fold.township().row("post", "p1").is_none()));
    now(there.redo()).expect("redo");
    assert!(there.read(|fold| fold.township().row("post", "p2").is_some()));
}

#[test]
fn b6_another_townships_bundle_is_refused() {
    let here = desk(1);
    let other = now(Desk::create(Memory::default(), world(4), "meishan".into(), "")).expect("desk");
    write(&other, "p1", "甲");
    let text = export(&other.meta(), "梅山镇", &now(other.rows()).expect("rows"), &Since::Start, 0);
    let mut bundle = Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    let error =
        here.plan(|base| Plan::of(std::slice::from_ref(&bundle), base)).expect_err("refused");
    assert!(error.to_string().contains("梅山镇"), "{error}");
}

#[test]
fn j9_two_tabs_that_take_one_file_store_it_once_and_export_it_once() {
    let (here, there) = (desk(1), desk(2));
    write(&here, "p1", "甲");
    let text = bundle_of(&here);
    let tab = now(Desk::open(there.storage().clone(), world(3))).expect("open").expect("base");
    assert_eq!(take(&there, &text).applied, 1);
    let again = take(&tab, &text);
    assert_eq!((again.applied, again.known), (0, 1));
    assert_eq!(now(there.rows()).expect("rows").len(), 1);
    let rows = now(there.rows()).expect("rows");
    let rows = [rows.clone(), rows].concat();
    let doubled = export(&there.meta(), "云溪镇", &rows, &Since::Start, 0);
    assert_eq!(take(&desk(4), &doubled).applied, 1);
}

fn refused(bytes: &[u8]) -> BundleError {
    Bundle::open(bytes, &gangtu::encoding::gb18030)
        .and_then(|mut bundle| bundle.read_all())
        .expect_err("refused")
}

#[test]
fn b4_hurt_files_are_named_one_by_one() {
    let here = desk(1);
    write(&here, "p1", "文书岗");
    let text = bundle_of(&here);
    assert_eq!(refused(b""), BundleError::Empty);
    assert_eq!(refused(&[0; 4096]), BundleError::Zeros);
    assert_eq!(refused(b"PK\x03\x04...."), BundleError::Archive);
    assert_eq!(refused(b"\x89PNG\r\n"), BundleError::OtherFile("一张图片"));
    assert_eq!(refused(b"{\"name\":1}"), BundleError::NotABundle);
    assert_eq!(refused("岗位,序号\n文书岗,1\n".as_bytes()), BundleError::NotABundle);
    assert_eq!(refused(&text.as_bytes()[..text.len() - 20]), BundleError::Truncated);
    assert_eq!(refused(format!("{text}x").as_bytes()), BundleError::TrailingBytes);
    assert_eq!(refused(text.replace("文书岗", "甲书岗").as_bytes()), BundleError::HashMismatch);
    assert_eq!(
        refused(text.replace("\"format\":2", "\"format\":9").as_bytes()),
        BundleError::NewerFormat { format: 9 }
    );
    let twice = text.replace("\"made\":", "\"made\":\"\",\"made\":");
    assert!(matches!(refused(twice.as_bytes()), BundleError::DuplicateKey { .. }));
    for error in [refused(b""), refused(twice.as_bytes())] {
        assert!(error.to_string().ends_with("现有数据没有任何改动。"));
    }
}

/// A foreign program may write any time; one that would make this copy's clock run out is refused.
#[test]
fn b4_a_time_beyond_all_clocks_is_refused() {
    let line = r#"{"by":"","n":1,"ops":[],"r":"far","t":"ffffffffffffffff","what":""}"#;
    let meta = desk(3).meta();
    let sound = export(
        &meta,
        "云溪镇",
        &[line.replace("ffffffffffffffff", &"0".repeat(16))],
        &Since::Start,
        0,
    );
    let body =
        sound.replace(&format!("\"t\":\"{}\"", "0".repeat(16)), "\"t\":\"ffffffffffffffff\"");
    let covered = body.rfind(",\"hash\":").map(|end| &body[..end]).expect("hash");
    let hash = sha256_hex(covered.as_bytes());
    let hostile = format!("{covered},\"hash\":\"{hash}\"}}\n");
    assert!(matches!(refused(hostile.as_bytes()), BundleError::TimeTooFar { counter: 1, .. }));
}

#[test]
fn b5_a_file_saved_again_with_bom_as_gbk_or_indented_is_still_read() {
    let here = desk(1);
    write(&here, "p1", "文书岗");
    let text = bundle_of(&here);
    let with_bom = format!("\u{feff}{text}");
    let (as_gbk, _, _) = encoding_rs::GBK.encode(&text);
    let json: serde_json::Value = serde_json::from_str(&text).expect("json");
    let indented = serde_json::to_string_pretty(&json).expect("text");
    for bytes in [with_bom.as_bytes(), &as_gbk, indented.as_bytes()] {
        let there = desk(2);
        let mut bundle = Bundle::open(bytes, &gangtu::encoding::gb18030).expect("bundle");
        bundle.read_all().expect("lines");
        now(there.take(bundle.into_lines(), "导入")).expect("take");
        assert_eq!(hash(&there), hash(&here));
    }
}

/// Who hashed the lines of an indented file, or read them meanwhile, did so with other lines than those
/// that are taken.
#[test]
fn b5_lines_hashed_elsewhere_are_those_of_the_file_as_it_was_written() {
    let here = desk(1);
    write(&here, "p1", &"岗".repeat(20_000));
    let text = bundle_of(&here);
    let json: serde_json::Value = serde_json::from_str(&text).expect("json");
    let indented = serde_json::to_string_pretty(&json).expect("text");
    for (file, kept) in [(&text, true), (&indented, false)] {
        let mut opening =
            Bundle::recognise(file.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
        assert_eq!(opening.long_lines().map(|(at, _)| at).collect::<Vec<_>>(), [0]);
        let told = Link::of("as if it were this");
        opening.know_links([(0, told)]);
        while opening.read_ahead(1) {}
        let found = sha256_hex(opening.covered());
        let mut bundle = opening.finish_as(&found).expect("sound");
        bundle.read_all().expect("lines");
        let line = &bundle.lines()[0];
        assert_eq!(line.action.to_line(), line.text);
        assert_eq!(line.link, if kept { told } else { Link::of(&line.text) });
    }
}

/// One bundle of every released format opens for ever, and says the same township.
#[test]
fn b1_m9_golden_bundles_open_as_they_did() {
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let files =
        std::fs::read_dir(&golden).expect("golden").map(|entry| entry.expect("entry").path());
    let bundles: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
    assert!(bundles.iter().any(|path| path.ends_with("format-1.json")));
    for path in &bundles {
        let there = desk(5);
        take(&there, &std::fs::read_to_string(path).expect("bundle"));
        let told = std::fs::read_to_string(path.with_extension("hash")).expect("hash");
        assert_eq!(hash(&there), told.trim(), "{}", path.display());
    }
    for migration in MIGRATIONS {
        let name = format!("{}-{}.json", migration.kind, migration.number);
        assert!(bundles.contains(&golden.join(&name)), "{name} from before the migration");
    }
}

/// What an older program wrote into a register that has another name now.
#[test]
fn m9_what_was_written_under_an_old_name_is_shown_changed_and_undone_under_the_new() {
    let there = desk(5);
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/post-1.json");
    take(&there, &std::fs::read_to_string(golden).expect("bundle"));
    let (kind, field) = at("post", "counterpart");
    let shown = |desk: &Desk<Memory>, record: &str| {
        desk.read(|fold| fold.township().row("post", record).expect("row").cells[field].clone())
    };
    let told = ["p0", "p1", "p2", "p3", "p4"].map(|record| shown(&there, record));
    let wanted = ["县民政局", "县人社局", "县农业农村局、县林业局", "县退役军人局", ""];
    assert_eq!(told, wanted.map(Value::text));
    let mut draft = Draft::new("修改岗位 民政岗");
    draft.set(kind, &id("p0"), field, Value::text("县民政局、县残联"));
    now(there.commit(&draft)).expect("commit");
    assert_eq!(there.read(|fold| fold.conflict_count()), 0, "it replaced what was written");
    now(there.undo()).expect("undo");
    assert_eq!(shown(&there, "p0"), Value::text("县民政局"));
    now(there.undo()).expect("undo the import");
    assert!(there.read(|fold| fold.township().row("post", "p0").is_none()));
}

/// A snapshot holds registers by name: one of an older program says the old ones.
#[test]
fn m9_a_snapshot_from_before_a_register_was_renamed_opens_as_it_was() {
    let there = desk(5);
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/post-1.json");
    take(&there, &std::fs::read_to_string(golden).expect("bundle"));
    let mut chunks = there.read(|fold| fold.to_snapshot()).chunks;
    for migration in MIGRATIONS {
        let (old, new) = (format!("\"{}\"", migration.from), format!("\"{}\"", migration.to));
        assert!(chunks.iter().any(|chunk| chunk.contains(&new)), "{new} is in it");
        chunks.iter_mut().for_each(|chunk| *chunk = chunk.replace(&new, &old));
    }
    let again = Fold::from_snapshot(&Snapshot { chunks }).expect("snapshot");
    assert_eq!(again.state_hash(), hash(&there));
}
