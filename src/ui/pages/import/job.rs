//! The import under way: what is read, what is planned, what was done. The page's one state.
//!
//! Nothing is written before [`Job::confirm`]; until then every step can be stopped without a trace.

use std::collections::VecDeque;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::review::{Names, Review};
use super::source::{Content, Sheet, Source, in_order};
use super::told::{Probe, Told, WHAT_LINKED, what_of};
use crate::exchange::divisions::{self, DivisionTown};
use crate::exchange::{
    Linker, Mapping, Options, Outcome, Plan, Planner, Progress, guess_kind, leftover_csv,
};
use crate::model::kinds::{Duty, DutyLink, Post};
use crate::model::spec::Record;
use crate::model::{FieldType, KindIx, RecordId, schema};
use crate::ui::session::Session;
use crate::ui::turn::{Halt, Turn, Turns};
use crate::web::frame;

/// Rows planned between two looks at the clock.
const ROWS_A_STEP: usize = 300;
/// A plan that is there sooner shows no bar.
const BAR_AFTER_MS: f64 = 150.0;

/// What is on the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Files may be handed over.
    Idle,
    Reading {
        name: String,
    },
    /// A file of division codes: which town.
    Towns {
        name: String,
    },
    /// Columns and plan of a table.
    Review,
    /// 补充岗位事项对应: matching, then looking it over.
    Matching,
    Links,
    Writing {
        rows: usize,
    },
}

/// How far the work under way is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    pub text: &'static str,
    pub at: Progress,
}

/// A plan with what is needed to show it.
pub struct Ready {
    pub plan: Plan,
    pub names: Names,
    /// The tables' revision it was made on.
    revision: u64,
}

pub type Job = Handle<JobParts>;

/// The signals of a [`Job`].
pub struct JobParts {
    pub session: Session,
    pub stage: RwSignal<Stage>,
    pub bar: RwSignal<Option<Bar>>,
    pub mapping: RwSignal<Option<Mapping>>,
    pub options: RwSignal<Options>,
    /// Rises with every finished plan.
    pub planned: RwSignal<u32>,
    /// Planning is under way; what is shown is the plan before.
    pub planning: RwSignal<bool>,
    pub links: Review,
    /// Names of the files that come next.
    pub waiting: RwSignal<Vec<String>>,
    pub told: RwSignal<Vec<Told>>,
    pub towns: StoredValue<Vec<DivisionTown>>,
    sheet: StoredValue<Option<Sheet>, LocalStorage>,
    ready: StoredValue<Option<Ready>, LocalStorage>,
    queue: StoredValue<VecDeque<Source>, LocalStorage>,
    turns: StoredValue<Turns>,
}

impl Job {
    pub fn begin(session: Session) -> Job {
        let turns = Turns::default();
        let left = turns.clone();
        on_cleanup(move || left.stop());
        Handle::to(JobParts {
            session,
            stage: RwSignal::new(Stage::Idle),
            bar: RwSignal::new(None),
            mapping: RwSignal::new(None),
            options: RwSignal::new(Options { link_duties: true, ..Options::default() }),
            planned: RwSignal::new(0),
            planning: RwSignal::new(false),
            links: Review::new(),
            waiting: RwSignal::new(Vec::new()),
            told: RwSignal::new(Vec::new()),
            towns: StoredValue::new(Vec::new()),
            sheet: StoredValue::new_local(None),
            ready: StoredValue::new_local(None),
            queue: StoredValue::new_local(VecDeque::new()),
            turns: StoredValue::new(turns),
        })
    }

    pub fn sheet<T>(self, look: impl FnOnce(&Sheet) -> T) -> Option<T> {
        self.sheet.with_value(|sheet| sheet.as_ref().map(look))
    }

    /// Looks at the plan, and wakes the reader when there is another.
    pub fn plan<T>(self, look: impl FnOnce(&Ready) -> T) -> Option<T> {
        self.planned.track();
        self.ready.with_value(|ready| ready.as_ref().map(look))
    }

    /// Whether the table's kind is one whose free text is matched with duties.
    pub fn links_duties(self) -> bool {
        let kind = self.mapping.with(|mapping| mapping.as_ref().map(|mapping| mapping.kind));
        kind.is_some_and(|kind| [Post::ID, Duty::ID].contains(&schema().kinds[kind].spec.id))
    }

    fn turn(self) -> Turn {
        self.turns.with_value(Turns::next)
    }
}

/// Taking files in.
impl Job {
    pub fn take(self, sources: Vec<Source>) {
        if sources.is_empty() || self.stage.get_untracked() != Stage::Idle {
            return;
        }
        let turn = self.turn();
        self.told.set(Vec::new());
        self.stage.set(Stage::Reading { name: format!("{} 个文件", sources.len()) });
        spawn_local(async move {
            if let Ok(sources) = in_order(sources, &turn).await {
                self.queue.update_value(|queue| queue.extend(sources));
                self.next();
            }
        });
    }

