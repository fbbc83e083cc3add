//! Where files are handed over: let go of, or chosen. Reads none of them.

use crate::ui::components::icon::Icon;
use crate::ui::prelude::*;
use leptos::html::Input;
use web_sys::{File, FileList};

/// `taken` hears the files; `children` stand beside the button, `hint` below.
#[component]
pub fn DropZone(
    line: &'static str,
    button: &'static str,
    accept: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(into)] taken: Callback<Vec<File>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let over = RwSignal::new(false);
    let picked = move |_| {
        let Some(field) = input.get_untracked() else { return };
        let files = files_of(field.files());
        field.set_value("");
        taken.run(files);
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        taken.run(files_of(event.data_transfer().and_then(|moved| moved.files())));
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
            <p class="import-drop-line">{line}</p>
            <div class="choices">
                <label class="button button-main">
                    {button}
                    <input class="visually-hidden" type="file" multiple accept=accept node_ref=input on:change=picked/>
                </label>
                {children.map(|children| children())}
            </div>
            {(!hint.is_empty()).then(|| view! { <p class="quiet">{hint}</p> })}
        </div>
    }
}

/// The files of a picker or of what was let go.
pub fn files_of(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}
