//! Where tables are handed over: dropped, chosen, or pasted. Reads nothing itself.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use web_sys::File;

use super::job::Job;
use super::source::Source;
use crate::ui::components::drop_zone::DropZone;

#[component]
pub fn Intake(job: Job) -> impl IntoView {
    let paste = RwSignal::new(false);
    let taken = move |files: Vec<File>| job.take(files.into_iter().map(Source::File).collect());
    view! {
        <DropZone
            line="把文件拖到这里"
            button="选择文件"
            accept=".csv,.tsv,.txt,.json,.xlsx,.xls"
            hint="CSV、文本表格，可以一次选几个。Excel、WPS 表格请先“另存为 CSV”，或者复制后粘贴。"
            taken=taken
        >
            <button class="button" aria-expanded=move || paste.get().to_string() on:click=move |_| paste.update(|on| *on = !*on)>
                "粘贴表格"
            </button>
        </DropZone>
        <Waiting job=job/>
        <Show when=move || paste.get()><Paste job=job/></Show>
    }
}

/// A block of cells copied from a spreadsheet is text with tabs.
#[component]
fn Paste(job: Job) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let box_ref = NodeRef::<leptos::html::Textarea>::new();
    effect(move || {
        if let Some(field) = box_ref.get() {
            let _ = field.focus();
        }
    });
    let read = move |_| job.take(vec![Source::Pasted(text.get_untracked())]);
    view! {
        <div class="import-paste">
            <label class="field">
                <span class="field-label">"在 WPS 或 Excel 里选中表格（连表头），复制，粘贴到这里"</span>
                <textarea class="input" rows="5" node_ref=box_ref prop:value=text on:input=move |event| text.set(event_target_value(&event))></textarea>
            </label>
            <button class="button" disabled=move || text.with(|text| text.trim().is_empty()) on:click=read>"读取"</button>
        </div>
    }
}

/// Files left after somebody pressed 取消.
#[component]
fn Waiting(job: Job) -> impl IntoView {
    view! {
        <Show when=move || job.waiting.with(|names| !names.is_empty())>
            <div class="notice">
                <p>"还有没导入的文件：" {move || job.waiting.with(|names| names.join("、"))}</p>
                <div class="choices">
                    <TextButton class="button button-small" label="继续" act=move |()| job.next()/>
                    <TextButton class="button button-small" label="都不导入了" act=move |()| job.forget_waiting()/>
                </div>
            </div>
        </Show>
    }
}
