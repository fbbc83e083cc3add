//! One record

use leptos::prelude::*;

use crate::model::{KindIx, RecordId};

#[component]
pub fn RecordPage(kind: KindIx, id: RecordId) -> impl IntoView {
    let _ = kind;
    view! { <h1>{id.to_string()}</h1> }
}
