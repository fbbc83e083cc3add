//! Looking something up, on whatever screen: what was typed, what answers it, and what leads in before anything is typed.
//! Ranking is `search`'s, joining is `answer`'s.

use crate::ui::prelude::*;
use gloo::timers::callback::Timeout;

use crate::answer::Answer;
use crate::model::Text;
use crate::model::kinds::Matter;
use crate::rules::Links;
use crate::sorting::Sorting;
use crate::ui::asking::Asking;
use crate::ui::components::answer_card::{AnswerCard, name_of};
use crate::ui::components::phone::Phone;
use crate::ui::finder::Finder;
use crate::ui::session::{Session, use_session};
use gangtu_search::Fit;

/// Answers shown for a query.
const MOST: usize = 8;

/// A question stands when nobody types any more; milliseconds.
const MEANT_AFTER_MS: u32 = 2_500;

/// A list that leads in: a life event, a window.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    pub title: String,
    /// Names of matters, to be looked up when pressed.
    pub names: Vec<String>,
}

/// What is looked up on a screen. `Copy`: handles only.
#[derive(Clone, Copy)]
pub struct Looking {
    pub session: Session,
    asking: Asking,
    pub typed: RwSignal<String>,
    /// The answer that was opened; an empty name where all were shut.
    pub opened: RwSignal<Option<String>>,
    /// What is shown while nothing is typed, instead of everything that leads in.
    pub listing: RwSignal<Option<Listing>>,
    /// `None` while the first index is made.
    pub answers: Memo<Option<Vec<Answer>>>,
}

impl Looking {
    pub fn begin(query: String) -> Looking {
        let finder = expect_context::<Finder>();
        let typed = RwSignal::new(query);
        let looking = Looking {
            session: use_session(),
            asking: expect_context::<Asking>(),
            typed,
            opened: RwSignal::new(None),
            listing: RwSignal::new(None),
            answers: memo_untested(move || {
                let typed = typed.get();
                let typed = typed.trim();
                if typed.is_empty() { Some(Vec::new()) } else { finder.find(typed, MOST) }
            }),
        };
        looking.count_questions();
        looking
    }

    /// What stands for a while was asked.
    fn count_questions(self) {
        let waiting = StoredValue::new_local(None::<Timeout>);
        // Asked while the first index is made, it waits for the answer: nobody would know whether there is one.
        let ready = memo(move || self.answers.with(Option::is_some));
        effect(move || {
            if !ready.get() || self.typed.with(|typed| typed.trim().is_empty()) {
                waiting.set_value(None);
                return;
            }
            self.asking.begun();
            let later = Timeout::new(MEANT_AFTER_MS, move || self.meant());
            waiting.set_value(Some(later));
        });
    }

    fn meant(self) {
        let (Some(typed), Some(Some(found))) =
            (self.typed.try_get_untracked(), self.answers.try_with_untracked(found))
        else {
            return;
        };
        self.asking.asked(&typed, found);
    }

    pub fn is_blank(self) -> bool {
        self.typed.with(|typed| typed.trim().is_empty())
    }

    /// Other words are looked up.
    pub fn type_in(self, words: String) {
        self.typed.set(words);
        self.opened.set(None);
        self.listing.set(None);
    }

    /// An answer was opened by hand.
    pub fn picked(self, id: &str) {
        self.meant();
        self.asking.picked(&self.typed.get_untracked(), id);
    }

    pub fn clear(self) {
        self.type_in(String::new());
    }
}

/// Whether there is an answer; nothing while the index is made.
fn found(answers: &Option<Vec<Answer>>) -> Option<bool> {
    let list = answers.as_ref()?;
    Some(list.first().is_some_and(|answer| answer.fit != Fit::Chance))
}

/// The answers to what is typed.
#[component]
pub fn Answers(looking: Looking) -> impl IntoView {
    let session = looking.session;
    // A card stays while the same answer stays and nothing of the township has changed.
    let key = move |answer: &Answer| {
        (
            session.revision(),
            session.day.get_untracked(),
            session.mode.get_untracked() as u8,
            name_of(answer),
        )
    };
    let told = |words: &'static str| view! { <p class="find-wait" role="status">{words}</p> };
    view! {
        <div class="find-answers" aria-live="polite">
            {move || looking.answers.with(|list| match list.as_deref() {
                None => told("正在准备查询…"),
                Some([]) if !looking.is_blank() => view! { <NothingFound/> },
                Some([first, ..]) => match first.fit {
                    Fit::Sure => ().into_any(),
                    Fit::Guess => told("没有完全对得上的，您也许要找："),
                    Fit::Chance => view! { <NothingFound/>{told("下面这些沾一点边：")} },
                },
                _ => ().into_any(),
            })}
            <For each=move || looking.answers.get().unwrap_or_default() key=key let:answer>
                <AnswerCard answer=answer looking=looking/>
            </For>
        </div>
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

/// Windows by their numbers: number and name.
pub fn windows(links: &Links) -> Vec<(Option<i64>, String)> {
    let mut windows: Vec<_> = links.windows.all().iter().collect();
    windows.arrange_by(|window| window.no.unwrap_or(i64::MAX));
    windows.iter().map(|window| (window.no, window.name.to_string())).collect()
}

/// Matters people often come for, by the everyday word: that is what people recognise; the official name stands on the
/// card.
pub fn common(links: &Links, most: usize) -> Vec<String> {
    let word = |matter: &Matter| -> Text {
        let shortest = matter.terms.iter().min_by_key(|term| term.chars().count());
        shortest.unwrap_or(&matter.name).clone()
    };
    let common = links.matters.all().iter().filter(|matter| matter.common);
    common.map(|matter| word(matter).to_string()).take(most).collect()
}

/// 大字
#[component]
pub fn LargeType() -> impl IntoView {
    let session = use_session();
    view! {
        <button
            class="button large-type"
            aria-pressed=move || session.large.get().to_string()
            on:click=move |_| session.large.update(|large| *large = !*large)
        >
            "大字"
        </button>
    }
}
