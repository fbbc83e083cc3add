//! 找岗办事: everyday words in, the post, the person, the window and what to bring out. Large type, an
//! answer with every key press, at most three taps. Ranking is `search`'s, joining is `search::answer`'s.

use crate::ui::prelude::*;
use gloo::timers::callback::Timeout;
use leptos::ev::KeyboardEvent;
use leptos::html::Input;

use crate::answer::Answer;
use crate::route::Route;
use crate::sorting::Sorting;
use crate::ui::components::answer_card::{AnswerCard, name_of};
use crate::ui::components::icon::Icon;
use crate::ui::components::phone::Phone;
use crate::ui::finder::Finder;
use crate::ui::session::use_session;
use crate::web::hash;

/// Answers shown for a query.
const MOST: usize = 8;

/// The address follows when typing pauses, milliseconds.
const TOLD_AFTER_MS: u32 = 250;

#[component]
pub fn FindPage(query: String) -> impl IntoView {
    let session = use_session();
    let finder = expect_context::<Finder>();
    let typed = RwSignal::new(query);
    let opened = RwSignal::new(None::<String>);
    let answers = memo_untested(move || {
        let typed = typed.get();
        let typed = typed.trim();
        if typed.is_empty() { Some(Vec::new()) } else { finder.find(typed, MOST) }
    });
    // The words stand in the address, so that a reload or a shared link shows the same answers. The
    // page itself must not begin anew for it: the route signal is not touched.
    let telling = StoredValue::new_local(None::<Timeout>);
    effect(move || {
        let route = Route::Find { query: typed.get() };
        let later = Timeout::new(TOLD_AFTER_MS, move || hash::replace(&route.to_string()));
        telling.set_value(Some(later));
    });
    let big = move || typed.get().trim().is_empty();
    // A card stays while the same answer stays and nothing of the township has changed.
    let key = move |answer: &Answer| {
        (
            session.revision(),
            session.day.get_untracked(),
            session.mode.get_untracked() as u8,
            name_of(answer),
        )
    };
    view! {
        <section class="find" class:find-fresh=big>
            <h1 class="find-title">"找岗办事"</h1>
            <SearchBox typed=typed opened=opened/>
            <Show when=big>
                <Suggestions typed=typed/>
            </Show>
            <div class="find-answers" aria-live="polite">
                {move || answers.with(|list| match list.as_deref() {
                    None => view! { <p class="find-wait" role="status">"正在准备查询…"</p> },
                    Some([]) if !big() => view! { <NothingFound/> },
                    Some([answer, ..]) if answer.is_guess() => {
                        view! { <p class="find-wait" role="status">"没有完全对得上的，您也许要找："</p> }
                    }
                    _ => ().into_any(),
                })}
                <For each=move || answers.get().unwrap_or_default() key=key let:answer>
                    <AnswerCard answer=answer answers=answers opened=opened/>
                </For>
            </div>
            <Show when=move || session.is_lookup()>
                <p class="find-foot">"看不清楚？请到服务台问工作人员。"</p>
            </Show>
        </section>
    }
}

#[component]
fn SearchBox(typed: RwSignal<String>, opened: RwSignal<Option<String>>) -> impl IntoView {
    let session = use_session();
    let input = NodeRef::<Input>::new();
    effect(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let press = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            typed.set(String::new());
            opened.set(None);
        }
    };
    view! {
        <div class="find-box" role="search">
            <Icon name="find"/>
            <input
                class="find-input"
                node_ref=input
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder=move || match session.is_lookup() {
                    true => "想办什么事？",
                    false => "说说要办什么，如 低保、dbsq",
                }
                aria-label="要办的事，可以打字、拼音或首字母"
                prop:value=typed
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    opened.set(None);
                }
                on:keydown=press
            />
            <Show when=move || !typed.get().is_empty()>
                <button class="find-clear" aria-label="清空" on:click=move |_| typed.set(String::new())>
                    <Icon name="close"/>
                </button>
            </Show>
        </div>
    }
}

/// Before anything is typed: the windows, and matters people often come for.
#[component]
fn Suggestions(typed: RwSignal<String>) -> impl IntoView {
    let session = use_session();
    let chip = move |text: String| {
        let word = text.clone();
        view! {
            <button class="chip find-chip" on:click=move |_| typed.set(word.clone())>{text}</button>
        }
    };
    let windows = move || {
        let links = session.links();
        let mut windows: Vec<_> = links.windows.all().iter().collect();
        windows.arrange_by(|window| window.no);
        windows.iter().map(|window| window.name.to_string()).collect::<Vec<_>>()
    };
    let common = move || {
        let links = session.links();
        let common = links.matters.all().iter().filter(|matter| matter.common);
        // The everyday word is what people recognise; the official name stands on the card.
        let word = |matter: &crate::model::kinds::Matter| {
            matter
                .terms
                .iter()
                .min_by_key(|term| term.chars().count())
                .unwrap_or(&matter.name)
                .to_string()
        };
        common.map(word).take(24).collect::<Vec<_>>()
    };
    let nothing = move || {
        let links = session.links();
        links.matters.all().is_empty() && links.posts.all().is_empty()
    };
    view! {
        <Show when=move || !common().is_empty()>
            <h2 class="find-subtitle">"常办的事"</h2>
            <div class="find-chips">{move || common().into_iter().map(chip).collect_view()}</div>
        </Show>
        <Show when=move || !windows().is_empty()>
            <h2 class="find-subtitle">"按窗口找"</h2>
            <div class="find-chips">{move || windows().into_iter().map(chip).collect_view()}</div>
        </Show>
        <Show when=nothing>
            <div class="empty">
                <Show when=move || !session.is_lookup() fallback=|| view! { <p>"这里还没有可以查的内容。"</p> }>
                    <p>"还没有岗位和办事事项，先导入表格就能查了。"</p>
                    <a class="button button-main" href=Route::Import.href()>"导入表格"</a>
                </Show>
            </div>
        </Show>
    }
}

#[component]
fn NothingFound() -> impl IntoView {
    let session = use_session();
    let hall = move || {
        let links = session.links();
        links.town.as_ref().map(|town| (town.hall.clone(), town.hall_phone.clone()))
    };
    view! {
        <div class="empty find-none" role="status">
            <p>"没有找到。换个说法试试，比如“低保”“建房”“社保卡”。"</p>
            {move || hall().filter(|(_, phone)| !phone.is_empty()).map(|(hall, phone)| view! {
                <p>"也可以打便民服务中心电话 " <b class="number"><Phone number=&*phone/></b> "，或到" {hall.to_string()} "问。"</p>
            })}
        </div>
    }
}
