//! 核对两份数据 (`#/data/health`): this copy beside another's bundle, record by record: what differs,
//! why, and the button that mends it. Changes nothing: merging and deciding are done in the merge room.

use std::rc::Rc;
use std::sync::Arc;

use crate::ui::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use crate::bundle::{Bundle, BundleError, Since};
use crate::journal::action::signed;
use crate::journal::compare::{Comparing, Comparison, Lacking, RecordDiff, Why};
use crate::journal::hash::spoken;
use crate::journal::peer::Knows;
use crate::model::{RecordId, schema};
use crate::route::Route;
use crate::ui::components::button::TextButton;
use crate::ui::components::drop_zone::DropZone;
use crate::ui::pages::merge::hand_over;
use crate::ui::session::{Session, use_session};
use crate::web::{frame, slices};

/// Records shown before the reader asks for more.
const A_PAGE: usize = 50;

/// Lines or records compared between two looks at the clock.
const STEP: usize = 100;

/// A comparison on the page.
type Bench = Handle<BenchParts>;

struct BenchParts {
    session: Session,
    progress: RwSignal<Option<(usize, usize)>>,
    /// Who sent the other copy, and how the two stand.
    found: RwSignal<Option<(String, Arc<Comparison>)>>,
    trouble: RwSignal<Option<String>>,
    files: StoredValue<Vec<File>, LocalStorage>,
    shown: RwSignal<usize>,
}

impl Bench {
    fn take(self, handed: Vec<File>) {
        self.found.set(None);
        self.trouble.set(None);
        self.shown.set(A_PAGE);
        self.files.set_value(handed.clone());
        spawn_local(async move {
            match self.compare(&handed).await {
                Ok(found) => drop(self.found.try_set(Some(found))),
                Err(sentence) => drop(self.trouble.try_set(Some(sentence))),
            }
            let _ = self.progress.try_set(None);
        });
    }

    async fn compare(self, handed: &[File]) -> Result<(String, Arc<Comparison>), String> {
        let open = self.session.base().ok_or("没有打开的乡镇。")?;
        let (mut lines, mut senders, mut knows) = (Vec::new(), Vec::new(), Knows::new());
        for file in handed {
            let told = |done, all| {
                let _ = self.progress.try_set(Some((done, all)));
            };
            let bundle: Bundle = slices::read_bundle_file(file, told).await?;
            if bundle.header.township != open.township {
                let (ours, theirs) = (self.session.township_name(), bundle.header.name.clone());
                return Err(BundleError::OtherTownship { ours, theirs }.to_string());
            }
            senders.push(signed(&bundle.header.sender).to_string());
            for (replica, known) in bundle.header.knows.clone() {
                let most: &mut u64 = knows.entry(replica).or_default();
                *most = known.max(*most);
            }
            lines.extend(bundle.into_lines());
        }
        let rows = open.desk.rows().await.map_err(|error| error.to_string())?;
        let mut comparing = Comparing::begin(lines, Rc::new(rows), knows);
        let mut failed = None;
        loop {
            let mut step = || {
                open.desk.read(|fold| comparing.step(fold, STEP)).unwrap_or_else(|error| {
                    failed = Some(error);
                    true
                })
            };
            if frame::slice(&mut step) {
                break;
            }
            let _ = self.progress.try_set(Some(comparing.progress()));
            frame::breathe().await;
        }
        match failed {
            Some(error) => Err(error.to_string()),
            None => {
                senders.dedup();
                Ok((senders.join("、"), Arc::new(open.desk.read(|fold| comparing.finish(fold)))))
            }
        }
    }

    /// The bundle of what the other copy lacks, as a file.
    async fn export(self, found: Arc<Comparison>) {
        let lacked = self.session.read_now(|fold| fold.heads().lacked_by(&found.they_know));
        self.session.send_files(&Since::Version(lacked), usize::MAX).await;
    }
}

pub fn page() -> AnyView {
    let session = use_session();
    let bench = Handle::to(BenchParts {
        session,
        progress: RwSignal::new(None),
        found: RwSignal::new(None),
        trouble: RwSignal::new(None),
        files: StoredValue::new_local(Vec::new()),
        shown: RwSignal::new(A_PAGE),
    });
    let taken = move |handed: Vec<File>| bench.take(handed);
    let own = memo(move || {
        session.watch_all(|_| ());
        session.read_now(|fold| (spoken(&fold.state_hash()), fold.heads().len()))
    });
    view! {
        <section class="sheet sheet-wide health">
            <h1>"核对两份数据"</h1>
            <p class="sheet-note">"看这一份和别人的一份哪里不一样、为什么、怎么补齐。只核对，不改动。"</p>
            <dl class="facts">
                <dt>"这一份的校验码"</dt><dd class="health-code">{move || own.get().0}</dd>
                <dt>"操作总数"</dt><dd>{move || own.get().1} " 条"</dd>
            </dl>
            <p class="quiet">"对方也打开这一页，在电话里念一遍：四组数字都相同，两份数据就完全一样，不用传文件。"</p>
            <DropZone
                line="不相同？把对方导出的数据包拖到这里"
                button="选择对方的数据包"
                accept=".json,application/json"
                taken=taken
            />
            {move || bench.progress.get().map(|(done, all)| view! {
                <p role="status">"正在核对…"</p>
                <progress max=all.max(1) value=done></progress>
            })}
            {move || bench.trouble.get().map(|said| view! { <p class="notice notice-bad" role="alert">{said}</p> })}
            {move || bench.found.get().map(|(sender, found)| view! { <Found bench=bench sender=sender found=found/> })}
        </section>
    }
}

