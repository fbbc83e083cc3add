//! The names of the columns: sorting, the box for all rows, and the line of conditions.

use crate::ui::prelude::*;

use super::rows::cell_style;
use super::state::TableState;
use crate::listing::filter::BLANK_WORD;
use crate::model::FieldType;
use crate::ui::components::icon::Icon;

#[component]
pub fn TableHead(state: TableState) -> impl IntoView {
    let first = move || state.columns.with(|columns| columns.first().copied());
    let rest = move || state.columns.with(|columns| columns.get(1..).unwrap_or_default().to_vec());
    let some = move || state.selection.with(|selection| selection.count) > 0;
    let all = move || some() && state.selection.with(|selection| selection.count) == state.count();
    view! {
        <div class="grid-head" role="rowgroup">
            <div class="row-names" role="row" aria-rowindex="1">
                <div class="row-head" role="presentation">
                    <div class="cell cell-box" role="columnheader" aria-colindex="1">
                        <input
                            type="checkbox"
                            tabindex="-1"
                            aria-label="选择全部"
                            prop:checked=all
                            prop:indeterminate=move || some() && !all()
                            on:change=move |_| state.toggle_all()
                        />
                    </div>
                    {move || first().map(|field| view! { <Name state=state field=field column=2/> })}
                </div>
                <For each=move || rest().into_iter().enumerate() key=|(at, field)| (*at, *field) let:column>
                    <Name state=state field=column.1 column=column.0 + 3/>
                </For>
            </div>
            <Show when=move || state.filtering.get()>
                <div class="row-names row-conditions" role="row">
                    <div class="row-head" role="presentation">
                        <div class="cell cell-box" role="presentation"></div>
                        {move || first().map(|field| view! { <ConditionInput state=state field=field/> })}
                    </div>
                    <For each=rest key=|field| *field let:field>
                        <ConditionInput state=state field=field/>
                    </For>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn Name(state: TableState, field: usize, column: usize) -> impl IntoView {
    let spec = state.spec(field);
    let number = matches!(spec.ty, FieldType::Int | FieldType::Real);
    let sorted = move || {
        let (by, descending) = state.sort.get();
        (by == field).then_some(descending)
    };
    view! {
        <div
            class="cell cell-name"
            class:cell-number=number
            role="columnheader"
            aria-colindex=column
            aria-sort=move || match sorted() {
                Some(false) => "ascending",
                Some(true) => "descending",
                None => "none",
            }
            style=cell_style(spec)
        >
            <button class="cell-sort" tabindex="-1" on:click=move |_| state.sort_by(field)>
                <span>{spec.label}</span>
                {move || sorted().map(|descending| {
                    view! { <Icon name=if descending { "sort-down" } else { "sort-up" }/> }
                })}
            </button>
        </div>
    }
}

#[component]
fn ConditionInput(state: TableState, field: usize) -> impl IntoView {
    let spec = state.spec(field);
    let typed = move || {
        state.conditions.with(|list| {
            let own = list.iter().find(|(known, _)| *known == field);
            own.map(|(_, typed)| typed.clone()).unwrap_or_default()
        })
    };
    let set = move |event| state.set_condition(field, event_target_value(&event));
    let label = format!("筛选{}", spec.label);
    let options = match spec.ty {
        FieldType::Choice(list) => Some(list.to_vec()),
        FieldType::Bool => Some(vec![("是", "是"), ("否", "否")]),
        _ => None,
    };
    let inside = match options {
        Some(list) => view! {
            <select class="input cell-condition" aria-label=label prop:value=typed on:change=set>
                <option value="">"全部"</option>
                {list.into_iter().map(|(id, label)| view! { <option value=id>{label}</option> }).collect_view()}
                <option value=BLANK_WORD>{BLANK_WORD}</option>
            </select>
        }
        .into_any(),
        None => view! {
            <input
                class="input cell-condition"
                aria-label=label
                placeholder=example(spec.ty)
                prop:value=typed
                on:input=set
            />
        }
        .into_any(),
    };
    view! { <div class="cell" role="gridcell" style=cell_style(spec)>{inside}</div> }
}

fn example(ty: FieldType) -> &'static str {
    match ty {
        FieldType::Int | FieldType::Real => "如 >5",
        FieldType::Date => "如 2026-03",
        _ => "含… 或 未填",
    }
}
