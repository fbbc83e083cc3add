//! 带走: an answer as a slip of paper or a code to photograph. What stands on it is `answer::slip`'s.

use crate::answer::code::Code;
use crate::answer::slip::{Section, Slip};
use crate::ui::components::answer_card::Taking;
use crate::ui::components::button::TextButton;
use crate::ui::components::dialog::{Dialog, Shape};
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use crate::ui::toast::NOT_PRINTED;
use crate::web::{leavings, press, speech};

/// What a slip is printed on: the name, its class, and the width of the paper in millimetres.
const PAPERS: [(&str, &str, &str); 3] = [
    ("58", "58 毫米小票", "slip-58"),
    ("80", "80 毫米小票", "slip-80"),
    ("A4", "A4 纸", "slip-a4"),
];

/// Where the paper chosen last is kept.
const CHOSEN: &str = "slip-paper";

/// The dialog for one answer.
pub fn dialog(taking: Taking) -> AnyView {
    let session = use_session();
    let kept =
        leavings::get(CHOSEN).and_then(|kept| PAPERS.iter().position(|(id, ..)| *id == kept));
    let paper = RwSignal::new(kept.unwrap_or(1));
    let slip = slip_of(session, taking);
    let choice =
        move |(at, (id, label, _)): (usize, (&'static str, &'static str, &'static str))| {
            view! {
                <button
                    class="button"
                    type="button"
                    aria-pressed=move || (paper.get() == at).to_string()
                    on:click=move |_| {
                        paper.set(at);
                        leavings::set(CHOSEN, id);
                    }
                >
                    {label}
                </button>
            }
        };
    let print = move |()| {
        let (id, ..) = PAPERS[paper.get_untracked()];
        if press::print_copy(".slip", width(id)).is_none() {
            session.toasts.failed(NOT_PRINTED);
        }
    };
    view! {
        <Dialog title="带走" shape=Shape::Question close=taking.close>
            <div class="dialog-body slip-body">
                <p class="slip-told">"用手机拍下面的方块码，字就到手机里，不用上网。"</p>
                <div class="slip-desk" tabindex="0" role="region" aria-label="小条预览">
                    <div class=move || format!("slip {}", PAPERS[paper.get()].2)>{paint(&slip)}</div>
                </div>
            </div>
            <div class="dialog-foot">
                <div class="choices" role="group" aria-label="打在什么纸上">
                    {PAPERS.into_iter().enumerate().map(choice).collect_view()}
                </div>
                <TextButton class="button button-main" label="打印" act=print/>
            </div>
        </Dialog>
    }
}

fn slip_of(session: Session, taking: Taking) -> Slip {
    let (name, day) = (session.township_name(), session.day.get_untracked());
    taking.answer.with_value(|answer| Slip::of(answer, &name, day))
}

/// Reads an answer aloud.
pub fn speak((session, taking): (Session, Taking)) {
    taking.spoken.set(true);
    speech::say(&slip_of(session, taking).sentences(), move || {
        let _ = taking.spoken.try_set(false);
    });
}

/// Millimetres; none for a whole sheet.
fn width(paper: &str) -> Option<f64> {
    match paper {
        "58" => Some(58.0),
        "80" => Some(80.0),
        _ => None,
    }
}

fn paint(slip: &Slip) -> AnyView {
    let code = Code::of(&slip.code_text());
    view! {
        <h3 class="slip-title">{slip.title.clone()}</h3>
        <div class="slip-columns">
            <dl class="slip-sections">{slip.sections.iter().map(section).collect_view()}</dl>
            {code.map(|code| {
                let span = code.span();
                view! {
                    <svg class="slip-code" viewBox=format!("0 0 {span} {span}") role="img" aria-label="方块码，里面是这张小条上的字" shape-rendering="crispEdges">
                        <rect width=span height=span></rect>
                        <path d=code.path()></path>
                    </svg>
                }
            })}
        </div>
        <p class="slip-foot">{slip.foot.clone()}</p>
    }
}

fn section(section: &Section) -> AnyView {
    let many = section.lines.len() > 1;
    let lines = section.lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
    let body = match (many, section.numbered) {
        (true, true) => view! { <ol>{lines}</ol> },
        (true, false) => view! { <ul>{lines}</ul> },
        _ => section.lines.concat().into_any(),
    };
    view! { <div class="slip-section"><dt>{section.label}</dt><dd>{body}</dd></div> }
}
