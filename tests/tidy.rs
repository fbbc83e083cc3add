//! Walks the repository and fails for what the compiler and clippy cannot see: house rules on files,
//! borders between rooms, colours, features old kernels lack, private data, traces of a machine.
//!
//! A rule is a plain function from a file's path and text to complaints; `rules_can_fail` holds one
//! text per rule that it must refuse. It does not judge style that `cargo fmt` settles.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

/// A complaint: line number (from 1) and what is wrong there.
type Complaint = (usize, String);
type Rule = fn(&str, &str) -> Vec<Complaint>;

const RULES: &[Rule] = &[
    opens_with_its_purpose,
    is_not_too_long,
    core_names_no_web_crate,
    does_not_unwrap,
    colours_come_from_tokens,
    styles_work_on_old_kernels,
    scripts_work_on_old_kernels,
    has_a_telling_name,
    has_no_trailing_space,
    samples_hold_no_real_numbers,
    shows_no_machine,
];

#[test]
fn the_repository_is_tidy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    walk(root, &mut files);
    files.sort();
    assert!(files.len() > 20, "the walk must reach the repository, it saw {} files", files.len());
    let mut complaints = Vec::new();
    for file in files {
        let path = file.strip_prefix(root).expect("below the root").to_string_lossy().to_string();
        let Ok(text) = fs::read_to_string(&file) else { continue };
        for rule in RULES {
            let found = rule(&path, &text).into_iter();
            complaints.extend(found.map(|(line, what)| format!("{path}:{line}: {what}")));
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// Every rule of SPEC.md has a test named after it: `j5_…` in Rust, `J5 …` in an end-to-end title.
#[test]
fn every_rule_has_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let spec = fs::read_to_string(root.join("SPEC.md")).expect("SPEC.md");
    let mut files = Vec::new();
    for room in ["src", "tests"] {
        walk(&root.join(room), &mut files);
    }
    let tests: String = files
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok())
        .collect::<Vec<_>>()
        .join("\n");
    let missing: Vec<String> =
        rule_ids(&spec).into_iter().filter(|rule| !is_shown(rule, &tests)).collect();
    assert!(missing.is_empty(), "no test is named after {missing:?}");
    assert!(!is_shown("Q99", &tests), "a rule nobody shows must be missed");
}

/// The ids in `- **J5** …`.
fn rule_ids(spec: &str) -> Vec<String> {
    let ids = spec.lines().filter_map(|line| line.strip_prefix("- **")?.split_once("**"));
    let ids: Vec<String> = ids.map(|(id, _)| id.to_string()).collect();
    assert!(ids.len() > 20, "the rules of SPEC.md were not found");
    ids
}

fn is_shown(rule: &str, tests: &str) -> bool {
    let small = rule.to_lowercase();
    [format!("fn {small}_"), format!("_{small}_"), format!("'{rule} "), format!("`{rule} ")]
        .iter()
        .any(|name| tests.contains(name.as_str()))
}

