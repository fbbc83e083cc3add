//! A file of borders: read in slices, shown as a map and a list of what would become of each feature, written as one
//! step. Which coordinate system it is in is asked, never guessed.

use std::rc::Rc;
use std::sync::Arc;

use crate::ui::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use crate::borders::Layer;
use crate::borders::plan::{Asked, Becomes, Line, Plan};
use crate::exchange::Progress;
use crate::geo::datum::Datum;
use crate::geo::geojson::{Feature, MOST_BYTES, NotGeoJson, Reading, Told, text_of};
use crate::picture::map::{draw, legend};
use crate::ui::components::button::TextButton;
use crate::ui::components::drop_zone::DropZone;
use crate::ui::components::picture::{PictureView, Shown};
use crate::ui::session::{Session, use_session};
use crate::ui::turn::{Halt, Turn, Turns};
use crate::view::map::planned;
use crate::web::files;

/// Features read between two looks at the clock.
const FEATURES_A_STEP: usize = 20;
/// Lines and notes shown before the reader asks for the others.
const SHOWN: usize = 40;

/// What a file holds.
struct Content {
    name: String,
    features: Vec<Feature>,
    told: Vec<Told>,
}

/// An import under way.
type Job = Handle<JobParts>;

struct JobParts {
    session: Session,
    content: RwSignal<Option<Rc<Content>>, LocalStorage>,
    refused: RwSignal<Option<String>>,
    /// Bytes read and bytes in all.
    reading: RwSignal<Option<(u64, u64)>>,
    asked: RwSignal<Asked>,
    /// Nobody has said yet in which coordinates the file is.
    datum: RwSignal<Option<Datum>>,
    planned: RwSignal<Option<Arc<Plan>>, LocalStorage>,
    writing: RwSignal<bool>,
    turns: StoredValue<Turns>,
}

impl Job {
    fn begin(session: Session) -> Job {
        let turns = Turns::default();
        let left = turns.clone();
        on_cleanup(move || left.stop());
        Handle::to(JobParts {
            session,
            content: RwSignal::new_local(None),
            refused: RwSignal::new(None),
            reading: RwSignal::new(None),
            asked: RwSignal::new(Asked::default()),
            datum: RwSignal::new(None),
            planned: RwSignal::new_local(None),
            writing: RwSignal::new(false),
            turns: StoredValue::new(turns),
        })
    }

    fn take(self, files: Vec<File>) {
        let Some(file) = files.into_iter().next() else { return };
        let turn = self.turns.with_value(Turns::next);
        self.clear();
        self.reading.set(Some((0, file.size() as u64)));
        spawn_local(async move {
            let done = self.read(&file, &turn).await;
            if !turn.stands() {
                return;
            }
            self.reading.set(None);
            match done {
                Ok(content) => self.content.set(Some(Rc::new(content))),
                Err(Halt::Refused(sentence)) => {
                    self.refused.set(Some(format!("{}：{sentence}", file.name())));
                }
                Err(Halt::Stopped) => {}
            }
        });
    }

    async fn read(self, file: &File, turn: &Turn) -> Result<Content, Halt> {
        let refused = |error: NotGeoJson| Halt::Refused(error.to_string());
        if file.size() > MOST_BYTES as f64 {
            return Err(refused(NotGeoJson::TooLarge(file.size() as usize)));
        }
        turn.pause(16).await?;
        let handed = files::read(file).await;
        turn.check()?;
        let handed = handed.ok_or_else(|| {
            Halt::Refused("文件读不出来，可能 U 盘已拔出，或文件正被别的程序占用。现有数据没有变化，请插好后重选。".to_string())
        })?;
        let text = text_of(handed.bytes, &files::gb18030).map_err(refused)?;
        let mut reading = Reading::begin(&text).map_err(refused)?;
        let mut step = || {
            let over = reading.step(FEATURES_A_STEP).map_err(refused)?;
            let (done, total) = reading.progress();
            let (done, total) = (done as u64, total as u64);
            // A last slice may lie behind the last feature.
            Ok(Progress { done: if over { total } else { done.min(total - 1) }, total })
        };
        let show = |at: Progress| self.reading.set(Some((at.done, at.total)));
        turn.slices(&mut step, &show).await?;
        Ok(Content { name: handed.name, features: reading.features, told: reading.told })
    }

    fn stop(self) {
        self.turns.with_value(Turns::stop);
        self.clear();
    }

    fn clear(self) {
        self.content.set(None);
        self.refused.set(None);
        self.reading.set(None);
        self.planned.set(None);
        self.datum.set(None);
        self.asked.set(Asked::default());
    }

    fn replan(self) {
        let content = self.content.get();
        let datum = self.datum.get();
        let asked = self.asked.get();
        let links = self.session.links();
        let plan = content.zip(datum).map(|(content, datum)| {
            let asked = Asked { datum, ..asked };
            Arc::new(Plan::of(&links, &content.features, content.told.clone(), &asked))
        });
        self.planned.set(plan);
    }

