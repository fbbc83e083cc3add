//! A way back, shown before it is written: what will change, what stays and why. One action, one undo.

use std::rc::Rc;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::button::TextButton;
use super::dialog::{Dialog, Shape};
use crate::journal::Stamp;
use crate::journal::action::signed;
use crate::journal::restore::{Kept, Plan, Restored, TakingBack, Why};
use crate::ui::session::past::STEP;
use crate::ui::session::{Session, use_session};
use crate::web::frame;
use crate::web::world::moment_words;

/// Lines shown of a plan; the rest is counted.
const MOST: usize = 60;

/// What a page offers to take back or restore: at most one plan at a time.
#[derive(Clone, Copy)]
pub struct GoingBack {
    session: Session,
    plan: RwSignal<Option<Plan>>,
    /// How far the log has been read for one.
    pub progress: RwSignal<Option<(usize, usize)>>,
}

impl GoingBack {
    pub fn begin() -> GoingBack {
        let (plan, progress) = (RwSignal::new(None), RwSignal::new(None));
        GoingBack { session: use_session(), plan, progress }
    }

    /// Shows a plan that is ready.
    pub fn ask(self, plan: Plan) {
        if self.session.may_write().is_ok() {
            self.plan.set(Some(plan));
        }
    }

    /// Reads in the log what stood before some actions, and shows the plan to take them back.
    pub fn take_back(self, stamps: Vec<Stamp>, what: String) {
        if self.progress.get_untracked().is_some() {
            return;
        }
        let Ok(open) = self.session.may_write() else { return };
        self.progress.set(Some((0, 1)));
        spawn_local(async move {
            match open.desk.rows().await {
                Ok(rows) => {
                    let mut taking = TakingBack::begin(Rc::new(rows), stamps);
                    while !frame::slice(&mut || taking.step(STEP)) {
                        if self.progress.try_get_untracked().flatten().is_none() {
                            return;
                        }
                        self.progress.set(Some(taking.progress()));
                        frame::breathe().await;
                    }
                    let plan = self.session.read_now(|fold| taking.plan(fold, &what));
                    let _ = self.plan.try_set(Some(plan));
                }
                Err(error) => self.session.toasts.failed(error.to_string()),
            }
            let _ = self.progress.try_set(None);
        });
    }
}

/// What taking an action back is called: of one that took another back, doing that again.
pub fn back_words(what: &str) -> String {
    match what.strip_prefix("撤销：") {
        Some(first) => ["重做：", first].concat(),
        None => ["撤销：", what].concat(),
    }
}

/// Where the plan is shown and answered.
#[component]
pub fn GoingBackDialog(back: GoingBack) -> impl IntoView {
    let close = move || back.plan.set(None);
    let go = move || {
        if let Some(plan) = back.plan.get_untracked() {
            back.session.commit(plan.draft);
        }
        close();
    };
    view! {
        {move || back.plan.get().map(|plan| {
            let nothing = plan.count == 0;
            view! {
                <Dialog title=plan.draft.what.to_string() shape=Shape::Side close=move |()| close()>
                    <div class="dialog-body back-plan"><PlanLines plan=plan/></div>
                    <div class="dialog-foot">
                        {(!nothing).then(|| view! {
                            <TextButton class="button button-main" label="确认写入" act=move |()| go()/>
                        })}
                        <TextButton class="button" label=if nothing { "关闭" } else { "不改了" } act=move |()| close()/>
                        <p class="dialog-foot-note">"会写成一条新的操作，可以撤销；历史不会抹掉，记录不会删除。"</p>
                    </div>
                </Dialog>
            }
        })}
    }
}

#[component]
fn PlanLines(plan: Plan) -> impl IntoView {
    let line = |line: Restored| {
        view! {
            <li>
                <span class="quiet">{line.record} " " {line.label}</span>
                <div class="life-line"><del>{line.now}</del> <span class="quiet">" 改为 "</span> <ins>{line.then}</ins></div>
            </li>
        }
    };
    let kept = |kept: Kept| {
        let why = match kept.why {
            Why::Later { by, at } => {
                ["，后来 ", signed(&by), " 又改过（", &moment_words(at), "）"].concat()
            }
            Why::Required => "，这一项必填，不清空".to_string(),
        };
        view! { <li class="quiet">{kept.record} " " {kept.label} {why}</li> }
    };
    let rest = |left: usize| {
        (left > 0).then(|| view! { <p class="quiet">"还有 " {left} " 处，没有列出。"</p> })
    };
    let (told, stays) = (plan.lines.len().min(MOST), plan.kept.len().min(MOST));
    view! {
        {if plan.count == 0 {
            view! { <p class="notice">"没有要改的：现在就是这样，或者后来都又改过了。"</p> }
        } else {
            view! { <p>"将改动 " <strong>{plan.count}</strong> " 处："</p> }
        }}
        <ul class="back-list">{plan.lines.into_iter().take(MOST).map(line).collect_view()}</ul>
        {rest(plan.count - told)}
        {(plan.kept_count > 0).then(|| view! {
            <h3>"不动的 " {plan.kept_count} " 处"</h3>
            <ul class="back-list">{plan.kept.into_iter().take(MOST).map(kept).collect_view()}</ul>
        })}
        {rest(plan.kept_count - stays)}
    }
}
