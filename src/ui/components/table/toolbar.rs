//! What stands over a table: the box for all rows, conditions, columns, ended records.

use crate::ui::prelude::*;

use super::columns::ColumnMenu;
use super::state::TableState;
use crate::model::schema;
use crate::ui::components::icon::Icon;

#[component]
pub fn TableToolbar(state: TableState) -> impl IntoView {
    let specs = schema().kinds[state.kind].spec.fields;
    let sort = move |event| {
        if let Ok(field) = event_target_value(&event).parse() {
            state.sort.set((field, false));
        }
    };
    let option = move |field: usize| {
        view! {
            <option value=field.to_string() selected=move || state.sort.get().0 == field>
                {format!("按{}排序", specs[field].label)}
            </option>
        }
    };
    view! {
        <div class="toolbar table-toolbar">
            <label class="search-box">
                <Icon name="find"/>
                <input
                    class="input"
                    type="search"
                    placeholder="在表中查找"
                    aria-label="在表中查找"
                    prop:value=state.words
                    on:focus=move |_| state.expect_words()
                    on:input=move |event| state.words.set(event_target_value(&event))
                />
            </label>
            <button
                class="button button-small wide-only"
                aria-pressed=move || state.filtering.get().to_string()
                on:click=move |_| state.filtering.update(|on| *on = !*on)
            >
                <Icon name="filter"/>
                <span>"筛选"</span>
            </button>
            <span class="wide-only"><ColumnMenu state=state/></span>
            <select class="input narrow-only table-sort" aria-label="排序" on:change=sort>
                {move || state.columns.get().into_iter().map(option).collect_view()}
            </select>
            <Show when=move || state.is_filtered()>
                <button class="button button-small button-quiet" on:click=move |_| state.show_all()>
                    <Icon name="close"/>
                    <span>"清除筛选"</span>
                </button>
            </Show>
            <label class="check table-ended">
                <input
                    type="checkbox"
                    prop:checked=state.ended
                    on:change=move |event| state.ended.set(event_target_checked(&event))
                />
                <span>"显示已结束"</span>
            </label>
        </div>
    }
}
