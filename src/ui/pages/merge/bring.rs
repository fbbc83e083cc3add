//! Bundles handed over, put together, shown as one plan and written as one step.

use std::cell::RefCell;
use std::sync::Arc;

use crate::ui::components::author::surety;
use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use super::conflicts::{ConflictList, Lines, Side};
use crate::bundle::{Bundle, Extract, Newer, Plan};
use crate::journal::action::signed;
use crate::journal::desk::Taken;
use crate::ui::components::drop_zone::DropZone;
use crate::ui::pages::extract::ExtractOffer;
use crate::ui::pages::newer::LookOffer;
use crate::ui::session::{Session, use_session};
use crate::web::slices::{self, Refusal};
use crate::web::world::local_time;

thread_local! {
    /// Files another page hands over with somebody who comes here.
    static HANDED: RefCell<Vec<File>> = const { RefCell::new(Vec::new()) };
}

/// The next time the room is opened these lie on the table.
pub fn hand_over(files: Vec<File>) {
    HANDED.set(files);
}

/// What became of a file.
#[derive(Clone)]
struct Brought {
    name: String,
    refused: Option<String>,
}

/// Bundles on the table.
type Room = Handle<RoomParts>;

struct RoomParts {
    session: Session,
    bundles: StoredValue<Vec<Bundle>, LocalStorage>,
    brought: RwSignal<Vec<Brought>>,
    /// Of a newer program: to be looked at.
    newer: RwSignal<Vec<Newer>, LocalStorage>,
    /// Of one person: to be opened, or to renew the one that is here.
    extracts: RwSignal<Vec<Arc<Extract>>, LocalStorage>,
    /// Lines read and lines in all of the file being read.
    reading: RwSignal<Option<(usize, usize)>>,
    plan: RwSignal<Option<Plan>>,
    conflicts: Lines,
    report: RwSignal<Option<Report>>,
    /// The one write is under way.
    writing: StoredValue<bool>,
}

/// What a merge did, to be kept or printed.
#[derive(Clone)]
struct Report {
    plan: Plan,
    files: Vec<String>,
    applied: usize,
    waiting: usize,
    decided: usize,
}

impl Room {
    fn new(session: Session) -> Room {
        Handle::to(RoomParts {
            session,
            bundles: StoredValue::new_local(Vec::new()),
            brought: RwSignal::new(Vec::new()),
            newer: RwSignal::new_local(Vec::new()),
            extracts: RwSignal::new_local(Vec::new()),
            reading: RwSignal::new(None),
            plan: RwSignal::new(None),
            conflicts: Lines::new(),
            report: RwSignal::new(None),
            writing: StoredValue::new(false),
        })
    }

    fn take(self, handed: Vec<File>) {
        self.reading.set(Some((0, 0)));
        spawn_local(async move {
            self.report.set(None);
            self.brought.update(|list| list.retain(|file| file.refused.is_none()));
            self.newer.set(Vec::new());
            self.extracts.set(Vec::new());
            for file in handed {
                let Some(refused) = self.put(&file).await else { continue };
                self.brought.update(|list| list.push(Brought { name: file.name(), refused }));
            }
            self.reading.set(None);
        });
    }

    /// What became of a file; nothing where it is no bundle but an extract, which has its own place.
    async fn put(self, file: &File) -> Option<Option<String>> {
        let Err(Refusal { sentence, newer, extract }) = self.read(file).await else {
            return Some(None);
        };
        self.newer.update(|list| list.extend(newer.map(|newer| *newer)));
        let Some(extract) = extract else { return Some(Some(sentence)) };
        self.extracts.update(|list| list.push(Arc::new(*extract)));
        None
    }

    /// Puts a file to the others; the `Err` says why it is left out.
    async fn read(self, file: &File) -> Result<(), Refusal> {
        let told = |done, all| self.reading.set(Some((done, all)));
        let bundle = slices::read_bundle_file(file, told).await?;
        self.bundles.update_value(|bundles| bundles.push(bundle));
        let planned = self.make_plan().inspect_err(|_| {
            self.bundles.update_value(|bundles| drop(bundles.pop()));
        });
        Ok(planned?)
    }

    fn make_plan(self) -> Result<(), String> {
        let open = self.session.base().ok_or("没有打开的乡镇。")?;
        let plan =
            self.bundles.with_value(|bundles| open.desk.plan(|base| Plan::of(bundles, base)));
        let plan = plan.map_err(|error| error.to_string())?;
        self.conflicts.renew(plan.conflicts.clone());
        self.plan.set(Some(plan));
        Ok(())
    }