    /// Goes on to the next file, or back to the beginning.
    pub fn next(self) {
        self.clear();
        let source = self.queue.try_update_value(VecDeque::pop_front).flatten();
        self.show_waiting();
        match source {
            Some(source) => self.read(source),
            None => self.stage.set(Stage::Idle),
        }
    }

    /// Stops what is under way. Nothing has been written; the files after it wait.
    pub fn stop(self) {
        self.clear();
        self.stage.set(Stage::Idle);
    }

    /// Forgets the files that wait.
    pub fn forget_waiting(self) {
        self.queue.update_value(VecDeque::clear);
        self.show_waiting();
    }

    fn clear(self) {
        self.turns.with_value(Turns::stop);
        self.bar.set(None);
        self.planning.set(false);
        self.sheet.set_value(None);
        self.ready.set_value(None);
        self.mapping.set(None);
        self.links.load(None);
    }

    fn show_waiting(self) {
        let names = self.queue.with_value(|queue| queue.iter().map(Source::name).collect());
        self.waiting.set(names);
    }

    fn read(self, source: Source) {
        let (turn, name) = (self.turn(), source.name());
        self.stage.set(Stage::Reading { name: name.clone() });
        spawn_local(async move {
            let show = move |at| self.bar.set(Some(Bar { text: "正在读取", at }));
            match source.read(&turn, &show).await {
                Ok(Content::Sheet(sheet)) => self.open(sheet, None),
                Ok(Content::Towns(towns)) => {
                    self.bar.set(None);
                    self.towns.set_value(towns);
                    self.stage.set(Stage::Towns { name });
                }
                Err(Halt::Refused(sentence)) => {
                    self.told.update(|told| told.push(Told::Refused { name, sentence }));
                    self.next();
                }
                Err(Halt::Stopped) => {}
            }
        });
    }

    /// The villages of one town of a division file.
    pub fn pick_town(self, at: usize) {
        let Some(town) = self.towns.with_value(|towns| towns.get(at).cloned()) else { return };
        let (table, mapping) = divisions::table_of(&town);
        let name = format!("{}{}的村（社区）", town.county, town.town);
        let encoding = "行政区划代码文件";
        self.open(Sheet { name, encoding, table: table.into(), of_divisions: true }, Some(mapping));
    }

    fn open(self, sheet: Sheet, known: Option<Mapping>) {
        let guess = || {
            let kind = guess_kind(&sheet.table.headers, &sheet.name)?;
            Some(Mapping::guess(&sheet.table.headers, kind, &sheet.name))
        };
        let mapping = known.or_else(guess);
        self.sheet.set_value(Some(sheet));
        self.mapping.set(mapping);
        self.stage.set(Stage::Review);
        self.replan();
    }
}

/// Planning, and planning anew after every change of mind.
impl Job {
    pub fn set_kind(self, kind: Option<KindIx>) {
        let mapping = self.sheet(|sheet| {
            kind.map(|kind| Mapping::guess(&sheet.table.headers, kind, &sheet.name))
        });
        self.mapping.set(mapping.flatten());
        self.replan();
    }

    pub fn change(self, change: impl FnOnce(&mut Mapping)) {
        self.mapping.update(|mapping| {
            if let Some(mapping) = mapping {
                change(mapping);
            }
        });
        self.replan();
    }

    pub fn set_option(self, change: impl FnOnce(&mut Options)) {
        self.options.update(change);
        self.replan();
    }

    fn replan(self) {
        let turn = self.turn();
        self.planning.set(true);
        spawn_local(async move {
            if let Ok(ready) = self.make_plan(&turn).await {
                self.bar.set(None);
                self.planning.set(false);
                self.show_plan(ready);
            }
        });
    }

    fn show_plan(self, mut ready: Option<Ready>) {
        self.links.load(ready.as_mut().and_then(|ready| ready.plan.links.take()));
        self.ready.set_value(ready);
        self.planned.update(|count| *count += 1);
    }

    async fn make_plan(self, turn: &Turn) -> Result<Option<Ready>, Halt> {
        let Some(mapping) = self.mapping.get_untracked() else { return Ok(None) };
        let Some(table) = self.sheet(|sheet| sheet.table.clone()) else { return Ok(None) };
        let Some(open) = self.session.base() else { return Ok(None) };
        let today = Some(self.session.day.get_untracked());
        let options = Options { today, ..self.options.get_untracked() };
        let revision = self.session.revision();
        let began = frame::now();
        let mut planner =
            open.desk.read(|fold| Planner::new(fold.township(), table, mapping, options));
        let mut step = || {
            Ok(open.desk.read(|fold| {
                planner.step(fold.township(), &mut || open.desk.fresh_id(), ROWS_A_STEP)
            }))
        };
        let show = |at| {
            if frame::now() - began > BAR_AFTER_MS {
                self.bar.set(Some(Bar { text: "正在逐行核对", at }));
            }
        };
        turn.slices(&mut step, &show).await?;
        let plan = planner.finish();
        Ok(Some(Ready { names: names_of(&plan), plan, revision }))
    }
}

