//! Which columns are shown, kept for each kind in this browser.

use crate::ui::prelude::*;

use super::state::{TableState, listed};
use crate::model::schema;
use crate::ui::components::icon::Icon;

#[component]
pub fn ColumnMenu(state: TableState) -> impl IntoView {
    let open = RwSignal::new(false);
    let fields = schema().kinds[state.kind].spec.fields;
    let order = listed(state.kind);
    let line = move |field: usize| {
        let shown = move || state.columns.with(|columns| columns.contains(&field));
        let title = move || state.columns.with(|columns| columns.first() == Some(&field));
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=shown
                    disabled=title
                    on:change=move |_| switch(state, field)
                />
                <span>{fields[field].label}</span>
            </label>
        }
    };
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" && open.get_untracked() {
            open.set(false);
        }
    });
    on_cleanup(move || handle.remove());
    view! {
        <div class="menu-anchor">
            <button
                class="button button-small"
                aria-haspopup="true"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name="columns"/>
                <span>"列"</span>
            </button>
            <Show when=move || open.get()>
                <div class="menu-behind" on:click=move |_| open.set(false)></div>
                <div class="menu menu-left" role="group" aria-label="选择显示的列">
                    <div class="check-line">{(0..fields.len()).filter(|at| fields[*at].is_tabled()).map(line).collect_view()}</div>
                    <button
                        class="button button-small"
                        on:click={let order = order.clone(); move |_| state.set_columns(order.clone())}
                    >
                        "恢复默认"
                    </button>
                </div>
            </Show>
        </div>
    }
}

/// Takes a column out, or puts it where the declaration has it.
fn switch(state: TableState, field: usize) {
    let mut columns = state.columns.get_untracked();
    match columns.iter().position(|known| *known == field) {
        Some(0) => return,
        Some(at) => drop(columns.remove(at)),
        None => {
            let place = columns[1..].iter().position(|known| *known > field);
            columns.insert(place.map_or(columns.len(), |at| at + 1), field);
        }
    }
    state.set_columns(columns);
}
