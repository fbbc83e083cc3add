//! Asks from which day on something no longer holds. What ends is the caller's business.

use crate::model::Date;
use crate::model::value::parse_date;
use crate::ui::components::button::TextButton;
use crate::ui::components::dialog::{Dialog, Shape};
use crate::ui::prelude::*;
use crate::ui::session::use_session;

/// `end` hears the day; the dialog closes after it.
#[component]
pub fn EndDialog(
    title: String,
    hint: &'static str,
    #[prop(into)] end: Callback<Date>,
    #[prop(into)] close: Callback<()>,
) -> impl IntoView {
    let day = RwSignal::new(use_session().day.get_untracked().to_string());
    let problem = RwSignal::new(false);
    let confirm = move || {
        let Some(day) = parse_date(&day.get_untracked()) else { return problem.set(true) };
        end.run(day);
        close.run(());
    };
    view! {
        <Dialog title=title shape=Shape::Question close=close>
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
                <p class="field-hint">{hint}</p>
            </div>
            <div class="dialog-foot">
                <TextButton class="button button-main" label="结束" act=move |()| confirm()/>
                <TextButton class="button" label="取消" act=move |()| close.run(())/>
            </div>
        </Dialog>
    }
}
