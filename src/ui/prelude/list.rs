//! `<For>`: a view for each entry of a list; entries that stay keep theirs.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use leptos::control_flow::{For as EachLine, ForProps as EachLineProps};
use leptos::prelude::{AnyView, IntoAny, IntoView, component};
use rustc_hash::FxHasher;

/// An entry as the list of views needs it.
struct Line {
    key: u64,
    view: Box<dyn FnOnce() -> AnyView + Send>,
}

#[component]
pub fn For<E, L, T, K, KF, C, V>(each: E, key: KF, children: C) -> impl IntoView
where
    E: Fn() -> L + Send + 'static,
    L: IntoIterator<Item = T>,
    T: Send + 'static,
    K: Hash,
    KF: Fn(&T) -> K + Send + 'static,
    C: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let children = Arc::new(children);
    lines(Box::new(move || {
        let line = |entry: T| {
            let children = Arc::clone(&children);
            let key = hashed(&key(&entry));
            Line { key, view: Box::new(move || children(entry).into_any()) }
        };
        each().into_iter().map(line).collect()
    }))
}

fn hashed(key: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    key.hash(&mut hasher);
    hasher.finish()
}

/// The one list all others are.
fn lines(each: Box<dyn Fn() -> Vec<Line> + Send>) -> AnyView {
    let props = EachLineProps::builder()
        .each(each)
        .key(|line: &Line| line.key)
        .children(|line: Line| (line.view)())
        .build();
    EachLine(props).into_any()
}
