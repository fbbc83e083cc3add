//! The decision, always in sight: what would be written, and yes or no.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;

use super::BarView;
use super::job::Job;
use super::told::sentence_of;

#[component]
pub fn ImportFoot(job: Job) -> impl IntoView {
    let links = memo(move || job.links.counts().links);
    let state = memo(move || {
        job.plan(|ready| {
            let plan = &ready.plan;
            let counts = plan.counts();
            let writes = counts.new + counts.changes + links.get();
            let sentence = sentence_of(plan.kind, counts, &plan.target_counts(), links.get());
            (counts, writes, sentence)
        })
    });
    let words = move || state.get().map(|(.., sentence)| sentence).unwrap_or_default();
    let bad = move || state.get().map_or(0, |(counts, ..)| counts.bad);
    let writes = memo(move || state.get().map_or(0, |(_, writes, _)| writes));
    let rows = move || state.get().map_or(0, |(counts, ..)| counts.new + counts.changes);
    let button = move || match (rows(), bad()) {
        (0, _) => "确认写入对应".to_string(),
        (rows, 0) => format!("确认导入 {rows} 行"),
        (rows, bad) => format!("导入 {rows} 行，跳过 {bad} 行"),
    };
    let more = move || job.waiting.with(|names| !names.is_empty());
    view! {
        <div class="import-foot">
            <Show when=move || job.planning.get() && job.bar.get().is_some()>
                <div class="import-replan">
                    <TextButton class="button button-small" label="取消" act=move |()| job.stop()/>
                    <BarView bar=job.bar/>
                </div>
            </Show>
            <div class="choices">
                <Show
                    when=move || writes.get() != 0
                    fallback=move || view! {
                        <span class="quiet">{move || (state.get().is_some() && !job.planning.get()).then_some("没有要写入的内容")}</span>
                    }
                >
                    <button class="button button-main" disabled=move || job.planning.get() on:click=move |_| job.confirm()>{button}</button>
                </Show>
                <button class="button" on:click=move |_| job.next()>
                    {move || if more() { "跳过这个文件" } else { "不导入" }}
                </button>
            </div>
            <p class="import-foot-words" role="status">
                {words}
                {move || (bad() > 0).then(|| view! { <span class="import-foot-bad">{format!("，有问题 {} 行", bad())}</span> })}
            </p>
        </div>
    }
}

#[component]
pub fn LinksFoot(job: Job) -> impl IntoView {
    let counts = memo(move || job.links.counts());
    let words = move || {
        let counts = counts.get();
        format!(
            "{} 处职责：对上 {}，待定 {}，没对上 {}，泛指 {}",
            counts.phrases, counts.matched, counts.unsure, counts.unmatched, counts.general
        )
    };
    view! {
        <div class="import-foot">
            <div class="choices">
                <Show
                    when=move || counts.get().links != 0
                    fallback=|| view! { <span class="quiet">"没有新的对应可写"</span> }
                >
                    <button class="button button-main" on:click=move |_| job.confirm_links()>
                        {move || format!("确认新增 {} 条对应", counts.get().links)}
                    </button>
                </Show>
                <TextButton class="button" label="不写入" act=move |()| job.next()/>
            </div>
            <p class="import-foot-words" role="status">{words}</p>
        </div>
    }
}