    fn write(self) {
        let Some(plan) = self.planned.get_untracked() else { return };
        let Some(content) = self.content.get_untracked() else { return };
        if self.writing.get_untracked() {
            return;
        }
        self.writing.set(true);
        let mut fresh = || self.session.fresh_id();
        let draft = plan.to_draft(&self.session.links(), &content.name, &mut fresh);
        spawn_local(async move {
            let done = self.session.commit_now(draft).await;
            let _ = self.writing.try_set(false);
            if done.is_ok() {
                self.session.toasts.done("已导入边界", true);
                self.clear();
            }
        });
    }
}

#[component]
pub fn Bring() -> impl IntoView {
    let job = Job::begin(use_session());
    effect(move || job.replan());
    let taken = move |files: Vec<File>| job.take(files);
    view! {
        <h2>"导入边界"</h2>
        <DropZone
            line="把边界文件拖到这里"
            button="选择文件"
            accept=".geojson,.json"
            hint="GeoJSON 文件：面或点都可以。shp、dwg、kml 请先在测绘软件里导出为 GeoJSON。"
            taken=taken
        />
        {move || job.refused.get().map(|sentence| view! { <p class="notice notice-bad" role="alert">{sentence}</p> })}
        {move || job.reading.get().map(|(done, all)| view! {
            <div class="import-working" aria-busy="true">
                <p role="status">{format!("正在读取 {}%", done * 100 / all.max(1))}</p>
                <progress aria-label="进度" max=all.max(1) value=done></progress>
                <TextButton class="button" label="取消" act=move |()| job.stop()/>
            </div>
        })}
        {move || job.content.get().map(|content| view! { <Understood job=job content=content/> })}
        {move || job.planned.get().map(|plan| view! { <Planned job=job plan=plan/> })}
    }
}

/// How the file is to be understood.
#[component]
fn Understood(job: Job, content: Rc<Content>) -> impl IntoView {
    let count = content.features.len();
    let datums = move || {
        view! {
            <option value="" selected=move || job.datum.get().is_none() disabled>"请选择"</option>
            {Datum::ALL.into_iter().map(|datum| view! {
                <option value=datum.id() selected=move || job.datum.get() == Some(datum)>{datum.label()}</option>
            }).collect_view()}
        }
    };
    let chosen = move |event| {
        let id = event_target_value(&event);
        job.datum.set(Datum::ALL.into_iter().find(|datum| datum.id() == id));
    };
    let rest = move |event| {
        let rest = Layer::from_id(&event_target_value(&event));
        job.asked.update(|asked| asked.rest = rest);
    };
    let column = move |event| {
        let column = event_target_value(&event);
        job.asked.update(|asked| asked.column = Some(column));
    };
    let detail = move |event| {
        let metres = match &*event_target_value(&event) {
            "1" => 1.0,
            "5" => 5.0,
            _ => 0.0,
        };
        job.asked.update(|asked| asked.tolerance = metres);
    };
    let columns = move || {
        job.planned.get().map(|plan| {
            let option = |(name, hits): &(String, usize)| {
                let words = if *hits > 0 { format!("{name}（认出 {hits} 个）") } else { name.clone() };
                view! { <option value=name.clone() selected={*name == plan.column}>{words}</option> }
            };
            plan.columns.iter().map(option).collect_view()
        })
    };
    // What was handed over is what one wants to see next.
    let head = NodeRef::<leptos::html::P>::new();
    effect(move || {
        if let Some(head) = head.get() {
            head.scroll_into_view();
        }
    });
    view! {
        <p class="borders-file" node_ref=head>{format!("{} 里有 {count} 个图形。", content.name)}</p>
        <div class="form-grid borders-asked">
            <label class="field">
                <span class="field-label">"文件用的坐标系"</span>
                <select class="input" id="borders-datum" on:change=chosen>{datums}</select>
                <span class="field-hint">"选错会整体偏几百米。不清楚时，问提供文件的人。"</span>
            </label>
            <label class="field">
                <span class="field-label">"按哪一列认村和网格"</span>
                <select class="input" on:change=column>{columns}</select>
                <span class="field-hint">"名称、编码、记录号都可以。"</span>
            </label>
            <label class="field">
                <span class="field-label">"台账里没有的"</span>
                <select class="input" id="borders-rest" on:change=rest>
                    <option value="">"不导入"</option>
                    {Layer::ALL.iter().map(|layer| view! {
                        <option value=layer.id()>{format!("新建为{}", layer.label())}</option>
                    }).collect_view()}
                </select>
            </label>
            <label class="field">
                <span class="field-label">"边界精细度"</span>
                <select class="input" on:change=detail>
                    <option value="0">"原样"</option>
                    <option value="1">"精简到 1 米"</option>
                    <option value="5">"精简到 5 米"</option>
                </select>
                <span class="field-hint">"相邻的边界一起精简，不会裂缝。"</span>
            </label>
        </div>
    }
}

