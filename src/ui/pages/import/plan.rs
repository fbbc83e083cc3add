//! 看计划: how many rows end how, and the rows behind each figure. Decides nothing.

use crate::ui::prelude::*;

use super::job::{Job, Ready};
use super::links::{LinkReview, Names};
use super::rows::{BadRows, ChangedRows, NewRows, SameRows};
use crate::model::{KindIx, schema};

/// The figures of a plan; each opens its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    New,
    Changes,
    Same,
    Bad,
    Targets,
    Links,
}

const PARTS: [(Part, &str); 6] = [
    (Part::New, "新增"),
    (Part::Changes, "改动"),
    (Part::Same, "一样"),
    (Part::Bad, "有问题"),
    (Part::Targets, "顺带新建"),
    (Part::Links, "对应事项"),
];

fn count_of(ready: &Ready, links: usize, part: Part) -> usize {
    let counts = ready.plan.counts();
    match part {
        Part::New => counts.new,
        Part::Changes => counts.changes,
        Part::Same => counts.same,
        Part::Bad => counts.bad,
        Part::Targets => ready.plan.targets.len(),
        Part::Links => links,
    }
}

#[component]
pub fn PlanView(job: Job) -> impl IntoView {
    let figures = memo(move || {
        let links = job.links.counts();
        job.plan(|ready| PARTS.map(|(part, _)| count_of(ready, links.links, part)))
    });
    let has_links = move || job.links.counts().phrases > 0;
    let asked = RwSignal::new(None::<Part>);
    // The first figure that is not nought, until somebody asks for another.
    let first = memo(move || {
        job.plan(|ready| {
            let full = |part: &Part| count_of(ready, 0, *part) > 0;
            [Part::New, Part::Changes, Part::Bad].into_iter().find(full).unwrap_or(Part::Same)
        })
    });
    let part = memo(move || asked.get().or_else(|| first.get()));
    let shown = move |at: usize| {
        let count = figures.get().map_or(0, |figures| figures[at]);
        match PARTS[at].0 {
            Part::Targets => count > 0,
            Part::Links => has_links(),
            _ => true,
        }
    };
    let divisions = job.sheet(|sheet| sheet.of_divisions).unwrap_or_default();
    view! {
        <h2 class="import-step">{if divisions { "看计划" } else { "二 看计划" }}</h2>
        <Show when=move || figures.get().is_some()>
            <div class="import-figures" aria-busy=move || job.planning.get().to_string()>
                {(0..PARTS.len()).map(|at| view! {
                    <Show when=move || shown(at)>
                        <FigureButton at=at count=Signal::derive(move || figures.get().map_or(0, |it| it[at])) part=part asked=asked/>
                    </Show>
                }).collect_view()}
            </div>
            <div class="import-part">
                {move || part.get().map(|part| part_view(job, part))}
            </div>
        </Show>
    }
}

#[component]
fn FigureButton(
    at: usize,
    count: Signal<usize>,
    part: Memo<Option<Part>>,
    asked: RwSignal<Option<Part>>,
) -> impl IntoView {
    let (own, name) = PARTS[at];
    let bad = move || own == Part::Bad && count.get() > 0;
    view! {
        <button
            class="figure import-figure"
            class:figure-act=bad
            class:import-nought=move || count.get() == 0
            aria-pressed=move || (part.get() == Some(own)).to_string()
            on:click=move |_| asked.set(Some(own))
        >
            <span class="figure-number">{count}</span>
            <span class="figure-name">{name}</span>
        </button>
    }
}

fn part_view(job: Job, part: Part) -> AnyView {
    match part {
        Part::New => view! { <NewRows job=job/> },
        Part::Changes => view! { <ChangedRows job=job/> },
        Part::Same => view! { <SameRows job=job/> },
        Part::Bad => view! { <BadRows job=job/> },
        Part::Targets => view! { <Targets job=job/> },
        Part::Links => {
            let names = Names::new(move |id| {
                let named = job.plan(|ready| {
                    job.session.read(|fold| ready.names.title(fold.township(), "unit", &id))
                });
                named.unwrap_or_default()
            });
            view! { <LinkReview review=job.links names=names/> }
        }
    }
}

/// Records that rows name and that are not there yet.
#[component]
fn Targets(job: Job) -> impl IntoView {
    let names_of = move |kind: KindIx| {
        job.plan(|ready| {
            let own = ready.plan.targets.iter().filter(|target| target.kind == kind);
            own.map(|target| (target.name.to_string(), target.uses)).collect::<Vec<_>>()
        })
        .unwrap_or_default()
    };
    move || {
        let kinds = job.plan(|ready| ready.plan.target_counts()).unwrap_or_default();
        kinds
            .into_iter()
            .map(|(kind, count)| view! {
                <h3>{format!("将新建{} {count} 个", schema().kinds[kind].spec.label)}</h3>
                <p class="quiet">"表里写到、库里还没有。写法不同会当成两个，若只是错字，请改好表格再导。"</p>
                <ul class="chips">
                    {names_of(kind).into_iter().map(|(name, uses)| view! {
                        <li class="chip">{name} <span class="faint">{uses}</span></li>
                    }).collect_view()}
                </ul>
            })
            .collect_view()
    }
}
