//! 找岗办事: everyday words in, the post, the person, the window and what to bring out. Large type, an
//! answer with every key press, at most three taps. The kiosk has a screen of its own.

use crate::ui::prelude::*;
use gloo::timers::callback::Timeout;
use leptos::ev::KeyboardEvent;
use leptos::html::Input;

use crate::route::Route;
use crate::ui::asking::Asking;
use crate::ui::components::icon::Icon;
use crate::ui::components::lives;
use crate::ui::components::looking::{Answers, LargeType, Looking, common, windows};
use crate::ui::later::later_piece;
use crate::ui::session::use_session;
use crate::web::hash;

/// The address follows when typing pauses, milliseconds.
const TOLD_AFTER_MS: u32 = 250;

/// Everyday words offered before anything is typed.
const COMMON: usize = 24;

#[component]
pub fn FindPage(query: String) -> impl IntoView {
    let session = use_session();
    let looking = Looking::begin(query);
    provide_context(looking);
    let asking = expect_context::<Asking>();
    // Whoever comes to the page is somebody else, as far as it knows.
    on_cleanup(move || asking.gone());
    // The words stand in the address, so that a reload or a shared link shows the same answers. The
    // page itself must not begin anew for it: the route signal is not touched.
    let telling = StoredValue::new_local(None::<Timeout>);
    effect(move || {
        let route = Route::Find { query: looking.typed.get() };
        let later = Timeout::new(TOLD_AFTER_MS, move || hash::replace(&route.to_string()));
        telling.set_value(Some(later));
    });
    let big = move || looking.is_blank();
    view! {
        <section class="find" class:find-fresh=big>
            <div class="find-top">
                <h1 class="find-title">"找岗办事"</h1>
                <Show when=move || session.is_lookup()><LargeType/></Show>
            </div>
            <SearchBox looking=looking/>
            <Show when=big>
                {move || match looking.listing.with(Option::is_some) {
                    true => view! {
                        <button class="button find-back" on:click=move |_| looking.listing.set(None)><Icon name="left"/>"返回"</button>
                        {later_piece(lives::lines)}
                    },
                    false => view! { <Suggestions looking=looking/> },
                }}
            </Show>
            <Answers looking=looking/>
            <Show when=move || session.is_lookup()>
                <p class="find-foot">"看不清楚？请到服务台问工作人员。"</p>
            </Show>
        </section>
    }
}

#[component]
fn SearchBox(looking: Looking) -> impl IntoView {
    let session = use_session();
    let input = NodeRef::<Input>::new();
    effect(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let press = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            looking.clear();
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
                prop:value=looking.typed
                on:input=move |event| looking.type_in(event_target_value(&event))
                on:keydown=press
            />
            <Show when=move || looking.typed.with(|typed| !typed.is_empty())>
                <button class="find-clear" aria-label="清空" on:click=move |_| looking.clear()>
                    <Icon name="close"/>
                </button>
            </Show>
        </div>
    }
}

/// Before anything is typed: matters people often come for, events of a life, the windows.
#[component]
fn Suggestions(looking: Looking) -> impl IntoView {
    let session = use_session();
    let chip = move |text: String| {
        let word = text.clone();
        view! {
            <button class="chip find-chip" on:click=move |_| looking.type_in(word.clone())>{text}</button>
        }
    };
    let windows = move || {
        let links = session.links();
        windows(&links).into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    let common = move || common(&session.links(), COMMON);
    let nothing = move || {
        let links = session.links();
        links.matters.all().is_empty() && links.posts.all().is_empty()
    };
    view! {
        <Show when=move || !common().is_empty()>
            <h2 class="find-subtitle">"常办的事"</h2>
            <div class="find-chips">{move || common().into_iter().map(chip).collect_view()}</div>
        </Show>
        {later_piece(lives::chips)}
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
