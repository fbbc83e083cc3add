//! 修改历史: who changed what when, and one field put back. Reads the log when it is opened.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::journal::Draft;
use crate::journal::action::signed;
use crate::journal::log::Change;
use crate::journal::stamp::millis;
use crate::model::{FieldSpec, FieldType, KindIx, RecordId, Text, Value, schema};
use crate::sorting::Sorting;
use crate::ui::session::{Session, use_session};
use crate::web::world::local_time;

#[component]
pub fn History(kind: KindIx, id: RecordId) -> impl IntoView {
    let session = use_session();
    let changes = RwSignal::new_local(None::<Vec<Change>>);
    let shown = StoredValue::new(id);
    effect(move || {
        session.watch(&[kind], |_| ());
        spawn_local(async move {
            let Some(open) = session.base() else { return };
            match open.desk.log().await {
                Ok(log) => {
                    let spec = schema().kinds[kind].spec;
                    let read = log.history(spec.id, shown.get_value().as_str());
                    let _ = changes.try_set(Some(read));
                }
                Err(error) => session.toasts.failed(error.to_string()),
            }
        });
    });
    let lines =
        move || {
            changes.get().unwrap_or_default().into_iter().map(|change| {
            view! { <ChangeLine session=session kind=kind id=shown.get_value() change=change/> }
        })
        .collect_view()
        };
    view! {
        <p class="sheet-note">"最新的在上面。恢复会写成一条新的修改，不会抹掉历史。"</p>
        <Show when=move || changes.with(Option::is_some) fallback=|| view! { <p role="status">"正在读取…"</p> }>
            <ol class="log">{lines}</ol>
        </Show>
    }
}

#[component]
fn ChangeLine(session: Session, kind: KindIx, id: RecordId, change: Change) -> impl IntoView {
    let (label, spec, member) = field_of(kind, &change.field);
    let say = |value: &Value| match (spec, value) {
        (_, Value::Null) => "（空）".to_string(),
        (Some(spec), value) => {
            let ty = if member.is_some() { FieldType::Text } else { spec.ty };
            session.read(|fold| fold.township().display(ty, value))
        }
        (None, value) => value.to_json().to_string(),
    };
    let (from, to) = match &member {
        Some(member) if change.to.is_null() => (member.to_string(), "（去掉）".to_string()),
        Some(member) => (String::new(), member.to_string()),
        None => (say(&change.from), say(&change.to)),
    };
    let by = signed(&change.by).to_string();
    let back = put_back(session, kind, id, &change);
    let undo =
        if change.from.is_null() && member.is_none() { "清空这一项" } else { "恢复原值" };
    view! {
        <li class="log-line history-line">
            <span class="log-when">{local_time(millis(change.stamp.time))}</span>
            <span class="log-by">{by}</span>
            <span class="log-what">
                <strong>{label}</strong>
                <span class="history-from">{from}</span>
                <span class="history-arrow" aria-label="改为">"→"</span>
                <span class="history-to">{to}</span>
                <small>{change.what.to_string()}</small>
            </span>
            {back.map(|draft| view! {
                <button
                    class="button button-small"
                    on:click=move |_| session.commit(draft.clone())
                >
                    {undo}
                </button>
            })}
        </li>
    }
}

/// A field's label and declaration; for a member of a set, which one.
fn field_of(kind: KindIx, name: &str) -> (String, Option<&'static FieldSpec>, Option<Text>) {
    let info = &schema().kinds[kind];
    let (field, member) = match name.split_once('/') {
        Some((field, member)) => (field, Some(member.into())),
        None => (name, None),
    };
    match info.field(field) {
        Some(at) => (info.spec.fields[at].label.to_string(), Some(&info.spec.fields[at]), member),
        None => (format!("新版本的“{name}”"), None, member),
    }
}

/// The draft that puts one field back to what it was before the change; `None` where it already is.
fn put_back(session: Session, kind: KindIx, id: RecordId, change: &Change) -> Option<Draft> {
    let (label, spec, member) = field_of(kind, &change.field);
    let spec = spec?;
    let at = schema().kinds[kind].field(spec.id)?;
    let now = session.read(|fold| {
        let row = fold.township().table(kind).get(id.as_str())?;
        Some(row.cells[at].clone())
    })?;
    let wanted = match member {
        None => change.from.clone(),
        Some(member) => {
            let mut members = now.as_set().to_vec();
            members.retain(|known| *known != member);
            if change.to.is_null() {
                members.push(member);
            }
            members.arrange(Ord::cmp);
            if members.is_empty() { Value::Null } else { Value::Set(members.into()) }
        }
    };
    if wanted == now || (wanted.is_null() && spec.required) {
        return None;
    }
    let mut draft = Draft::new(&format!("恢复{label}"));
    draft.set(kind, &id, at, wanted);
    Some(draft)
}
