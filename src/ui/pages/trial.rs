//! 试排: what is on trial beside what is, in figures, changes, loads and two charts; applied or dropped from here.
//! Compares nothing itself: `moving::compared` does.

use std::rc::Rc;
use std::sync::Arc;

use leptos::task::spawn_local;

use crate::journal::restore::{Plan, Restored};
use crate::moving::compared::{Change, Compared, Figure, Load, Size};
use crate::moving::comparing::compare;
use crate::route::Route;
use crate::rules::Links;
use crate::ui::components::button::TextButton;
use crate::ui::components::compared_chart::compared_chart;
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};

/// Lines of a table shown.
const MOST: usize = 200;

/// Both townships and what lies between.
#[derive(Clone)]
struct Both {
    before: Rc<Links>,
    after: Rc<Links>,
    compared: Arc<Compared>,
    plan: Rc<Plan>,
}

impl PartialEq for Both {
    fn eq(&self, other: &Both) -> bool {
        Rc::ptr_eq(&self.after, &other.after)
    }
}

fn both(session: Session) -> Option<Both> {
    session.trying.track();
    let day = session.day.get();
    let after = session.links();
    let before = Rc::new(Links::of(&session.trial_base()?.township().on(day)));
    let compared = Arc::new(compare((&before, &after)));
    Some(Both { before, after, compared, plan: Rc::new(session.trial_plan()?) })
}

pub fn page() -> AnyView {
    let session = use_session();
    let shown = RwSignal::new_local(None);
    effect(move || shown.set(both(session)));
    view! {
        <section class="sheet trial">
            <h1>"试排"</h1>
            // Leaving for the residents' view ends the page while this still waits for its turn.
            {move || match shown.try_get().flatten() {
                None => begin(session),
                Some(both) if both.plan.count == 0 => nothing_yet(),
                Some(both) => comparison(session, &both),
            }}
        </section>
    }
    .into_any()
}