    fn clear(self) {
        self.bundles.set_value(Vec::new());
        self.brought.set(Vec::new());
        self.plan.set(None);
        self.conflicts.renew(Vec::new());
    }

    fn apply(self) {
        let Some(plan) = self.plan.get_untracked().filter(|_| !self.writing.get_value()) else {
            return;
        };
        let what = what(&plan);
        let Some(draft) = self.conflicts.decided(&what) else {
            return;
        };
        // Lines are held by pointer: the bundles stay on the table until it is done.
        let offer = Bundle::offer(self.bundles.get_value());
        self.writing.set_value(true);
        spawn_local(async move {
            let done = self.session.merge(offer, &draft).await;
            let _ = self.writing.try_set_value(false);
            if done.is_err() {
                // Why is told already; files and choices stay, so that pressing again works.
                return;
            }
            let decided = draft.decision_count();
            let files = self.brought.with_untracked(|list| {
                let good = list.iter().filter(|file| file.refused.is_none());
                good.map(|file| file.name.clone()).collect()
            });
            self.clear();
            if let Ok(Taken { applied, parked, .. }) = done {
                self.report.set(Some(Report { plan, files, applied, waiting: parked, decided }));
                self.session.toasts.done("已合并数据包", true);
            }
        });
    }
}

/// `合并 李秀英、陈大山 的数据包`
fn what(plan: &Plan) -> String {
    let mut names: Vec<&str> = plan.senders.iter().map(|sender| signed(&sender.name)).collect();
    names.dedup();
    format!("合并 {} 的数据包", names.join("、"))
}

#[component]
pub fn Bring() -> impl IntoView {
    let room = Room::new(use_session());
    let handed = HANDED.take();
    if !handed.is_empty() {
        room.take(handed);
    }
    let taken = move |files: Vec<File>| room.take(files);
    // A file that was not written over because it holds what is not here.
    if let Some(file) = room.session.keeping.to_merge.try_update_value(Option::take).flatten() {
        room.take(vec![file]);
    }
    view! {
        <DropZone
            line="把数据包拖到这里"
            button="选择数据包"
            accept=".json,application/json"
            taken=taken
        />
        <Show when=move || room.reading.with(Option::is_some)>
            {move || room.reading.get().map(|(done, all)| view! {
                <p role="status">"正在读取 " {done} " / " {all} " 条"</p>
                <progress max=all.max(1) value=done></progress>
            })}
        </Show>
        {move || room.brought.get().into_iter().map(|file| match file.refused {
            Some(sentence) => view! { <p class="notice notice-bad" role="alert"><strong>{file.name}</strong> "：" {sentence}</p> },
            None => ().into_any(),
        }).collect_view()}
        {move || room.newer.get().into_iter().map(|newer| view! { <LookOffer newer=newer/> }).collect_view()}
        {move || room.extracts.get().into_iter().map(|extract| view! { <ExtractOffer extract=extract/> }).collect_view()}
        {move || room.plan.get().map(|plan| view! { <PlanView room=room plan=plan/> })}
        {move || room.report.get().map(|report| view! { <ReportView report=report/> })}
    }
}

#[component]
fn PlanView(room: Room, plan: Plan) -> impl IntoView {
    let nothing = plan.changes_nothing();
    let undecided = !plan.conflicts.is_empty();
    view! {
        <div class="plan">
            <PlanFacts plan=plan/>
            <Show when=move || undecided>
                <h3>"两边改得不一样"</h3>
                <p class="quiet">"逐项选以谁为准；没选的以较晚的为准，别的值留着，以后还能定。"</p>
                <ConflictList lines=room.conflicts side=Side::Planned/>
            </Show>
            <div class="choices merge-foot">
                {move || if room.reading.with(Option::is_some) {
                    view! { <p>"还有文件正在读取，读完再确认。选好的会留着。"</p> }
                } else if nothing {
                    view! { <p>"没有新内容，不需要合并。"</p> }
                } else {
                    view! { <TextButton class="button button-main" label="确认合并" act=move |()| room.apply()/> }
                }}
                <TextButton class="button" label="不合并" act=move |()| room.clear()/>
            </div>
        </div>
    }
}

