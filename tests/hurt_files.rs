//! What happens to a bundle on the way (messengers, editors, sticks, careless programs), each hurt by its
//! name: either read as what was sent or refused whole, with the sentence that names it. The same in the
//! page: `tests/e2e/hurt_files.test.mjs`.

mod support;

use gangtu::bundle::{Bundle, BundleError, Since, export};
use gangtu::journal::memory::Memory;
use gangtu::journal::{Desk, Draft};
use gangtu::model::Value;
use support::{at, desk, id, now};

/// A bundle with Chinese in it, of a copy, and the copy's hash.
fn sent() -> (String, String) {
    let here = desk(1);
    let (kind, field) = at("post", "title");
    for title in ["文书岗", "信息岗"] {
        let mut draft = Draft::new("改岗位名称");
        draft.set(kind, &id("p1"), field, Value::text(title));
        now(here.commit(&draft)).expect("commit");
    }
    let rows = now(here.rows()).expect("rows");
    let text = export(&here.meta(), "云溪镇", &rows, &Since::Start, 1_760_000_000_000);
    (text, hash(&here))
}

fn hash(desk: &Desk<Memory>) -> String {
    desk.read(|fold| fold.state_hash())
}

fn read(bytes: &[u8]) -> Result<Bundle, BundleError> {
    let mut bundle = Bundle::open(bytes, &gangtu::encoding::gb18030)?;
    bundle.read_all()?;
    Ok(bundle)
}

/// Refused by this name, in words that say nothing has changed.
fn refused(bytes: &[u8], as_what: impl Fn(&BundleError) -> bool) {
    let error = read(bytes).map(|_| ()).expect_err("refused");
    assert!(as_what(&error), "{error:?}");
    assert!(error.to_string().ends_with("现有数据没有任何改动。"), "{error}");
}

/// Read, and the same township as was sent.
fn sound(bytes: &[u8], wanted: &str) {
    let there = desk(2);
    now(there.take(read(bytes).expect("reads").into_lines(), "导入")).expect("take");
    assert_eq!(hash(&there), wanted);
}

/// The bundle of one line of another program, sound as it is.
fn foreign(ops: &str) -> String {
    let line = format!(
        r#"{{"by":"外","n":1,"ops":[{ops}],"r":"foreign","t":"01a2000000000000","what":"写"}}"#
    );
    export(&desk(3).meta(), "云溪镇", &[line], &Since::Start, 0)
}

#[test]
fn b4_truncated_wherever_the_copying_stopped() {
    let (text, _) = sent();
    // Behind the last brace stands the line's end, which may be lost.
    for end in (1..text.len() - 1).filter(|end| text.is_char_boundary(*end)) {
        let short = &text.as_bytes()[..end];
        refused(short, |error| {
            matches!(error, BundleError::Truncated | BundleError::NotABundle)
                && (end < 20 || *error == BundleError::Truncated)
        });
    }
}

#[test]
fn b5_saved_again_with_a_bom() {
    let (text, wanted) = sent();
    sound(format!("\u{feff}{text}").as_bytes(), &wanted);
}

#[test]
fn b5_saved_again_as_gbk() {
    let (text, wanted) = sent();
    let (bytes, _, lossy) = encoding_rs::GBK.encode(&text);
    assert!(!lossy);
    sound(&bytes, &wanted);
}

#[test]
fn b5_saved_again_with_the_line_ends_of_windows() {
    let (text, wanted) = sent();
    sound(text.replace('\n', "\r\n").as_bytes(), &wanted);
}

#[test]
fn b4_zipped_by_a_messenger() {
    let (text, _) = sent();
    let zip = [b"PK\x03\x04\x14\0\0\0\x08\0".as_slice(), text.as_bytes()].concat();
    refused(&zip, |error| *error == BundleError::Archive);
    let gzip = [b"\x1f\x8b\x08\0".as_slice(), text.as_bytes()].concat();
    refused(&gzip, |error| *error == BundleError::Archive);
}

#[test]
fn b4_a_name_twice_in_the_envelope_and_in_a_line() {
    let (text, _) = sent();
    let envelope = text.replacen("\"made\":", "\"made\":\"\",\"made\":", 1);
    refused(envelope.as_bytes(), |error| matches!(error, BundleError::DuplicateKey { .. }));
    let line =
        foreign(r#"["post","p1",{"seats":1}]"#).replace("\"seats\":1", "\"seats\":1,\"seats\":2");
    let covered = line.rfind(",\"hash\":").map(|end| &line[..end]).expect("a hash");
    let again = gangtu::journal::hash::sha256_hex(covered.as_bytes());
    let sealed = format!("{covered},\"hash\":\"{again}\"}}\n");
    refused(
        sealed.as_bytes(),
        |error| matches!(error, BundleError::BadAction { at: 1, said } if said.contains("写了两次")),
    );
}

#[test]
fn b4_bytes_behind_the_end() {
    let (text, wanted) = sent();
    for more in ["x", "{}", "\0", "\n\u{1a}"] {
        refused(format!("{text}{more}").as_bytes(), |error| *error == BundleError::TrailingBytes);
    }
    refused(format!("{text}{text}").as_bytes(), |error| *error == BundleError::TrailingBytes);
    sound(format!("{text}\r\n \n").as_bytes(), &wanted);
}

#[test]
fn b4_two_gigabytes_of_zeros() {
    // Pages that are never written take no memory; nor must a reader look at all of them.
    let zeros = vec![0u8; 2 << 30];
    refused(&zeros, |error| matches!(error, BundleError::TooLarge { bytes } if *bytes == 2 << 30));
    refused(&zeros[..4096], |error| *error == BundleError::Zeros);
}

#[test]
fn b9_numbers_above_2_53() {
    let text = foreign(r#"["post","p1",{"seats":9007199254740993}]"#);
    let there = desk(2);
    now(there.take(read(text.as_bytes()).expect("reads").into_lines(), "导入")).expect("take");
    let (kind, field) = at("post", "seats");
    let seats = |desk: &Desk<Memory>| {
        desk.read(|fold| fold.township().table(kind).get("p1").map(|row| row.cells[field].clone()))
    };
    assert_eq!(seats(&there), Some(Value::text("9007199254740993")), "not a digit is lost");
    // Written again by this copy, it travels as text.
    let mut draft = Draft::new("抄");
    let (kind, field) = at("post", "title");
    draft.set(kind, &id("p2"), field, Value::int(9_007_199_254_740_993));
    now(there.commit(&draft)).expect("commit");
    let rows = now(there.rows()).expect("rows");
    let out = export(&there.meta(), "云溪镇", &rows, &Since::Start, 0);
    assert!(out.contains("\"title\":\"9007199254740993\""), "{out}");
    sound(out.as_bytes(), &hash(&there));
}

#[test]
fn j13_text_that_is_not_composed() {
    let text = foreign("[\"person\",\"a\",{\"name\":\"Ame\u{301}lie\"}]");
    let there = desk(2);
    now(there.take(read(text.as_bytes()).expect("reads").into_lines(), "导入")).expect("take");
    let rows = now(there.rows()).expect("rows").join("\n");
    assert!(rows.contains("Ame\u{301}lie"), "a line from elsewhere stays as it is");
    // What is written here is composed, and differs from it no more than it looks.
    let (kind, field) = at("person", "name");
    let mut draft = Draft::new("改");
    draft.set(kind, &id("b"), field, Value::text("Ame\u{301}lie"));
    now(there.commit(&draft)).expect("commit");
    let name =
        there.read(|fold| fold.township().row("person", "b").expect("b").cells[field].clone());
    assert_eq!(name, Value::text("Amélie"));
}
