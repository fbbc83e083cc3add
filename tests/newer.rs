//! What newer programs made, opened to look. SPEC.md rules are in the names.

mod support;

use gangtu::bundle::newer::Unread;
use gangtu::bundle::{Bundle, BundleError, Newer};
use gangtu::encoding::gb18030;
use gangtu::journal::Fold;

/// Lines of a program that knows more: members, a kind, a field, an op type, a line of another shape.
const LINES: [&str; 5] = [
    r#"{"by":"李秀英","mood":{"z":1},"n":1,"ops":[["post","p1",{"title":"文书岗"},{},"why"]],"r":"n1","t":"0190000000030000","what":"新增"}"#,
    r#"{"by":"李秀英","n":2,"ops":[{"op":"fly"},["robot","r1",{"arm":7,"leg":2}],["post","p1",{"hologram":"x"}]],"r":"n1","t":"0190000000040000","what":"新"}"#,
    r#"{"author":"李秀英","no":3,"set":[]}"#,
    r#"{"by":"李秀英","n":4,"ops":[["post","p1",{"title":"信息岗"},{"title":"0190000000030000"}]],"r":"n1","t":"0190000000050000","what":"改"}"#,
    r#"{"by":"","n":1,"ops":[["clock","n1",{"1@n2":"0190000000030000"}],["town","t1",{"name":"云溪镇"}]],"r":"n2","t":"0190000000060000","what":"收"}"#,
];

/// As a program of format 7 might write them: other members, no counts, another hash.
fn file(lines: &[&str]) -> String {
    let head = r#"{"gangtu":"bundle","format":7,"township":{"id":"yunxi","name":"云溪镇","flag":1},"sender":{"name":"李秀英","seat":[]},"made":"2031-05-06T01:02:03Z","counts":"many","mode":{"a":[1]},"actions":["#;
    format!("{head}\n{}\n],\"hash\":[\"sm3\",\"00\"]}}\n", lines.join(",\n"))
}

fn read(text: &str) -> Result<Newer, BundleError> {
    let mut newer = Newer::open(text.as_bytes(), &gb18030)?;
    while !newer.step(2)? {}
    Ok(newer)
}

fn title(fold: &Fold) -> String {
    fold.township().title_of("post", "p1")
}

#[test]
fn b15_a_newer_bundle_is_read_as_far_as_it_is_understood() {
    let newer = read(&file(&LINES)).expect("read");
    assert_eq!((newer.format, &*newer.township, &*newer.name), (7, "yunxi", "云溪镇"));
    assert_eq!(title(newer.fold()), "信息岗", "behind a line that does not read, too");
    assert_eq!(newer.fold().township().title_of("town", "t1"), "云溪镇");
    let kinds = [("robot".to_string(), 2)].into();
    assert_eq!(newer.unread(), &Unread { read: 4, lines: 1, op_types: 1, kinds, fields: 1 });
    assert_eq!(newer.origin(), "由新版岗图导出（格式 7），李秀英，2031-05-06");
    let told = newer.told();
    for words in
        ["4 条操作", "1 条操作、1 类新记录（2 处改动）、1 处新栏目的改动、1 处新式操作", "核对不了"]
    {
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn b15_what_is_all_understood_says_so() {
    let newer = read(&file(&LINES[3..])).expect("read");
    assert!(newer.unread().is_nothing());
    assert!(newer.told().starts_with("共 2 条操作，本版都读得懂。"), "{}", newer.told());
}

#[test]
fn b15_a_newer_bundle_is_never_taken_as_a_bundle() {
    let error = Bundle::open(file(&LINES).as_bytes(), &gb18030).expect_err("refused");
    assert_eq!(error, BundleError::NewerFormat { format: 7 });
}

#[test]
fn b15_what_says_nothing_that_could_be_shown_is_refused_as_before() {
    let refused = |text: &str| read(text).expect_err("refused");
    let newer = BundleError::NewerFormat { format: 7 };
    assert_eq!(refused(&file(&LINES[2..3])), newer, "no line reads");
    assert_eq!(refused(&file(&[])), newer, "no line at all");
    assert_eq!(refused(&file(&LINES).replace("\"actions\"", "\"deeds\"")), newer);
    assert_eq!(refused(&file(&LINES).replace("\"id\"", "\"key\"")), newer);
    let old = file(&LINES).replace("\"format\":7", "\"format\":2");
    assert_eq!(refused(&old), BundleError::NotABundle, "of this format");
    let text = file(&LINES);
    let cut = Bundle::open(&text.as_bytes()[..text.len() - 20], &gb18030).expect_err("refused");
    assert_eq!(cut, BundleError::Truncated);
}

#[test]
fn j5_a_newer_base_is_read_to_look_unless_it_is_locked() {
    let meta = r#"{"version":7,"township":"yunxi","author":"李秀英","shape":{"new":true}}"#;
    let rows = vec![LINES[..3].join("\n"), LINES[3].to_string()];
    let mut newer = Newer::of_base(meta, &rows).expect("base");
    assert!(newer.step(100).expect("read"));
    assert_eq!((title(newer.fold()), newer.unread().lines), ("信息岗".to_string(), 1));
    assert!(newer.origin().contains("新版岗图保存的（数据版本 7）"), "{}", newer.origin());
    let locked = meta.replace("\"shape\":{\"new\":true}", "\"locked\":[\"…\"]");
    assert!(Newer::of_base(&locked, &rows).is_none());
    assert!(Newer::of_base("{}", &[]).is_none());
}
