//! Where tables are handed over: dropped, chosen, or pasted. Reads nothing itself.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use leptos::html::Input;
use web_sys::FileList;

use super::job::Job;
use super::source::Source;
use crate::ui::components::icon::Icon;

#[component]
pub fn Intake(job: Job) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let over = RwSignal::new(false);
    let paste = RwSignal::new(false);
    let picked = move |_| {
        let Some(field) = input.get_untracked() else { return };
        let sources = files_of(field.files());
        field.set_value("");
        job.take(sources);
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        job.take(files_of(event.data_transfer().and_then(|moved| moved.files())));
    };
    view! {
        <div
            class="import-drop"
            class:import-drop-over=move || over.get()
            on:dragenter=move |_| over.set(true)
            on:dragover=move |event| { event.prevent_default(); over.set(true) }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <Icon name="import"/>
            <p class="import-drop-line">"把文件拖到这里"</p>
            <div class="choices">
                <label class="button button-main">
                    "选择文件"
                    <input
                        class="visually-hidden"
                        type="file"
                        multiple
                        accept=".csv,.tsv,.txt,.json,.xlsx,.xls"
                        node_ref=input
                        on:change=picked
                    />
                </label>
                <button class="button" aria-expanded=move || paste.get().to_string() on:click=move |_| paste.update(|on| *on = !*on)>
                    "粘贴表格"
                </button>
            </div>
            <p class="quiet">"CSV、文本表格，可以一次选几个。Excel、WPS 表格请先“另存为 CSV”，或者复制后粘贴。"</p>
        </div>
        <Waiting job=job/>
        <Show when=move || paste.get()><Paste job=job/></Show>
    }
}

fn files_of(list: Option<FileList>) -> Vec<Source> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)).map(Source::File).collect()
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
