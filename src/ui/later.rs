//! Pages whose code waits in the second part of the file: `xtask/src/pack/split.rs` says which. The
//! part is brought in once the first screen stands; a page asked for before says so and then comes
//! by itself. A page packed in one piece has its part at once.

use std::hint::black_box;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::ui::components::button::TextButton;
use crate::ui::toast::Toasts;
use crate::web::packed;

/// Where the second part is.
#[derive(Clone, Copy, PartialEq)]
enum Stand {
    Outside,
    In,
    /// It cannot be read: the file on the stick was hurt.
    Failed,
}

/// The second part of the program, in the page's context.
#[derive(Clone, Copy)]
pub struct Part(RwSignal<Stand>);

impl Part {
    pub fn outside() -> Part {
        Part(RwSignal::new(Stand::Outside))
    }

    /// Brings it in; a second call brings nothing twice, and disturbs no page that stands.
    pub async fn bring(self) {
        let stand = if packed::bring_later().await { Stand::In } else { Stand::Failed };
        if self.0.get_untracked() != stand {
            self.0.set(stand);
        }
    }
}

/// Whether the second part is in, for what is only offered once it is.
pub fn arrived() -> Signal<bool> {
    match use_context::<Part>() {
        None => Signal::stored(true),
        Some(part) => Signal::derive(move || part.0.get() == Stand::In),
    }
}

/// Waits for the second part; the `Err` is the sentence for people.
pub async fn bring() -> Result<(), String> {
    match packed::bring_later().await {
        true => Ok(()),
        false => {
            Err("岗图文件没有拷贝完整，这一项用不了；数据没有变化。请换一份完整的文件。".into())
        }
    }
}

/// Calls into the second part, by address: only what is never called by name can wait there.
pub fn call<A, B>(work: fn(A) -> B, given: A) -> B {
    black_box(work)(given)
}

/// Does work that waits in the second part, given by its address; where the part cannot be read, people
/// are told so.
pub fn enter<A: 'static>(toasts: Toasts, work: fn(A), given: A) {
    spawn_local(async move {
        match bring().await {
            Ok(()) => call(work, given),
            Err(sentence) => toasts.failed(sentence),
        }
    });
}

/// A page that waits for its code. Given by its address and never called by name, so that the packer
/// can tell where the second part is entered.
pub fn later(page: fn() -> AnyView) -> AnyView {
    later_with(|page| page(), page)
}

/// The same for what needs to be handed something.
pub fn later_with<A: Copy + Send + 'static>(page: fn(A) -> AnyView, given: A) -> AnyView {
    let page = black_box(page);
    let Some(part) = use_context::<Part>() else { return untrack(|| page(given)) };
    view! {
        {move || match part.0.get() {
            Stand::In => untrack(|| page(given)),
            Stand::Outside => view! { <p class="starting" role="status">"正在打开…"</p> },
            Stand::Failed => failed(part),
        }}
    }
}

/// A piece of a page that waits for its code: nothing stands in its place until it is there.
pub fn later_piece(piece: fn() -> AnyView) -> AnyView {
    later_piece_with(|piece| piece(), piece)
}

/// The same for what needs to be handed something.
pub fn later_piece_with<A: Copy + Send + 'static>(piece: fn(A) -> AnyView, given: A) -> AnyView {
    let piece = black_box(piece);
    let Some(part) = use_context::<Part>() else { return untrack(|| piece(given)) };
    view! {
        {move || match part.0.get() {
            Stand::In => untrack(|| piece(given)),
            Stand::Outside => ().into_any(),
            Stand::Failed => view! { <p class="quiet">"这一块读不出来：网页文件没有拷贝完整，请换一份。数据没有改动。"</p> },
        }}
    }
}

fn failed(part: Part) -> AnyView {
    let again = move |()| spawn_local(part.bring());
    view! {
        <section class="screen-fault" role="alert">
            <h1>"这一屏的程序读不出来"</h1>
            <p>
                "数据没有改动，已存的乡镇照常能看图、能查询。多半是这个网页文件没有拷贝完整：请换一份完整的岗图文件打开，数据还在原处。"
            </p>
            <TextButton class="button" label="再试一次" act=again/>
        </section>
    }
}
