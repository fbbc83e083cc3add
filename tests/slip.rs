//! SPEC S42: an answer goes along, on paper and in a code.

use gangtu::answer::code::{Code, QUIET};
use gangtu::answer::guide::Guide;
use gangtu::answer::papers::papers;
use gangtu::answer::slip::{CODE_BYTES, Slip};
use gangtu::answer::steps::steps;
use gangtu::answer::{Answer, AnswerPlace};
use gangtu::model::{Date, RecordId, schema};
use gangtu_search::Fit;
use proptest::prelude::*;

/// What a telephone reads off a code.
fn photographed(code: &Code) -> String {
    const SCALE: usize = 3;
    let side = code.span() * SCALE;
    let dark = |x: usize, y: usize| {
        let within = |at: usize| at.checked_sub(QUIET).filter(|at| *at < code.size);
        match (within(x / SCALE), within(y / SCALE)) {
            (Some(x), Some(y)) => code.is_dark(x, y),
            _ => false,
        }
    };
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(
            side,
            side,
            |x, y| if dark(x, y) { 0 } else { 255 },
        );
    let grids = image.detect_grids();
    grids.first().expect("a code").decode().expect("text").1
}

fn answer(steps_text: &str) -> Answer {
    Answer {
        kind: schema().kind("matter").expect("kind"),
        id: RecordId::parse("m1").expect("id"),
        title: "最低生活保障".into(),
        fit: Fit::Sure,
        posts: Vec::new(),
        place: AnswerPlace {
            window: "3 号窗口 民政".into(),
            place: "便民服务中心一楼".into(),
            hours: "8:30—12:00".into(),
            phone: "10008810003".into(),
        },
        guide: Some(Guide {
            condition: vec!["本镇户籍".into()],
            papers: papers("申请书1份（窗口填写）；户口簿原件"),
            steps: steps(steps_text),
            time: "承诺 20 个工作日".into(),
            fee: "不收费".into(),
            ..Guide::default()
        }),
        lines: Vec::new(),
    }
}

fn slip(steps: &str) -> Slip {
    Slip::of(&answer(steps), "云溪镇", Date::from_ymd_opt(2026, 6, 15).expect("day"))
}

#[test]
fn s42_the_code_holds_the_words_of_the_slip() {
    let slip = slip("窗口申请；入户调查；公示7天");
    let text = slip.code_text();
    assert_eq!(text, slip.text());
    for words in [
        "最低生活保障",
        "3 号窗口 民政",
        "申请书（1 份，窗口填写）；户口簿（原件）",
        "1.窗口申请 2.入户调查",
        "云溪镇 2026年6月15日",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let code = Code::of(&text).expect("code");
    assert_eq!(photographed(&code), text);
}

#[test]
fn s42_where_a_code_has_no_room_the_dispensable_goes_first() {
    let slip = slip(&"到窗口办理一次；".repeat(60));
    let text = slip.code_text();
    assert!(text.len() <= CODE_BYTES);
    assert!(!text.contains("怎么办") && slip.text().contains("怎么办"));
    for kept in ["带什么", "窗口：", "电话：", "多久"] {
        assert!(text.contains(kept), "{kept}");
    }
    // 105 squares: 0.4 mm each on a till's paper of 58 mm.
    assert!(Code::of(&text).expect("code").size <= 105);
}

#[test]
fn s42_the_path_is_the_squares() {
    let code = Code::of("岗图").expect("code");
    let runs = code.path().matches('M').count();
    let dark = (0..code.size).flat_map(|y| (0..code.size).map(move |x| (x, y)));
    let dark: Vec<_> = dark.filter(|(x, y)| code.is_dark(*x, *y)).collect();
    let begins = dark.iter().filter(|(x, y)| *x == 0 || !code.is_dark(x - 1, *y)).count();
    assert_eq!(runs, begins);
    assert!(code.path().starts_with(&format!("M{QUIET} {QUIET}h7v1h-7z")), "the finder's edge");
}

proptest! {
    #[test]
    fn s42_any_words_make_a_code_that_reads_back(title in "[一-龥a-zA-Z0-9（）：；]{1,400}") {
        let mut answer = answer("");
        answer.title = title;
        let slip = Slip::of(&answer, "云溪镇", Date::from_ymd_opt(2026, 6, 15).expect("day"));
        let text = slip.code_text();
        prop_assert!(text.len() <= CODE_BYTES);
        prop_assert_eq!(photographed(&Code::of(&text).expect("code")), text);
    }
}
