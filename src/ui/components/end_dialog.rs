//! Asks from which day on something no longer holds. What ends is the caller's business.

use crate::model::Date;
use crate::model::value::parse_date;
use crate::ui::components::button::TextButton;
use crate::ui::components::date::DateInput;
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
    let problem = RwSignal::new(None::<String>);
    let confirm = move || {
        let Some(day) = parse_date(&day.get_untracked()) else {
            return problem.set(Some("请选一个日期。".to_string()));
        };
        end.run(day);
        close.run(());
    };
    view! {
        <Dialog title=title shape=Shape::Question close=close>
            <div class="dialog-body">
                <label class="field field-short">
                    <span class="field-label">"从哪一天起不再有效"</span>
                    <DateInput id="end-day".to_string() label="从哪一天起不再有效" value=day problem=problem left=|()| ()/>
                </label>
                {move || problem.get().map(|said| view! {
                    <p class="field-problem" id="end-day-problem" role="alert">{said}</p>
                })}
                <p class="field-hint">{hint}</p>
            </div>
            <div class="dialog-foot">
                <TextButton class="button button-main" label="结束" act=move |()| confirm()/>
                <TextButton class="button" label="取消" act=move |()| close.run(())/>
            </div>
        </Dialog>
    }
}