/// What is ignored by git is no part of the repository.
const IGNORED: &[&str] = &["target", "dist", "node_modules", ".git", ".cache"];

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("readable folder") {
        let path = entry.expect("readable entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_string();
        if IGNORED.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn is_rust(path: &str) -> bool {
    path.ends_with(".rs")
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("/tests.rs")
}

/// Lines with their numbers, up to the tests at the file's end.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines.take_while(|(_, line)| line.trim() != "#[cfg(test)]")
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

fn opens_with_its_purpose(path: &str, text: &str) -> Vec<Complaint> {
    if is_rust(path) && !text.starts_with("//! ") {
        return vec![(1, "open with `//!`: what the file is, what it does not do".to_string())];
    }
    Vec::new()
}

const MOST_LINES: usize = 700;

/// Tests and tables (files named `table.rs` or in `tables/`) may be longer.
fn is_not_too_long(path: &str, text: &str) -> Vec<Complaint> {
    let table = path.ends_with("table.rs") || path.contains("/tables/");
    let lines = code_lines(text).count();
    if is_rust(path) && !is_test(path) && !table && lines > MOST_LINES {
        return vec![(MOST_LINES + 1, format!("{lines} lines; {MOST_LINES} are the most"))];
    }
    Vec::new()
}

const WEB_CRATES: &[&str] =
    &["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo", "indexed_db_futures"];

/// The core compiles without a browser because it names none.
fn core_names_no_web_crate(path: &str, text: &str) -> Vec<Complaint> {
    let page = ["src/web", "src/ui", "src/main.rs"].iter().any(|room| path.starts_with(room));
    if !is_rust(path) || !path.starts_with("src/") || page {
        return Vec::new();
    }
    let named = |line: &str| WEB_CRATES.iter().find(|name| has_word(line, name)).copied();
    let lines = text.lines().enumerate().filter(|(_, line)| !is_comment(line));
    lines
        .filter_map(|(at, line)| Some((at + 1, format!("the core does not know {}", named(line)?))))
        .collect()
}

fn does_not_unwrap(path: &str, text: &str) -> Vec<Complaint> {
    if !is_rust(path) || is_test(path) {
        return Vec::new();
    }
    let call = concat!(".unwrap", "()");
    let lines = code_lines(text).filter(|(_, line)| line.contains(call) && !is_comment(line));
    lines.map(|(at, _)| (at, format!("{call} outside tests: say what went wrong"))).collect()
}

const TOKENS: &str = "style/00-tokens.css";
const NAMED_COLOURS: &[&str] = &[
    "white", "black", "red", "green", "blue", "yellow", "orange", "gray", "grey", "silver",
    "purple", "brown", "pink", "navy", "teal", "maroon", "gold",
];

fn colours_come_from_tokens(path: &str, text: &str) -> Vec<Complaint> {
    if !path.ends_with(".css") || path == TOKENS {
        return Vec::new();
    }
    let complaint = |(at, value): (usize, String)| {
        let what = format!("a colour outside {TOKENS}: `{}`", value.trim());
        has_colour(&value).then_some((at, what))
    };
    css_values(text).into_iter().filter_map(complaint).collect()
}

fn has_colour(value: &str) -> bool {
    let hex = value.split('#').skip(1).any(|rest| {
        let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
        matches!(digits, 3 | 4 | 6 | 8)
    });
    let called = ["rgb(", "rgba(", "hsl(", "hsla("].iter().any(|name| value.contains(name));
    hex || called || NAMED_COLOURS.iter().any(|name| has_word(value, name))
}

/// Line and value of every declaration; selectors and at-rules are left out, comments too.
fn css_values(css: &str) -> Vec<(usize, String)> {
    let mut values = Vec::new();
    let (mut piece, mut line, mut started) = (String::new(), 1, 1);
    for letter in blank_css_comments(css).chars() {
        match letter {
            ';' | '}' => {
                if let Some((_, value)) = piece.split_once(':') {
                    values.push((started, value.to_string()));
                }
                piece.clear();
            }
            '{' => piece.clear(),
            _ => {
                if piece.trim().is_empty() {
                    started = line;
                }
                piece.push(letter);
            }
        }
        line += usize::from(letter == '\n');
    }
    values
}

/// Comments become blanks; line numbers stay.
fn blank_css_comments(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        let (comment, left) = after.split_once("*/").unwrap_or((after, ""));
        bare.extend(comment.chars().filter(|letter| *letter == '\n'));
        rest = left;
    }
    bare + rest
}

/// Newer than Chromium 88, or a request: each with the word that gives it away.
const NEWER_CSS: &[&str] = &[
    "@layer",
    "@container",
    "@property",
    "@scope",
    "@starting-style",
    "@import",
    ":has(",
    "container-type",
    "color-mix(",
    "oklch(",
    "oklab(",
    "lch(",
    "lab(",
    "light-dark(",
    "accent-color",
    "text-wrap",
    "scrollbar-gutter",
    "subgrid",
    "http:",
    "https:",
];
const NEWER_UNITS: &[&str] = &["dvh", "svh", "lvh", "dvw", "svw", "lvw", "cqw", "cqh", "cqi"];

fn styles_work_on_old_kernels(path: &str, text: &str) -> Vec<Complaint> {
    if !path.ends_with(".css") {
        return Vec::new();
    }
    let bare = blank_css_comments(text);
    let mut complaints = css_nesting(&bare);
    for (at, line) in bare.lines().enumerate() {
        let feature = NEWER_CSS.iter().find(|word| line.contains(*word));
        let unit = NEWER_UNITS.iter().find(|unit| has_unit(line, unit));
        if let Some(word) = feature.or(unit) {
            complaints.push((at + 1, format!("`{word}` does not work on Chromium 88")));
        }
    }
    complaints
}

fn has_unit(line: &str, unit: &str) -> bool {
    let digit_before = |before: &str| before.ends_with(|letter: char| letter.is_ascii_digit());
    line.match_indices(unit).any(|(at, _)| digit_before(&line[..at]))
}

/// A rule inside a rule; at-rules may hold rules, rules may not.
fn css_nesting(bare: &str) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut open: Vec<bool> = Vec::new();
    let (mut head, mut line) = (String::new(), 1);
    for letter in bare.chars() {
        match letter {
            '{' => {
                let is_rule = !head.trim_start().starts_with('@');
                if open.last() == Some(&true) {
                    complaints.push((line, format!("`{}` is nested in a rule", head.trim())));
                }
                open.push(is_rule);
                head.clear();
            }
            '}' => {
                open.pop();
                head.clear();
            }
            ';' => head.clear(),
            _ => head.push(letter),
        }
        line += usize::from(letter == '\n');
    }
    complaints
}

