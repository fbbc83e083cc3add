//! 台账: all records of a kind

use leptos::prelude::*;

use crate::model::{KindIx, schema};

#[component]
pub fn ListPage(kind: KindIx) -> impl IntoView {
    view! { <h1>{schema().kinds[kind].spec.label}</h1> }
}
