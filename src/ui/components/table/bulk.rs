//! What can be done with the chosen rows: end them, set one field of all. One draft each.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::editor::can_edit;
use super::state::TableState;
use crate::journal::Draft;
use crate::model::{Date, RecordId, Value, schema};
use crate::ui::components::dialog::{Dialog, Shape};
use crate::ui::components::end_dialog::EndDialog;
use crate::ui::components::field::{FieldInput, FieldProblem, FieldState};
use crate::ui::components::form::put_made;

/// Which question is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Nothing,
    End,
    Set,
}

#[component]
pub fn BulkBar(state: TableState) -> impl IntoView {
    let asked = RwSignal::new(Asked::Nothing);
    let count = move || state.selection.with(|selection| selection.count);
    let close = move |()| asked.set(Asked::Nothing);
    view! {
        <Show when=move || count() != 0>
            <div class="toolbar bulk-bar" role="toolbar" aria-label="对选中的记录">
                <strong>{move || format!("选中 {} 条", count())}</strong>
                <TextButton class="button button-small" label="结束…" act=move |()| asked.set(Asked::End)/>
                <TextButton class="button button-small" label="批量改一项…" act=move |()| asked.set(Asked::Set)/>
                <TextButton class="button button-small button-quiet" label="取消选择" act=move |()| state.clear_selection()/>
            </div>
        </Show>
        {move || match asked.get() {
            Asked::Nothing => ().into_any(),
            Asked::End => view! { <EndChosen state=state close=close/> },
            Asked::Set => view! { <SetDialog state=state close=close/> },
        }}
    }
}

fn chosen(state: TableState) -> Vec<RecordId> {
    let slots: Vec<u32> = state.selection.with_untracked(|selection| selection.slots().collect());
    state.read(|township| {
        let rows = township.table(state.kind).slots();
        let rows = slots.iter().filter_map(|slot| rows.get(*slot as usize));
        rows.filter(|row| row.exists()).map(|row| row.id.clone()).collect()
    })
}

fn write(state: TableState, draft: Draft) {
    spawn_local(async move {
        if let Ok(commit) = state.session.commit_now(draft).await
            && commit.stamp.is_some()
        {
            state.session.toasts.done(commit.what.to_string(), true);
            state.clear_selection();
        }
    });
}

#[component]
fn EndChosen(state: TableState, #[prop(into)] close: Callback<()>) -> impl IntoView {
    let label = schema().kinds[state.kind].spec.label;
    let ids = chosen(state);
    let title = format!("结束 {} 条{label}", ids.len());
    let what = title.clone();
    let end = move |day: Date| {
        let mut draft = Draft::new(&what);
        ids.iter().for_each(|id| draft.end(state.kind, id, day));
        write(state, draft);
    };
    let hint = "记录不会删除：勾选“显示已结束”仍能看到，也可以撤销。";
    view! { <EndDialog title=title hint=hint end=end close=close/> }
}

#[component]
fn SetDialog(state: TableState, #[prop(into)] close: Callback<()>) -> impl IntoView {
    let info = &schema().kinds[state.kind];
    let ids = chosen(state);
    let count = ids.len();
    let fields: Vec<usize> = (0..info.spec.fields.len())
        .filter(|at| can_edit(&info.spec.fields[*at]) && !info.spec.fields[*at].title)
        .collect();
    let chosen_field = RwSignal::new(fields.first().copied().unwrap_or(0));
    let input = memo_untested(move || blank(state, chosen_field.get()));
    let set = move || {
        let at = chosen_field.get_untracked();
        let field = input.get_untracked();
        let Some(value) = field.value() else { return };
        let mut draft = Draft::new(&format!(
            "把 {count} 条{}的{}改为同一值",
            info.spec.label, field.spec.label
        ));
        put_made(&mut draft, field);
        ids.iter().for_each(|id| draft.set(state.kind, id, at, value.clone()));
        write(state, draft);
        close.run(());
    };
    let option = move |at: usize| view! { <option value=at.to_string()>{info.spec.fields[at].label}</option> };
    let pick = move |event| {
        if let Ok(at) = event_target_value(&event).parse() {
            chosen_field.set(at);
        }
    };
    view! {
        <Dialog title=format!("批量改 {count} 条{}", info.spec.label) shape=Shape::Question close=close>
            <div class="dialog-body form">
                <label class="field">
                    <span class="field-label">"改哪一项"</span>
                    <select class="input" on:change=pick>{fields.into_iter().map(option).collect_view()}</select>
                </label>
                <div class="field">
                    <span class="field-label">"改成"</span>
                    {move || view! { <div class="field-body"><FieldInput field=input.get() id="bulk-value"/></div> }}
                    {move || view! { <FieldProblem field=input.get() id="bulk-value-problem".to_string()/> }}
                    <p class="field-hint">"留空就是把这一项清掉。整批算一次操作，可以一次撤销。"</p>
                </div>
            </div>
            <div class="dialog-foot">
                <button class="button button-main" on:click=move |_| set()>{format!("改 {count} 条")}</button>
                <TextButton class="button" label="取消" act=move |()| close.run(())/>
            </div>
        </Dialog>
    }
}

fn blank(state: TableState, at: usize) -> FieldState {
    FieldState::new(state.spec(at), &Value::Null)
}