/// Newer than Chromium 83, as Rust and as script spell them.
const NEWER_SCRIPT: &[&str] = &[
    "structured_clone",
    "structuredClone",
    "round_rect",
    "roundRect",
    "set_letter_spacing",
    "replaceChildren",
    "replace_children",
    "random_uuid",
    "randomUUID",
];

fn scripts_work_on_old_kernels(path: &str, text: &str) -> Vec<Complaint> {
    let shipped = path == "index.html" || (is_rust(path) && path.starts_with("src/"));
    if !shipped {
        return Vec::new();
    }
    let newer = |line: &str| NEWER_SCRIPT.iter().find(|word| line.contains(*word)).copied();
    let lines = text.lines().enumerate().filter(|(_, line)| !is_comment(line));
    lines
        .filter_map(|(at, line)| Some((at + 1, newer(line)?)))
        .map(|(at, word)| (at, format!("`{word}` does not work on Chromium 83")))
        .collect()
}

const EMPTY_NAMES: &[&str] =
    &["util", "utils", "helper", "helpers", "manager", "common", "misc", "shared"];

fn has_a_telling_name(path: &str, _: &str) -> Vec<Complaint> {
    let parts = path.split('/').map(|part| part.split('.').next().unwrap_or_default());
    let empty = parts.filter(|stem| EMPTY_NAMES.contains(stem));
    empty.map(|stem| (1, format!("`{stem}` says nothing about what is inside"))).collect()
}

fn has_no_trailing_space(path: &str, text: &str) -> Vec<Complaint> {
    // A golden file is what the program wrote, spaces and all.
    if path.contains("/golden/") {
        return Vec::new();
    }
    // Data from elsewhere is kept as it came.
    if path.starts_with("samples/") || path.ends_with(".csv") {
        return Vec::new();
    }
    let lines = text.lines().enumerate().filter(|(_, line)| line.ends_with([' ', '\t']));
    lines.map(|(at, _)| (at + 1, "space at the line's end".to_string())).collect()
}

/// Phones of sample people start with 1000, which no network gives out; nobody has an identity
/// number.
fn samples_hold_no_real_numbers(path: &str, text: &str) -> Vec<Complaint> {
    if !path.starts_with("samples/") {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for word in line.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-') {
            if looks_like_phone(word) && !word.starts_with("1000") {
                complaints.push((at + 1, format!("`{word}` could be somebody's phone")));
            }
            if looks_like_identity(word) {
                complaints.push((at + 1, format!("`{word}` looks like an identity number")));
            }
        }
    }
    complaints
}

fn all_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Eleven digits from 1, or an area code and a number.
fn looks_like_phone(word: &str) -> bool {
    let mobile = word.len() == 11 && word.starts_with('1') && all_digits(word);
    let fixed = word.split_once('-').is_some_and(|(area, number)| {
        area.starts_with('0')
            && matches!(area.len(), 3 | 4)
            && matches!(number.len(), 7 | 8)
            && all_digits(area)
            && all_digits(number)
    });
    mobile || fixed
}

/// 17 digits and a digit or X, with a birthday where one belongs.
fn looks_like_identity(word: &str) -> bool {
    if word.len() != 18 || !all_digits(&word[..17]) {
        return false;
    }
    let number = |from: usize, to: usize| word[from..to].parse().unwrap_or(0);
    let last =
        word.ends_with(|letter: char| letter.is_ascii_digit() || matches!(letter, 'X' | 'x'));
    last && (1900..2100).contains(&number(6, 10))
        && (1..=12).contains(&number(10, 12))
        && (1..=31).contains(&number(12, 14))
}