fn begin(session: Session) -> AnyView {
    if let Some(steps) = session.trial_left.get() {
        return view! {
            <div class="empty">
                <p>{format!("上次试排了 {steps} 步改动，没有采用，还留在这个浏览器里。接着试会按现在的台账重新算。")}</p>
                <div class="choices">
                    <TextButton class="button button-main" label="接着试排" act=move |()| session.resume_trial()/>
                    <TextButton class="button" label="放弃" act=move |()| session.forget_left_asked()/>
                </div>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="empty">
            <p>"试排是一张草稿：调人、划岗位、新设机构，都先在这里试，架构图和台账照着试排的样子显示，原来的数据不动。满意了一次采用，不满意就放弃。"</p>
            <TextButton class="button button-main" label="开始试排" act=move |()| { session.begin_trial(); }/>
        </div>
    }
    .into_any()
}

fn nothing_yet() -> AnyView {
    view! {
        <div class="empty">
            <p>"还没有改动。到架构图上按“调整”拖动岗位，或在台账里照常修改，改了什么都会列在这里。"</p>
            <a class="button button-main" href=Route::Chart.href()>"去架构图"</a>
        </div>
    }
    .into_any()
}

fn comparison(session: Session, both: &Both) -> AnyView {
    let apply = move || {
        spawn_local(async move {
            if session.apply_trial().await {
                session.go(&Route::Chart);
            }
        });
    };
    let compared = (*both.compared).clone();
    let plan = both.plan.clone();
    view! {
        <p class="sheet-note">
            {format!("一共改动 {} 处。采用后一次记入台账，可以整个撤销；放弃则台账不变。", plan.count)}
        </p>
        <div class="choices">
            <TextButton class="button button-main" label="采用试排" act=move |()| apply()/>
            <TextButton class="button" label="撤销最后一步" act=move |()| session.undo()/>
            <TextButton class="button" label="放弃试排" act=move |()| session.drop_trial_asked()/>
        </div>
        <Figures list=compared.figures/>
        <div class="trial-charts">
            {compared_chart(session, "现在", &both.before, &both.compared, true)}
            {compared_chart(session, "试排后", &both.after, &both.compared, true)}
        </div>
        {changes("岗位", compared.posts)}
        {changes("机构", compared.units)}
        {loads(compared.loads)}
        {sizes(compared.sizes)}
        <Fields plan=plan/>
    }
    .into_any()
}

/// `12 → 13（多 1）`
fn went(before: usize, after: usize) -> AnyView {
    let change = match after.cmp(&before) {
        std::cmp::Ordering::Greater => format!("多 {}", after - before),
        std::cmp::Ordering::Less => format!("少 {}", before - after),
        std::cmp::Ordering::Equal => return view! { <td class="number">{before}</td><td class="number">{after}</td><td></td> }.into_any(),
    };
    view! { <td class="number">{before}</td><td class="number"><strong>{after}</strong></td><td>{change}</td> }.into_any()
}

#[component]
fn Figures(list: Vec<Figure>) -> impl IntoView {
    let line = |Figure { label, before, after }: Figure| {
        view! { <tr><th scope="row">{label}</th>{went(before, after)}</tr> }
    };
    view! {
        <table class="plain-table trial-figures">
            <thead><tr><th scope="col">"总数"</th><th scope="col" class="number">"现在"</th><th scope="col" class="number">"试排后"</th><th scope="col">"变化"</th></tr></thead>
            <tbody>{list.into_iter().map(line).collect_view()}</tbody>
        </table>
    }
}

/// A table under its heading; nothing where there is no line. `heads` that begin with # stand over figures.
fn table(title: String, heads: &[&'static str], lines: Vec<AnyView>) -> Option<AnyView> {
    let count = lines.len();
    if count == 0 {
        return None;
    }
    let head = |words: &&'static str| {
        let class = if words.starts_with('#') { "number" } else { "" };
        view! { <th scope="col" class=class>{words.trim_start_matches('#')}</th> }
    };
    let heads = heads.iter().map(head).collect_view();
    Some(
        view! {
            <h2>{format!("{title}（{count}）")}</h2>
            <div class="trial-table">
                <table class="plain-table">
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{lines.into_iter().take(MOST).collect_view()}</tbody>
                </table>
            </div>
            {more(count)}
        }
        .into_any(),
    )
}

fn changes(title: &'static str, list: Vec<Change>) -> Option<AnyView> {
    let line = |Change { became, name, before, after, .. }: Change| {
        view! {
            <tr><td>{became.label()}</td><th scope="row">{name}</th><td>{or_none(before)}</td><td>{or_none(after)}</td></tr>
        }
        .into_any()
    };
    let lines = list.into_iter().map(line).collect();
    table([title, "的变化"].concat(), &["变化", title, "现在", "试排后"], lines)
}

fn loads(list: Vec<Load>) -> Option<AnyView> {
    let line = |Load { name, posts, duties, .. }: Load| {
        view! {
            <tr><th scope="row">{name}</th><td>{posts.0}</td><td>{posts.1}</td>{went(duties.0, duties.1)}</tr>
        }
        .into_any()
    };
    let heads = ["姓名", "现在的岗位", "试排后的岗位", "#职责项数", "#试排后", "变化"];
    table("人员的岗位和工作量".to_string(), &heads, list.into_iter().map(line).collect())
}

fn sizes(list: Vec<Size>) -> Option<AnyView> {
    let line = |Size { name, posts, vacant, .. }: Size| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                {went(posts.0, posts.1)}
                <td class="number">{vacant.0}</td>
                <td class="number">{vacant.1}</td>
            </tr>
        }
        .into_any()
    };
    let heads = ["机构", "#岗位", "#试排后", "变化", "#空缺", "#试排后"];
    table("机构的岗位数".to_string(), &heads, list.into_iter().map(line).collect())
}

/// Every field, for whoever wants to know exactly what will be written.
#[component]
fn Fields(plan: Rc<Plan>) -> impl IntoView {
    let line = |Restored { record, label, now, then }: &Restored| {
        view! {
            <tr>
                <th scope="row">{record.clone()}</th>
                <td>{label.clone()}</td>
                <td>{now.clone()}</td>
                <td>{then.clone()}</td>
            </tr>
        }
    };
    view! {
        <details class="trial-fields">
            <summary>{format!("逐项看要写入的 {} 处", plan.count)}</summary>
            <div class="trial-table">
                <table class="plain-table">
                    <thead><tr><th scope="col">"记录"</th><th scope="col">"项目"</th><th scope="col">"现在"</th><th scope="col">"采用后"</th></tr></thead>
                    <tbody>{plan.lines.iter().take(MOST).map(line).collect_view()}</tbody>
                </table>
            </div>
            {more(plan.count)}
        </details>
    }
}

fn or_none(text: String) -> String {
    if text.is_empty() { "—".to_string() } else { text }
}

fn more(count: usize) -> Option<AnyView> {
    let left = count.checked_sub(MOST).filter(|left| *left > 0)?;
    Some(view! { <p class="sheet-note">{format!("还有 {left} 行没有列出。")}</p> }.into_any())
}
