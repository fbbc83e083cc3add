//! `<Show>`: what stands there while something is so.

use leptos::prelude::{AnyView, ChildrenFn, Get, IntoView, Memo, ViewFn, component};

/// A closure that is asked again whenever what it reads changes.
pub struct Condition(Box<dyn Fn() -> bool + Send + Sync>);

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for Condition {
    fn from(asked: F) -> Self {
        Self(Box::new(asked))
    }
}

#[component]
pub fn Show(
    #[prop(into)] when: Condition,
    children: ChildrenFn,
    #[prop(optional, into)] fallback: ViewFn,
) -> impl IntoView {
    let shown = Memo::new(move |_| when.0());
    move || -> AnyView { if shown.get() { children() } else { fallback.run() } }
}