/// Split so that this file does not show what it looks for.
const MACHINE: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/tm", "p/"),
    concat!("registry.", "npmjs"),
    concat!("registry.", "yarnpkg"),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
];

fn shows_no_machine(_: &str, text: &str) -> Vec<Complaint> {
    let trace = |line: &str| MACHINE.iter().find(|word| line.contains(*word)).copied();
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(at, line)| {
            Some((at + 1, format!("`{}` belongs to one machine", trace(line)?)))
        })
        .collect()
}

/// `word` with no letter, digit or underscore on either side.
fn has_word(line: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(part) && !line[at + word.len()..].starts_with(part))
}

/// Every rule refuses its bad text and lets the good one pass.
#[test]
fn rules_can_fail() {
    let long = "//! x\n".to_string() + &"fn a() {}\n".repeat(MOST_LINES);
    let unwrap = format!("fn a() {{ b(){} }}", concat!(".unwrap", "()"));
    let tested = format!("#[cfg(test)]\n{unwrap}");
    let machine = format!("see {}notes", MACHINE[0]);
    for (rule, path, bad, good) in [
        (opens_with_its_purpose as Rule, "src/a.rs", "fn a() {}", "//! What a is."),
        (is_not_too_long, "src/a.rs", &long, "//! x"),
        (core_names_no_web_crate, "src/model/a.rs", "use leptos::prelude::*;", "// not leptos"),
        (core_names_no_web_crate, "src/lib.rs", "js_sys::Date::now()", "my_js_system()"),
        (does_not_unwrap, "src/a.rs", &unwrap, &tested),
        (colours_come_from_tokens, "style/a.css", ".a { color: #c03; }", "#face { top: 0 }"),
        (
            colours_come_from_tokens,
            "style/a.css",
            ".a{color:var(--a);border:1px solid rgb(1,2,3)}",
            ".a{color:var(--ink)}",
        ),
        (
            colours_come_from_tokens,
            "style/a.css",
            "a:hover{color:white}",
            ".white-space{white-space:nowrap}",
        ),
        (styles_work_on_old_kernels, "style/a.css", "@layer a { .b { top: 0 } }", "/* @layer */"),
        (
            styles_work_on_old_kernels,
            "style/a.css",
            ".a:has(b) { top: 0 }",
            "@media print { .a { top: 0 } }",
        ),
        (
            styles_work_on_old_kernels,
            "style/a.css",
            ".a { .b { top: 0 } }",
            ".a { top: 0 } .b { top: 0 }",
        ),
        (
            styles_work_on_old_kernels,
            "style/a.css",
            ".a { height: 100dvh }",
            ".advh { height: 100vh }",
        ),
        (styles_work_on_old_kernels, "style/a.css", "@import 'b.css';", ".a { background: none }"),
        (scripts_work_on_old_kernels, "src/web/a.rs", "page.round_rect(1)", "// no round_rect"),
        (has_no_trailing_space, "README.md", "a \nb", "a\nb"),
        (
            samples_hold_no_real_numbers,
            "samples/a.json",
            "\"phone\":\"13912345678\"",
            "\"phone\":\"10001234567\"",
        ),
        (samples_hold_no_real_numbers, "samples/a.json", "电话0571-88886666。", "2026-11-22 0571"),
        (
            samples_hold_no_real_numbers,
            "samples/a.json",
            "33010619900101123X",
            "330106199013011234 9f33010619900101123",
        ),
        (shows_no_machine, "README.md", &machine, "a network"),
    ] {
        assert_ne!(rule(path, bad), [], "must be refused: {bad}");
        assert_eq!(rule(path, good), [], "must pass: {good}");
    }
    assert_ne!(has_a_telling_name("src/model/utils.rs", ""), []);
    assert_eq!(has_a_telling_name("src/model/commonland.rs", ""), []);
}

#[test]
fn complaints_name_the_line() {
    let css = "/* one\ntwo */\n.a {\n  top: 0;\n  color: #123456;\n}\n";
    assert_eq!(colours_come_from_tokens("style/a.css", css)[0].0, 5);
    assert_eq!(has_no_trailing_space("a.md", "a\nb \n")[0].0, 2);
}