/// Who sent what, from when to when, what it touches, and what is missing.
#[component]
fn PlanFacts(plan: Plan) -> impl IntoView {
    let span = plan.span.map(|(from, to)| format!("，{} 至 {}", local_time(from), local_time(to)));
    let notes = told(&plan);
    let senders = plan.senders.into_iter().map(|sender| {
        let made = sender.made.replace('T', " ").replace('Z', "（世界时）");
        let place = place(sender.number, sender.part);
        let (word, why) = surety(&sender.surety);
        view! { <dt>"数据包"</dt><dd>{signed(&sender.name).to_string()} <span class="author-mark" title=why>{word}</span> {place} "，" {sender.actions} " 条操作，导出于 " {made}</dd> }
    });
    let people: Vec<String> =
        plan.people.iter().map(|(name, count)| format!("{} {count} 条", signed(name))).collect();
    let missing = plan.missing.into_iter().map(|gap| {
        view! { <li>{format!("副本 {} 的第 {} 至 {} 条还没有收到", gap.replica, gap.from, gap.to)}</li> }
    });
    let kinds = plan.kinds.into_iter().map(|kind| {
        view! {
            <tr>
                <th scope="row">{kind.label}</th>
                <td class="number">{kind.new_records}</td>
                <td class="number">{kind.changed_records}</td>
                <td class="number">{kind.ops}</td>
            </tr>
        }
    });
    view! {
        <dl class="facts">
            {senders.collect_view()}
            <dt>"新的操作"</dt><dd>{plan.new_actions} " 条" {span}</dd>
            <dt>"原来就有"</dt><dd>{plan.known_actions} " 条"</dd>
            <dt>"操作人"</dt><dd>{people.join("、")}</dd>
            <dt>"两边都改过"</dt><dd>{plan.conflicts.len()} " 处"</dd>
        </dl>
        {(plan.waiting > 0).then(|| view! {
            <p class="notice">"有 " {plan.waiting} " 条操作要等缺的部分到齐后才能合并，会先存着："</p>
        })}
        <ul>{missing.collect_view()}</ul>
        {notes.into_iter().map(|line| view! { <p class="notice">{line}</p> }).collect_view()}
        {(plan.new_actions > 0).then(|| view! {
            <table class="plain-table">
                <thead><tr><th>"类别"</th><th>"新增记录"</th><th>"改动记录"</th><th>"改动项"</th></tr></thead>
                <tbody>{kinds.collect_view()}</tbody>
            </table>
        })}
    }
}

/// `，第 7 号，第 2 份共 3 份`
fn place(number: u64, part: Option<(u32, u32)>) -> String {
    let mut place = String::new();
    if number > 0 {
        place.push_str(&format!("，第 {number} 号"));
    }
    if let Some((at, of)) = part {
        place.push_str(&format!("，第 {at} 份共 {of} 份"));
    }
    place
}

/// Bundles and parts that did not come, and copies that went on under one name.
fn told(plan: &Plan) -> Vec<String> {
    let mut told = Vec::new();
    for (number, parts, of) in plan.missing_parts() {
        let parts: Vec<String> = parts.iter().map(|part| format!("第 {part} 份")).collect();
        told.push(format!(
            "第 {number} 号数据包共 {of} 份，这里还差{}。可以先合并，收到后再合并一次就齐了。",
            parts.join("、")
        ));
    }
    let missing = !plan.missing.is_empty();
    for sender in plan.senders.iter().filter(|_| missing) {
        if let Some((from, to)) = sender.skipped {
            let numbers = if from == to {
                format!("第 {from} 号")
            } else {
                format!("第 {from} 至 {to} 号")
            };
            told.push(format!(
                "{} 的{numbers}数据包没有到过这里，缺的多半在里面。",
                signed(&sender.name)
            ));
        }
    }
    for fork in &plan.forked {
        told.push(format!("副本 {} 从第 {} 条起被两台电脑各自写了下去（多半是复制过浏览器数据，或恢复过旧备份）。两边的内容都保留；合并后这台电脑如用着同一编号，会自动换新编号。", fork.replica, fork.counter));
    }
    told
}

#[component]
fn ReportView(report: Report) -> impl IntoView {
    let Report { plan, files, applied, waiting, decided } = report;
    let left = plan.conflicts.len() - decided;
    let head = NodeRef::<leptos::html::P>::new();
    effect(move || {
        if let Some(head) = head.get() {
            head.scroll_into_view();
        }
    });
    let print = move |()| {
        if let Some(window) = web_sys::window() {
            let _ = window.print();
        }
    };
    view! {
        <div class="plan">
            <p class="notice notice-ok" role="status" node_ref=head>
                "已合并 " {applied} " 条操作，已写入并回读核对。"
                {(waiting > 0).then(|| format!("{waiting} 条在等缺的数据包。"))}
                {(decided > 0).then(|| format!("定了 {decided} 处分歧。"))}
                {(left > 0).then(|| format!("还有 {left} 处分歧没定，在下面。"))}
            </p>
            <p class="quiet">{files.join("、")}</p>
            <PlanFacts plan=plan/>
            <TextButton class="button" label="打印这份报告" act=print/>
        </div>
    }
}