/// Writing.
impl Job {
    /// The whole table as one action. Planned anew first where the tables changed meanwhile.
    pub fn confirm(self) {
        let Some(revision) = self.ready.with_value(|ready| ready.as_ref().map(|it| it.revision))
        else {
            return;
        };
        if revision != self.session.revision() {
            self.session.toasts.failed("刚才数据有变动，已按新的情况重新核对。请看过计划再确认。");
            return self.replan();
        }
        let Some(mut ready) = self.ready.try_update_value(Option::take).flatten() else { return };
        let turn = self.turn();
        ready.plan.links = self.links.take();
        let counts = ready.plan.counts();
        self.stage.set(Stage::Writing { rows: counts.new + counts.changes });
        // Read here: the page may have been left when the rows are written.
        let name = self.sheet(|sheet| sheet.name.clone()).unwrap_or_default();
        let told = self.told_of(&ready, &name);
        spawn_local(async move {
            // The words are painted before the one step that cannot be cut.
            frame::sleep(30).await;
            let what = what_of(&name);
            let draft = self.session.read(|fold| ready.plan.to_draft(fold.township(), &what));
            let done = self.session.commit_now(draft).await;
            // Where another file follows, its own decision stands where the toast would.
            if done.is_ok() && (!turn.stands() || self.waiting.with_untracked(Vec::is_empty)) {
                self.session.toasts.done(format!("已导入 {name}"), true);
            }
            if !turn.stands() {
                return;
            }
            if done.is_ok() {
                self.told.update(|list| list.push(told));
                return self.next();
            }
            self.stage.set(Stage::Review);
            self.show_plan(Some(ready));
        });
    }

    fn told_of(self, ready: &Ready, name: &str) -> Told {
        let plan = &ready.plan;
        let counts = plan.counts();
        let left = || self.sheet(|sheet| leftover_csv(plan, &sheet.table));
        let left = (counts.bad > 0).then(left).flatten();
        let links = plan.links.as_ref().map(|links| links.counts()).unwrap_or_default();
        let first = plan.rows.iter().find_map(|row| match &row.outcome {
            Outcome::New { id, .. } => Some(Probe { kind: plan.kind, id: id.clone() }),
            _ => None,
        });
        Told::Imported {
            name: name.to_string(),
            kind: plan.kind,
            counts,
            targets: plan.target_counts(),
            links,
            left,
            first,
        }
    }
}

/// 补充岗位事项对应
impl Job {
    pub fn match_duties(self) {
        if self.stage.get_untracked() != Stage::Idle {
            return;
        }
        let turn = self.turn();
        self.told.set(Vec::new());
        self.stage.set(Stage::Matching);
        spawn_local(async move {
            let Some(open) = self.session.base() else { return };
            let today = Some(self.session.day.get_untracked());
            let mut linker = open.desk.read(|fold| Linker::new(fold.township(), today));
            let show = move |at| self.bar.set(Some(Bar { text: "正在逐岗对应", at }));
            if turn.pause(16).await.is_err()
                || turn.slices(&mut || Ok(linker.step(4)), &show).await.is_err()
            {
                return;
            }
            self.bar.set(None);
            self.links.load(Some(linker.finish()));
            self.stage.set(Stage::Links);
        });
    }

    pub fn confirm_links(self) {
        let Some(plan) = self.links.take() else { return };
        let turn = self.turn();
        let counts = plan.counts();
        self.stage.set(Stage::Writing { rows: counts.links });
        spawn_local(async move {
            frame::sleep(30).await;
            let draft = plan.to_draft(WHAT_LINKED);
            let done = self.session.commit_now(draft).await;
            if done.is_ok() {
                let sentence = format!("已补充 {} 条岗位事项对应", counts.links);
                self.session.toasts.done(sentence, true);
            }
            if !turn.stands() {
                return;
            }
            if done.is_ok() {
                let first = plan.links().first().and_then(|link| link_probe(self, link));
                self.told.update(|list| list.push(Told::Linked { counts, first }));
                return self.next();
            }
            self.links.load(Some(plan));
            self.stage.set(Stage::Links);
        });
    }
}

/// The record a new link became: the first one between the two.
fn link_probe(job: Job, link: &crate::exchange::link::NewLink) -> Option<Probe> {
    let kind = schema().kind(DutyLink::ID)?;
    let id: RecordId = job.session.read(|fold| {
        let links = fold.township().all::<DutyLink>();
        links
            .into_iter()
            .find(|known| {
                known.post.as_ref().is_some_and(|post| post.id == link.post)
                    && known.duty.as_ref().is_some_and(|duty| duty.id == link.duty)
            })
            .map(|known| known.id)
    })?;
    Some(Probe { kind, id })
}

fn names_of(plan: &Plan) -> Names {
    let mut names = Names::default();
    for target in &plan.targets {
        names.add(target.id.clone(), target.name.clone());
    }
    let spec = schema().kinds[plan.kind].spec;
    let own = FieldType::Ref(spec.id);
    if spec.fields.iter().any(|field| field.ty == own) || spec.id == Duty::ID {
        for row in &plan.rows {
            if let Outcome::New { id, .. } = &row.outcome {
                names.add(id.clone(), row.title.as_str().into());
            }
        }
    }
    names
}
