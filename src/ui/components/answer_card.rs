//! An answer of the look-up as a card: a line to press, and under it which post, who stands in, where,
//! when, what to bring, how it goes. Says what `answer` joined; looks nothing up itself.

use crate::ui::prelude::*;

use crate::answer::guide::Guide;
use crate::answer::papers::Paper;
use crate::answer::steps::Step;
use crate::answer::{Answer, AnswerPost};
use crate::model::schema;
use crate::route::Route;
use crate::ui::components::hall;
use crate::ui::components::icon::Icon;
use crate::ui::components::looking::Looking;
use crate::ui::components::phone::Phone;
use crate::ui::components::points;
use crate::ui::components::slip;
use crate::ui::later::{enter, later_piece, later_piece_with, later_with};
use crate::ui::session::{Mode, use_session};
use crate::view::group_id;
use crate::web::speech;

/// Tells the cards apart: `matter/m1`.
pub fn name_of(answer: &Answer) -> String {
    group_id(schema().kinds[answer.kind].spec.id, &answer.id)
}

#[component]
pub fn AnswerCard(answer: Answer, looking: Looking) -> impl IntoView {
    let session = use_session();
    let Looking { answers, opened, .. } = looking;
    let kind = schema().kinds[answer.kind].spec;
    let toggle_key = name_of(&answer);
    let own_key = toggle_key.clone();
    // The first answer lies open: one tap less for most people. A guess does not.
    let first = move || {
        answers.with(|list| list.as_ref()?.first().filter(|it| !it.is_guess()).map(name_of))
    };
    let open = memo(move || opened.get().or_else(first).as_ref() == Some(&own_key));
    let toggle = move |_| {
        let shut = open.get_untracked();
        if !shut {
            looking.picked(&toggle_key);
        }
        opened.set(Some(if shut { String::new() } else { toggle_key.clone() }));
    };
    let record = Route::Record { kind: answer.kind, id: answer.id.clone() }.href();
    let desk = move || session.mode.get() == Mode::Desk;
    let window = answer.place.window.clone();
    // Under its own title a post says who holds it, everything else says which post it goes to.
    let first_post = answer.posts.first().and_then(|post| match kind.id {
        "post" => post.primary.as_ref().map(ToString::to_string),
        _ => Some(post.name.to_string()),
    });
    let summary = [Some(window).filter(|text| !text.is_empty()), first_post];
    let summary = summary.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <article class="answer" class:answer-open=open>
            <h2 class="answer-heading">
                <button class="answer-head" aria-expanded=move || open.get().to_string() on:click=toggle>
                    <span class="answer-kind">{kind.label}</span>
                    <span class="answer-title">{answer.title.clone()}</span>
                    <span class="answer-summary">{summary}</span>
                </button>
            </h2>
            <Show when=move || open.get()>
                <AnswerBody answer=answer.clone()/>
            </Show>
            <Show when=move || open.get() && desk()>
                <a class="answer-more" href=record.clone()>"打开记录"</a>
            </Show>
        </article>
    }
}

/// An answer about to be taken along.
#[derive(Clone, Copy)]
pub struct Taking {
    pub answer: StoredValue<Answer>,
    pub close: Callback<()>,
    /// It is being read aloud.
    pub spoken: RwSignal<bool>,
}

#[component]
fn AnswerBody(answer: Answer) -> impl IntoView {
    let taken = StoredValue::new(answer.clone());
    let place = answer.place;
    let fact = |icon: &'static str, label: &'static str, text: String| {
        (!text.is_empty()).then(|| {
            let text = match icon {
                "phone" => view! { <Phone number=text/> },
                _ => text.into_any(),
            };
            view! {
                <div class="answer-fact">
                    <dt><Icon name=icon/>{label}</dt>
                    <dd>{text}</dd>
                </div>
            }
        })
    };
    let lines =
        answer.lines.into_iter().map(|(label, text)| view! { <AnswerLine label=label text=text/> });
    view! {
        <div class="answer-body">
            <dl class="answer-facts">
                {fact("window", "窗口", place.window)}
                {fact("place", "地点", place.place.to_string())}
                {fact("time", "时间", place.hours.to_string())}
                {fact("phone", "电话", place.phone.to_string())}
            </dl>
            <ul class="answer-posts">
                {answer.posts.into_iter().map(|post| view! { <PostLine post=post/> }).collect_view()}
            </ul>
            {later_piece_with(hall::card, taken)}
            {answer.guide.map(|guide| view! { <GuideCard guide=guide/> })}
            <div class="answer-lines">{lines.collect_view()}</div>
            <Acts answer=taken/>
        </div>
    }
}

