//! Shows the toasts. What they say is decided where they are made.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;

use super::icon::Icon;
use crate::ui::session::use_session;
use crate::ui::toast::{Toast, Tone};

#[component]
pub fn ToastList() -> impl IntoView {
    let session = use_session();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || session.toasts.list.get() key=|toast| toast.id let:toast>
                <ToastView toast=toast/>
            </For>
        </div>
    }
}

#[component]
fn ToastView(toast: Toast) -> impl IntoView {
    let session = use_session();
    let id = toast.id;
    let failed = toast.tone == Tone::Failed;
    view! {
        <div class="toast" class:toast-failed=failed role=failed.then_some("alert")>
            <Icon name=if failed { "warn" } else { "check" }/>
            <p class="toast-text">{toast.text}</p>
            <Show when=move || toast.undo>
                <TextButton class="button button-small toast-undo" label="撤销" act=move |()| {
                        session.toasts.close(id);
                        session.undo();
                    }/>
            </Show>
            <button class="toast-close" aria-label="关闭" on:click=move |_| session.toasts.close(id)>
                <Icon name="close"/>
            </button>
        </div>
    }
}
