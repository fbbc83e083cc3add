//! A telephone number to be read and, on a phone, tapped. Shows whatever it is given.

use crate::ui::prelude::*;
use crate::view::phone::dial;

#[component]
pub fn Phone(#[prop(into)] number: String) -> impl IntoView {
    match dial(&number) {
        Some(href) => view! { <a class="phone" href=href>{number}</a> },
        None => number.into_any(),
    }
}
