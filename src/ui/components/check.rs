//! A box to tick with words beside it. Forms' fields are `field`'s.

use crate::ui::prelude::*;

/// Ticked while `chosen`; `choose` hears what it is to be.
pub fn check(
    label: impl Into<String>,
    chosen: impl Fn() -> bool + Send + Sync + 'static,
    choose: impl Fn(bool) + 'static,
) -> AnyView {
    let label = label.into();
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=chosen on:change=move |event| choose(event_target_checked(&event))/>
            <span>{label}</span>
        </label>
    }
    .into_any()
}