#[component]
fn Found(bench: Bench, sender: String, found: Arc<Comparison>) -> impl IntoView {
    let code = bench.session.read_now(|fold| spoken(&fold.state_hash()));
    let waiting = bench.session.base().map_or(0, |open| open.desk.parked().len());
    let equal = found.is_equal();
    let head = if equal {
        let words = ["两份完全一样，校验码都是 ", &code, "。对方：", &sender, "。"].concat();
        view! { <p class="notice notice-ok" role="status">{words}</p> }
    } else {
        let words = found.records.len().to_string();
        view! { <p class="notice notice-soon" role="status">"两份不一样：" {words} " 条记录的内容不同。对方：" {sender} "。"</p> }
    };
    let list = found.clone();
    view! {
        {head}
        {found.partial.then(|| view! {
            <p class="quiet">"这是一份增量数据包，只装着较晚的操作；较早的按两边都有来核对。要核对全部，请对方导出完整的数据包。"</p>
        })}
        <Causes bench=bench found=found.clone() waiting=waiting/>
        <Show when=move || !equal><h2>"不同的记录"</h2></Show>
        {move || list.records.iter().take(bench.shown.get()).map(|record| {
            view! { <Differing record=record.clone()/> }
        }).collect_view()}
        {move || (bench.shown.get() < found.records.len()).then(|| view! {
            <TextButton class="button" label="再看 50 条" act=move |()| bench.shown.update(|shown| *shown += A_PAGE)/>
        })}
    }
}

/// Every reason the copies may differ, each with what mends it.
#[component]
fn Causes(bench: Bench, found: Arc<Comparison>, waiting: usize) -> impl IntoView {
    let cause = |words: String, mend: AnyView| {
        view! { <li class="list-line"><span class="list-main">{words}</span> {mend}</li> }
    };
    let none = || ().into_any();
    let link = |words: &'static str| view! { <a class="button button-small" href=Route::Merge.href()>{words}</a> };
    let mut causes = Vec::new();
    if !found.we_lack.is_empty() {
        let merge = move |()| {
            hand_over(bench.files.get_value());
            bench.session.go(&Route::Merge);
        };
        let words = "对方有、这一份没有：".to_string() + &lacking(&found.we_lack);
        causes.push(cause(words, view! { <TextButton class="button button-small button-main" label="去合并进来" act=merge/> }));
    }
    if !found.they_lack.is_empty() {
        let list = found.clone();
        let export = move |()| spawn_local(bench.export(list.clone()));
        let words = "这一份有、对方没有：".to_string() + &lacking(&found.they_lack);
        causes.push(cause(words, view! { <TextButton class="button button-small button-main" label="导出给对方" act=export/> }));
    }
    for hole in &found.holes {
        let words = format!(
            "对方的数据包里缺副本 {} 的第 {} 至 {} 条，请对方导出完整的数据包再核对。",
            hole.replica, hole.from, hole.to
        );
        causes.push(cause(words, none()));
    }
    if waiting > 0 {
        let words = format!("这一份有 {waiting} 条操作在等缺的数据包，还没有生效。");
        causes.push(cause(words, link("去补上")));
    }
    match found.undecided {
        (0, 0) => {}
        (0, theirs) => causes.push(cause(format!("对方有 {theirs} 处分歧还没定。"), none())),
        (ours, _) => {
            causes.push(cause(format!("这一份有 {ours} 处分歧还没定。"), link("去定下来")));
        }
    }
    for (replica, counter) in &found.forked {
        let words = format!(
            "副本 {replica} 从第 {counter} 条起有两边在用同一个编号：浏览器数据被整个复制过，或恢复过旧备份。合并后两边的内容都会留下，各用新的编号继续。"
        );
        causes.push(cause(words, none()));
    }
    if found.faults() > 0 {
        let words = format!(
            "有 {} 处，两份知道的操作一样，内容却不同。这是程序的错误，不是您的。请把两份都导出，交给管理员；数据没有变化。",
            found.faults()
        );
        causes.push(cause(words, none()));
    }
    view! { <ul class="list health-causes">{causes}</ul> }
}

/// `王小满（副本 abc 第 3 至 9 条）`
fn lacking(list: &[Lacking]) -> String {
    let one = |lacking: &Lacking| {
        let people: Vec<&str> = lacking.people.iter().map(|by| signed(by)).take(5).collect();
        format!(
            "{}（副本 {} 第 {} 至 {} 条）",
            people.join("、"),
            lacking.replica,
            lacking.from,
            lacking.to
        )
    };
    list.iter().map(one).collect::<Vec<_>>().join("，")
}

#[component]
fn Differing(record: RecordDiff) -> impl IntoView {
    let kind = schema().kind(&record.kind);
    let label = kind.map_or("其他", |kind| schema().kinds[kind].spec.label);
    let href =
        kind.zip(RecordId::parse(&record.id)).map(|(kind, id)| Route::Record { kind, id }.href());
    let field = |why: Why| match why {
        Why::WeLack => "对方改过，这一份还没有",
        Why::TheyLack => "这一份改过，对方还没有",
        Why::Apart => "两边都改过，合并时要定",
        Why::Fault => "两边操作一样，内容不同：程序错误",
    };
    let rows = record.fields.into_iter().map(|at| view! {
        <tr><th scope="row">{at.label}</th><td>{at.ours}</td><td>{at.theirs}</td><td class="quiet">{field(at.why)}</td></tr>
    });
    view! {
        <h3 class="health-record"><a href=href>{record.title}</a> <span class="quiet">{label}</span></h3>
        <table class="plain-table health-table">
            <thead><tr><th>"项目"</th><th>"这一份"</th><th>"对方"</th><th>"原因"</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}
