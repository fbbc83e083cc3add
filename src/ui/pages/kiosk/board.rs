//! The kiosk's own keyboard: letters, figures, and words to choose instead of typing on. Knows no dictionary: the words are
//! what the look-up finds.

use crate::ui::prelude::*;
use leptos::ev::MouseEvent;

use super::Kiosk;
use crate::answer::entries::found_by;
use crate::ui::components::icon::Icon;
use crate::ui::finder::Finder;

const ROWS: [&str; 4] = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Words offered at once.
const WORDS: usize = 6;
/// What is longer is no word to choose at a glance; characters.
const LONGEST: usize = 14;
/// Hits looked at for them.
const HITS: usize = 24;

#[component]
pub(super) fn Keys(kiosk: Kiosk) -> impl IntoView {
    let looking = kiosk.looking;
    let add = move |sign: char| {
        let mut words = looking.typed.get_untracked();
        words.push(sign);
        looking.type_in(words);
    };
    let key = move |sign: char| {
        view! { <button class="key" type="button" tabindex="-1" on:click=move |_| add(sign)>{sign.to_string()}</button> }
    };
    let back = move |_| {
        let mut words = looking.typed.get_untracked();
        words.pop();
        looking.type_in(words);
    };
    let row = move |row: &'static str| view! { <div class="key-row">{row.chars().map(key).collect_view()}</div> };
    let [figures, first, second, third] = ROWS;
    view! {
        <div class="keyboard" role="group" aria-label="键盘" on:mousedown=keep_focus>
            {row(figures)}
            {row(first)}
            {row(second)}
            <div class="key-row">
                <button class="key key-wide" type="button" tabindex="-1" on:click=move |_| looking.clear()>"清空"</button>
                {third.chars().map(key).collect_view()}
                <button class="key key-wide" type="button" tabindex="-1" on:click=back>"退格"</button>
            </div>
            <div class="key-row">
                <p class="key-hint">"打拼音或每个字的首字母，如 低保 打 db"</p>
                <button class="key key-wide key-down" type="button" tabindex="-1" on:click=move |_| kiosk.keys.set(false)>
                    <Icon name="down"/>"收起键盘"
                </button>
            </div>
        </div>
    }
}

/// The words stay where they are typed.
fn keep_focus(event: MouseEvent) {
    event.prevent_default();
}

/// What the letters may mean.
#[component]
pub(super) fn Candidates(kiosk: Kiosk) -> impl IntoView {
    let finder = expect_context::<Finder>();
    let looking = kiosk.looking;
    let words = memo(move || {
        let typed = looking.typed.get();
        let typed = typed.trim();
        let hits = match typed.is_empty() {
            true => Vec::new(),
            false => finder.hits(typed, HITS).unwrap_or_default(),
        };
        let mut words: Vec<String> = Vec::new();
        for hit in &hits {
            let word = kiosk.session.read(|fold| found_by(hit, fold.township(), true));
            let fits = |word: &String| {
                word.chars().count() <= LONGEST && !words.contains(word) && word != typed
            };
            if let Some(word) = word.filter(fits) {
                words.push(word);
            }
        }
        words.truncate(WORDS);
        words
    });
    let one = move |word: String| {
        let chosen = word.clone();
        let choose = move |_| {
            looking.type_in(chosen.clone());
            kiosk.keys.set(false);
        };
        view! { <button class="candidate" type="button" on:click=choose>{word}</button> }
    };
    view! {
        <div class="candidates" role="group" aria-label="您要找的是不是" on:mousedown=keep_focus>
            {move || words.get().into_iter().map(one).collect_view()}
        </div>
    }
}