/// What a person can do with an answer.
#[component]
fn Acts(answer: StoredValue<Answer>) -> impl IntoView {
    let session = use_session();
    let (taken, spoken) = (RwSignal::new(false), RwSignal::new(false));
    let taking = Taking { answer, close: Callback::new(move |()| taken.set(false)), spoken };
    on_cleanup(move || {
        if spoken.try_get_untracked() == Some(true) {
            speech::stop();
        }
    });
    let speak = move |_| match spoken.get_untracked() {
        true => speech::stop(),
        false => enter(session.toasts, slip::speak, (session, taking)),
    };
    view! {
        <div class="answer-acts">
            <button class="button" on:click=move |_| taken.set(true)><Icon name="take"/>"打印或扫码带走"</button>
            <Show when=move || session.speaks.get()>
                <button class="button" aria-pressed=move || spoken.get().to_string() on:click=speak>
                    <Icon name="speak"/>{move || if spoken.get() { "不念了" } else { "念给我听" }}
                </button>
            </Show>
        </div>
        <Show when=move || taken.get()>{later_with(slip::dialog, taking)}</Show>
    }
}

/// 办事指南 of a matter.
#[component]
fn GuideCard(guide: Guide) -> impl IntoView {
    let short = [
        ("多久", guide.time),
        ("收费", guide.fee),
        ("能否代办", guide.proxy),
        ("网上办理", guide.online),
        ("主管部门", guide.department),
    ];
    let short = short.into_iter().filter(|(_, text)| !text.is_empty());
    let line =
        |(label, text): (&'static str, String)| view! { <AnswerLine label=label text=text/> };
    let condition = guide.condition.join("\n");
    view! {
        {(!guide.papers.is_empty()).then(|| view! { <Papers papers=guide.papers/> })}
        {(!guide.steps.is_empty()).then(|| view! { <Steps steps=guide.steps/> })}
        <div class="answer-lines">
            {(!condition.is_empty()).then(|| line(("谁能办", condition)))}
            {short.map(line).collect_view()}
        </div>
        {guide.sent.then(|| later_piece(points::card))}
    }
}

/// 带什么, as a list to tick off.
#[component]
fn Papers(papers: Vec<Paper>) -> impl IntoView {
    let one = |paper: Paper| {
        let remarks = paper.remarks();
        view! {
            <li class="paper">
                <span class="paper-name">{paper.name}</span>
                {(!remarks.is_empty()).then(|| view! { <span class="paper-remarks">{remarks}</span> })}
            </li>
        }
    };
    view! {
        <section class="answer-section">
            <h3>"带什么"</h3>
            <ul class="papers">{papers.into_iter().map(one).collect_view()}</ul>
        </section>
    }
}

/// 怎么办, as a flow chart: box after box, who does each below it.
#[component]
fn Steps(steps: Vec<Step>) -> impl IntoView {
    let one = |(at, step): (usize, Step)| {
        let who = [("主办", step.host), ("协办", step.helpers)];
        let who = who.into_iter().filter(|(_, who)| !who.is_empty());
        let who =
            who.map(|(label, who)| view! { <span class="step-who"><b>{label}</b>{who}</span> });
        view! {
            <li class="step">
                <span class="step-box"><b class="step-no" aria-hidden="true">{at + 1}</b>{step.text}</span>
                {who.collect_view()}
            </li>
        }
    };
    view! {
        <section class="answer-section">
            <h3>"怎么办"</h3>
            <ol class="steps">{steps.into_iter().enumerate().map(one).collect_view()}</ol>
        </section>
    }
}

#[component]
fn PostLine(post: AnswerPost) -> impl IntoView {
    let primary = match (&post.primary, post.vacant) {
        (_, true) => view! { <span class="tag tag-act">"暂无人在岗"</span> },
        (Some(name), _) => {
            view! { <span class="answer-holder"><b>"A"</b> {name.clone()}</span> }
        }
        (None, _) => ().into_any(),
    };
    let backup = post.stand_in();
    let away = post.away.is_some();
    let both = !post.place.is_empty() && !post.phone.is_empty();
    view! {
        <li class="answer-post">
            <span class="answer-post-name">{post.name}</span>
            {primary}
            {backup.map(|text| view! { <span class="answer-holder" class:answer-away=away>{text}</span> })}
            <span class="answer-contact">
                {post.place.to_string()}{both.then_some(" · ")}<Phone number=&*post.phone/>
            </span>
        </li>
    }
}

/// A section of a card; text of several lines is a list.
#[component]
fn AnswerLine(label: &'static str, text: String) -> impl IntoView {
    let parts: Vec<String> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Into::into).collect();
    let body = if parts.len() > 1 {
        let items = parts.into_iter().map(|part| view! { <li>{part}</li> }).collect_view();
        view! { <ul>{items}</ul> }
    } else {
        view! { <p>{parts.into_iter().next()}</p> }
    };
    view! {
        <section class="answer-line">
            <h3>{label}</h3>
            {body}
        </section>
    }
}
