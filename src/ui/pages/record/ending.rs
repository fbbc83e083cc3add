//! Ending a record on a day, and taking the end back. Nothing is deleted.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;

use crate::journal::Draft;
use crate::model::value::day_words;
use crate::model::{Date, KindIx, RecordId, Value, schema};
use crate::ui::components::end_dialog::EndDialog;
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
                <span class="tag tag-soon">{format!("自{}起结束", day_words(day))}</span>
                <TextButton class="button" label="恢复" act=move |()| restore()/>
            },
            None => view! {
                <TextButton class="button" label="结束…" act=move |()| asking.set(true)/>
            },
        }}
        <Show when=move || asking.get()>
            <EndThis kind=kind id=id.get_value() close=move |()| asking.set(false)/>
        </Show>
    }
}

#[component]
fn EndThis(kind: KindIx, id: RecordId, #[prop(into)] close: Callback<()>) -> impl IntoView {
    let session = use_session();
    let spec = schema().kinds[kind].spec;
    let end = move |day: Date| {
        let title = session.read(|fold| fold.township().title_of(spec.id, id.as_str()));
        let mut draft = Draft::new(&format!("结束{}“{title}”", spec.label));
        draft.end(kind, &id, day);
        session.commit(draft);
    };
    let title = format!("结束这条{}", spec.label);
    let hint = "记录不会删除，随时可以恢复；这一天之前的图和表里仍有它。";
    view! { <EndDialog title=title hint=hint end=end close=close/> }
}
