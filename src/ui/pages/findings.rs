//! 待办提醒: everything the rules find, by rule, each with the place to put it right. Judges nothing.

use crate::ui::prelude::*;

use crate::rules::finding::Severity;
use crate::rules::{Finding, grouped};
use crate::ui::components::finding::{FindingLine, tone};
use crate::ui::session::use_session;

/// Lines of one rule shown before the reader asks for more.
const A_RULE: usize = 8;

pub fn page() -> AnyView {
    let session = use_session();
    let groups = memo_untested(move || {
        let findings = session.findings();
        grouped(&findings).map(|(rule, list)| (rule, list.to_vec())).collect::<Vec<_>>()
    });
    let total =
        move || groups.with(|groups| groups.iter().map(|(_, list)| list.len()).sum::<usize>());
    let partial = move || session.extract_of().is_some();
    view! {
        <section class="sheet">
            <h1>"待办提醒"</h1>
            <Show when=partial>
                <p class="notice">"这一份是提取件，只有一个人的内容：缺人、缺岗一类的提醒请在完整的一份里看。"</p>
            </Show>
            <Show
                when=move || total() != 0
                fallback=|| view! {
                    <div class="empty"><p>"没有需要处理的事项。事事有人管，岗岗有明责。"</p></div>
                }
            >
                <p class="sheet-note">"按截至日期检查，共 " {total} " 条。点一条就到要改的地方；改好后自动消失。"</p>
                {move || groups.get().into_iter().map(|(rule, list)| view! {
                    <RuleGroup title=rule.label() list=list/>
                }).collect_view()}
            </Show>
        </section>
    }
}

#[component]
fn RuleGroup(title: &'static str, list: Vec<Finding>) -> impl IntoView {
    let all = RwSignal::new(false);
    let count = list.len();
    let worst = list.iter().map(|finding| finding.severity).min().unwrap_or(Severity::Note);
    let shown = move || {
        let most = if all.get() { count } else { A_RULE };
        list.iter()
            .take(most)
            .cloned()
            .map(|finding| view! { <FindingLine finding=finding/> })
            .collect_view()
    };
    view! {
        <section class="finding-group">
            <h2>
                <span class=format!("tag tag-{}", tone(worst))>{worst.label()}</span>
                {title}
                <span class="finding-count">{count} " 条"</span>
            </h2>
            <ul class="finding-list">{shown}</ul>
            <Show when=move || !all.get() && A_RULE < count>
                <button class="button button-small" on:click=move |_| all.set(true)>"全部 " {count} " 条"</button>
            </Show>
        </section>
    }
}
