//! The line over a screen when something about the whole base must be known: demonstration, memory only.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::model::value::day_words;
use crate::route::Route;
use crate::ui::later::enter;
use crate::ui::session::{Saving, Session, use_session};
use crate::web::world::{day_of, end_of_day, moment_words};

/// `2026年6月15日结束时`, or the minute where it is not the end of a day.
fn past_words(at: u64) -> String {
    let day = day_of(at);
    if end_of_day(day) == at { day_words(day) + "结束时" } else { moment_words(at) }
}

#[component]
pub fn Banner() -> impl IntoView {
    let session = use_session();
    let demo = session.base().is_some_and(|open| open.demo);
    let staff = move || !session.is_lookup();
    let guest = move || session.guest.get() && !demo && staff() && !session.only_looks();
    let memory = move || {
        session.saving.get() == Saving::MemoryOnly
            && !session.guest.get()
            && !demo
            && staff()
            && !session.only_looks()
    };
    view! {
        <Show when=move || demo>
            <div class="banner" role="region" aria-label="示范镇">
                <p>
                    "这是虚构的示范镇“云溪镇”，人名、电话、数据都是编的。"
                    <Show when=staff>"可以随便改，关闭后不留任何痕迹。"</Show>
                </p>
                <Show when=staff>
                    <TextButton class="button button-small" label="关闭示范镇" act=move |()| spawn_local(session.close())/>
                </Show>
            </div>
        </Show>
        <ExtractBanner/>
        {move || session.past.get().map(|at| view! {
            <div class="banner past-banner" role="status">
                <p>"您正在看 " <strong>{past_words(at)}</strong> " 的记录（只读）。之后的改动都还在，只是这里不显示。"</p>
                <TextButton class="button button-small button-main" label="回到现在" act=move |()| session.back_to_now()/>
            </div>
        })}
        {move || session.newer.get().map(|looked| view! {
            <div class="banner past-banner newer-banner" role="status">
                <p>
                    <strong>{looked.name}</strong> "：这份数据" {looked.origin} "，在本版里只能看，不能改，也不会存到这台电脑。"
                    {looked.told} "要改，请用新版岗图打开。"
                </p>
                <TextButton class="button button-small button-main" label="不看了" act=move |()| spawn_local(session.leave_newer())/>
            </div>
        })}
        <TrialBanner/>
        <Show when=guest>
            <div class="banner" role="region" aria-label="提示">
                <p>"来宾模式：数据只在内存里，这台电脑上什么都不留。改动要存回 U 盘的文件，第三盏灯亮了再离开。"</p>
                <a class="button button-small" href=Route::Data.href()>"存到文件"</a>
            </div>
        </Show>
        <Show when=memory>
            <div class="banner banner-warn" role="alert">
                <p>"这个浏览器窗口不能保存数据，改动只在内存里。离开前请导出数据包。"</p>
                <TextButton class="button button-small" label="导出数据包" act=move |()| session.export()/>
            </div>
        </Show>
    }
}

/// Over every page while changes are on trial.
#[component]
fn TrialBanner() -> impl IntoView {
    let session = use_session();
    let steps = move || session.trying.get().filter(|_| !session.is_lookup());
    let said = move |steps: usize| match steps {
        0 => "从现在起的改动都只是试一试，不会记入台账。".to_string(),
        steps if session.trial_kept.get() => {
            format!("试了 {steps} 步改动，还没有记入台账；关掉窗口也留着，下次可以接着试。")
        }
        steps => format!("试了 {steps} 步改动，还没有记入台账，关掉窗口就没有了。"),
    };
    let left =
        move || session.trial_left.get().filter(|_| steps().is_none() && !session.is_lookup());
    view! {
        <Show when=move || steps().is_some()>
            <div class="banner trial-banner" role="status">
                <p><strong>"正在试排："</strong>{move || steps().map(said)}</p>
                <a class="button button-small button-main" href=Route::Trial.href()>"比较与采用"</a>
                <TextButton class="button button-small" label="放弃试排" act=move |()| session.drop_trial_asked()/>
            </div>
        </Show>
        <Show when=move || left().is_some()>
            <div class="banner trial-left" role="status">
                <p><strong>"上次的试排还留着："</strong>{move || left().map(|steps| format!("{steps} 步改动，没有采用。"))}</p>
                <TextButton class="button button-small button-main" label="接着试排" act=move |()| {
                    enter(session.toasts, Session::resume_trial, session);
                }/>
                <TextButton class="button button-small" label="放弃" act=move |()| session.forget_left_asked()/>
            </div>
        </Show>
    }
}

/// Over every page of an extract.
#[component]
fn ExtractBanner() -> impl IntoView {
    let session = use_session();
    let line = move || {
        session.watch_all(|_| ());
        let of = session.extract_of()?;
        Some(format!(
            "提取件：{}在“{}”的岗位与职责（{}）。只有这些内容；这里的改动请导出，交回完整的一份合并。",
            of.name,
            session.township_name(),
            of.when()
        ))
    };
    view! {
        {move || line().map(|line| view! { <div class="banner extract-banner" role="region" aria-label="提取件"><p>{line}</p></div> })}
    }
}
