//! What floats over a page and holds the keyboard until it is answered: a question or a side sheet.

use crate::ui::prelude::*;
use leptos::ev::KeyboardEvent;
use leptos::html::Section;
use wasm_bindgen::JsCast;

use super::icon::Icon;
use crate::web::frame::on_next_frame;

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// In the middle: a question.
    Question,
    /// At the side: a form beside what it is about.
    Side,
}

const CAN_FOCUS: &str =
    "input:not([disabled]),select,textarea,button:not([disabled]),a[href],summary,[tabindex='0']";

/// Children are a `.dialog-body` and a `.dialog-foot`.
#[component]
pub fn Dialog(
    #[prop(into)] title: String,
    shape: Shape,
    #[prop(into)] close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let frame = NodeRef::<Section>::new();
    let before = StoredValue::new_local(active_element());
    effect(move || {
        let Some(frame) = frame.get() else { return };
        on_next_frame(move |_| focus_first(&frame));
    });
    on_cleanup(move || {
        // Back to where the reader was, once this is gone.
        let before = before.try_get_value().flatten();
        on_next_frame(move |_| {
            if let Some(before) = before.filter(|element| element.is_connected()) {
                let _ = before.focus();
            }
        });
    });
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            close.run(());
        }
        "Tab" => keep_inside(frame, &event),
        _ => {}
    };
    let class = if shape == Shape::Side { "drawer" } else { "dialog" };
    view! {
        <div class="veil" on:click=move |_| close.run(())></div>
        <section class=class role="dialog" aria-modal="true" aria-label=title.clone() node_ref=frame on:keydown=press>
            <header class="dialog-head">
                <h2 class="dialog-title">{title.clone()}</h2>
                <button type="button" class="button button-quiet button-icon" aria-label="关闭" on:click=move |_| close.run(())>
                    <Icon name="close"/>
                </button>
            </header>
            {children()}
        </section>
    }
}

fn active_element() -> Option<web_sys::HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

fn focusable(frame: &web_sys::Element) -> Vec<web_sys::HtmlElement> {
    let Ok(list) = frame.query_selector_all(CAN_FOCUS) else { return Vec::new() };
    let elements = (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok());
    elements.filter(|element: &web_sys::HtmlElement| element.offset_height() > 0).collect()
}

/// The first input of the body, else the first button of the foot.
fn focus_first(frame: &web_sys::Element) {
    let first = |within: &str| {
        let part = frame.query_selector(within).ok().flatten()?;
        focusable(&part).into_iter().next()
    };
    if let Some(element) = first(".dialog-body").or_else(|| first(".dialog-foot")) {
        let _ = element.focus();
    }
}

fn keep_inside(frame: NodeRef<Section>, event: &KeyboardEvent) {
    let Some(frame) = frame.get_untracked() else { return };
    let list = focusable(&frame);
    let (Some(first), Some(last)) = (list.first(), list.last()) else { return };
    let here = active_element();
    let at = |element: &web_sys::HtmlElement| here.as_ref() == Some(element);
    if event.shift_key() && at(first) {
        event.prevent_default();
        let _ = last.focus();
    } else if !event.shift_key() && at(last) {
        event.prevent_default();
        let _ = first.focus();
    }
}