#[component]
fn Planned(job: Job, plan: Arc<Plan>) -> impl IntoView {
    let counts = plan.counts();
    let empty = plan.is_empty();
    let mut said = Vec::new();
    let mut say = |count: usize, words: &str| {
        if count > 0 {
            said.push(format!("{words} {count} 个"));
        }
    };
    say(counts.fresh, "新画上");
    say(counts.replaced, "替换原边界");
    say(counts.made, "新建");
    say(counts.left, "不导入");
    let guessed = (counts.guessed > 0).then(|| {
        format!("{} 个只有点位，边界按离哪个点最近推算，图上会注明是示意。", counts.guessed)
    });
    let sketches = (!plan.sketches.is_empty()).then(|| {
        format!(
            "现有 {} 个没有经纬度的示意边界会清掉：它们和真实位置对不上。撤销可以找回。",
            plan.sketches.len()
        )
    });
    let far = plan.far.map(|far| {
        format!(
            "这些图形离本乡镇地图有 {:.0} 公里，可能拿错了文件，或坐标系不对。请核对后再写入。",
            far / 1000.0
        )
    });
    let corners = format!("共 {} 个拐点。", plan.corner_count());
    let told: Vec<String> = plan.told.iter().map(Told::to_string).collect();
    let shown = RwSignal::new_local(Some(preview(job.session, &plan)));
    let nothing = Callback::new(|_: String| ());
    view! {
        <div class="plan">
            <p role="status" class="borders-said"><strong>{said.join("，")}</strong> " " <span class="quiet">{corners}</span></p>
            {[far, sketches, guessed].into_iter().flatten().map(|line| view! { <p class="notice">{line}</p> }).collect_view()}
            <Notes lines=told/>
            <div class="borders-preview"><PictureView shown=shown on_open=nothing/></div>
            <Lines plan=plan/>
            <div class="choices import-foot">
                {if empty {
                    view! { <span class="quiet">"没有能导入的图形。换一列认，或选“新建”。"</span> }
                } else {
                    view! {
                        <button class="button button-main" disabled=move || job.writing.get() on:click=move |_| job.write()>"写入边界"</button>
                    }
                    .into_any()
                }}
                <TextButton class="button" label="不导入" act=move |()| job.stop()/>
            </div>
        </div>
    }
}

fn preview(session: Session, plan: &Plan) -> Shown {
    let input = planned(&session.links(), plan);
    let map = draw(&input);
    let legend = Rc::new(legend(&input, &map));
    let scene = Rc::new(map.scene);
    let paper = 1600.0 / scene.bounds.width().max(1.0);
    Shown {
        scene,
        legend: Some(legend),
        legend_below: false,
        name: "导入预览".to_string(),
        paper,
        arranged: "",
        by_units: None,
    }
}

/// What was odd about the file, each with its sentence.
#[component]
fn Notes(lines: Vec<String>) -> impl IntoView {
    if lines.is_empty() {
        return ().into_any();
    }
    let count = lines.len();
    view! {
        <details class="borders-notes" open=count <= 5>
            <summary>{format!("文件里有 {count} 处要留意")}</summary>
            <ul>{lines.into_iter().take(200).map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        </details>
    }
    .into_any()
}

/// What becomes of each feature.
#[component]
fn Lines(plan: Arc<Plan>) -> impl IntoView {
    let most = RwSignal::new(SHOWN);
    let all = plan.lines.len();
    let rows = move || plan.lines.iter().take(most.get()).map(row).collect_view();
    view! {
        <table class="plain-table">
            <thead><tr><th class="number">"序号"</th><th>"文件里叫"</th><th>"对应"</th><th class="number">"面积"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
        <Show when=move || most.get() < all>
            <TextButton class="button button-small" label="再看 200 个" act=move |()| most.update(|most| *most += 200)/>
        </Show>
    }
}

fn row(line: &Line) -> AnyView {
    let becomes = match &line.becomes {
        Becomes::Border(place) => {
            let had = if place.had { "，替换原边界" } else { "" };
            format!("{}“{}”{had}", place.layer.label(), place.title)
        }
        Becomes::New { layer, village } => {
            let home = if village.is_none() && *layer != Layer::Village {
                "（没落在哪个村里）"
            } else {
                ""
            };
            format!("新建{}{home}", layer.label())
        }
        Becomes::Left(why) => format!("不导入：{why}"),
    };
    let land = Plan::land(line) / 1e6;
    let land = if land > 0.0 { format!("{land:.2} 平方公里") } else { String::new() };
    let left = matches!(line.becomes, Becomes::Left(_));
    view! {
        <tr class:quiet=left>
            <td class="number">{line.at}</td>
            <td>{line.name.clone()}</td>
            <td>{becomes}</td>
            <td class="number">{land}</td>
        </tr>
    }
    .into_any()
}
