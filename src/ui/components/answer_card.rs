//! An answer of the look-up as a card: a line to press, and under it which post, who stands in, where,
//! when, what to bring. Says what `answer` joined; looks nothing up itself.

use crate::ui::prelude::*;

use crate::answer::{Answer, AnswerPost};
use crate::model::schema;
use crate::route::Route;
use crate::ui::components::icon::Icon;
use crate::ui::components::phone::Phone;
use crate::ui::session::{Mode, use_session};
use crate::view::group_id;

/// Tells the cards apart: `matter/m1`.
pub fn name_of(answer: &Answer) -> String {
    group_id(schema().kinds[answer.kind].spec.id, &answer.id)
}

#[component]
pub fn AnswerCard(
    answer: Answer,
    answers: Memo<Option<Vec<Answer>>>,
    opened: RwSignal<Option<String>>,
) -> impl IntoView {
    let session = use_session();
    let kind = schema().kinds[answer.kind].spec;
    let toggle_key = name_of(&answer);
    let own_key = toggle_key.clone();
    // The first answer lies open: one tap less for most people. A guess does not.
    let first = move || {
        answers.with(|list| list.as_ref()?.first().filter(|it| !it.is_guess()).map(name_of))
    };
    let open = memo(move || opened.get().or_else(first).as_ref() == Some(&own_key));
    let toggle =
        move |_| opened.set(Some(if open.get() { String::new() } else { toggle_key.clone() }));
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

#[component]
fn AnswerBody(answer: Answer) -> impl IntoView {
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
            <div class="answer-lines">{lines.collect_view()}</div>
        </div>
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
    let stand_in = if post.vacant { "现由 B 岗办理" } else { "不在时找 B 岗" };
    let backup = match (&post.backup, post.has_backup) {
        (Some(name), _) => Some(format!("{stand_in}：{name}")),
        (None, true) => Some(stand_in.to_string()),
        (None, false) => None,
    };
    let both = !post.place.is_empty() && !post.phone.is_empty();
    view! {
        <li class="answer-post">
            <span class="answer-post-name">{post.name}</span>
            {primary}
            {backup.map(|text| view! { <span class="answer-holder">{text}</span> })}
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
