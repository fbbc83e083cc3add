//! Ending a record on a day, and taking the end back. Nothing is deleted.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;

use crate::journal::Draft;
use crate::model::value::parse_date;
use crate::model::{KindIx, RecordId, Value, schema};
use crate::ui::components::dialog::{Dialog, Shape};
use crate::ui::session::use_session;

#[component]
pub fn Ending(kind: KindIx, id: RecordId) -> impl IntoView {
    let session = use_session();
    let asking = RwSignal::new(false);
    let of = id.clone();
    let until = memo(move || {
        session.watch(&[kind], |township| {
            let row = township.table(kind).get(of.as_str())?;
            row.cells.last().and_then(Value::as_date)
        })
    });
    let label = schema().kinds[kind].spec.label;
    let id = StoredValue::new(id);
    let restore = move || {
        let mut draft = Draft::new(&format!("恢复已结束的{label}"));
        if let Some(field) = schema().kinds[kind].field("until") {
            draft.set(kind, &id.get_value(), field, Value::Null);
        }
        session.commit(draft);
    };
    view! {
        {move || match until.get() {
            Some(day) => view! {
                <span class="tag tag-soon">{format!("自 {day} 起结束")}</span>
                <TextButton class="button" label="恢复" act=move |()| restore()/>
            },
            None => view! {
                <TextButton class="button" label="结束…" act=move |()| asking.set(true)/>
            },
        }}
        <Show when=move || asking.get()>
            <EndQuestion kind=kind id=id.get_value() close=move |()| asking.set(false)/>
        </Show>
    }
}

#[component]
fn EndQuestion(kind: KindIx, id: RecordId, #[prop(into)] close: Callback<()>) -> impl IntoView {
    let session = use_session();
    let label = schema().kinds[kind].spec.label;
    let day = RwSignal::new(session.day.get_untracked().to_string());
    let problem = RwSignal::new(false);
    let end = move || {
        let Some(day) = parse_date(&day.get_untracked()) else { return problem.set(true) };
        let title = session
            .read(|fold| fold.township().title_of(schema().kinds[kind].spec.id, id.as_str()));
        let mut draft = Draft::new(&format!("结束{label}“{title}”"));
        draft.end(kind, &id, day);
        session.commit(draft);
        close.run(());
    };
    view! {
        <Dialog title=format!("结束这条{label}") shape=Shape::Question close=close>
            <div class="dialog-body">
                <label class="field field-short">
                    <span class="field-label">"从哪一天起不再有效"</span>
                    <input
                        class="input"
                        type="date"
                        prop:value=day
                        on:input=move |event| day.set(event_target_value(&event))
                    />
                </label>
                <Show when=move || problem.get()>
                    <p class="field-problem" role="alert">"请选一个日期。"</p>
                </Show>
                <p class="field-hint">"记录不会删除，随时可以恢复；这一天之前的图和表里仍有它。"</p>
            </div>
            <div class="dialog-foot">
                <TextButton class="button button-main" label="结束" act=move |()| end()/>
                <TextButton class="button" label="取消" act=move |()| close.run(())/>
            </div>
        </Dialog>
    }
}
