//! The rows of a plan, a page at a time: new, changed, same, bad. Reads the plan, keeps no copy.

use crate::ui::prelude::*;

use super::job::{Job, Ready};
use super::told::save;
use crate::exchange::{Bad, Outcome, PlannedRow, Target, leftover_csv};
use crate::model::{FieldSpec, Township, Value, schema};

/// Rows shown first, and how many more each time.
const FIRST: usize = 50;
const MORE: usize = 200;

/// Rows that pass, up to a limit, each made into what is shown of it.
fn rows_of<T>(
    job: Job,
    most: usize,
    mut show: impl FnMut(&Ready, &Township, &PlannedRow) -> Option<T>,
) -> Vec<T> {
    let shown = job.plan(|ready| {
        job.session.read(|fold| {
            let rows = ready.plan.rows.iter();
            rows.filter_map(|row| show(ready, fold.township(), row)).take(most).collect()
        })
    });
    shown.unwrap_or_default()
}

#[component]
fn MoreRows(most: RwSignal<usize>, all: usize) -> impl IntoView {
    view! {
        <Show when=move || most.get() < all>
            <p class="import-more">
                {move || format!("共 {all} 行，显示前 {} 行。", most.get())}
                <button class="button button-small" on:click=move |_| most.update(|most| *most += MORE)>{format!("再看 {MORE} 行")}</button>
            </p>
        </Show>
    }
}

fn none(sentence: &'static str) -> AnyView {
    view! { <p class="quiet import-none">{sentence}</p> }
}

/// Fields that columns fill, in the order of the columns.
fn mapped(ready: &Ready) -> Vec<usize> {
    let columns = ready.plan.mapping.columns.iter();
    columns
        .filter_map(|column| match column.target {
            Target::Field(field) => Some(field),
            _ => None,
        })
        .collect()
}

fn spec_of(ready: &Ready, field: usize) -> &'static FieldSpec {
    &schema().kinds[ready.plan.kind].spec.fields[field]
}

#[component]
pub fn NewRows(job: Job) -> impl IntoView {
    let most = RwSignal::new(FIRST);
    let line = |ready: &Ready, township: &Township, row: &PlannedRow| {
        let Outcome::New { values, .. } = &row.outcome else { return None };
        let cells = mapped(ready).into_iter().map(|field| {
            let value = values.iter().find(|(at, _)| *at == field).map_or(&Value::Null, |it| &it.1);
            ready.names.display(township, spec_of(ready, field).ty, value)
        });
        Some((row.line, cells.collect::<Vec<_>>()))
    };
    move || {
        let Some((all, labels)) = job.plan(|ready| {
            let labels = mapped(ready).into_iter().map(|field| spec_of(ready, field).label);
            (ready.plan.counts().new, labels.collect::<Vec<_>>())
        }) else {
            return none("");
        };
        if all == 0 {
            return none("没有新增的。");
        }
        let lines = rows_of(job, most.get(), line).into_iter().map(|(line, cells)| view! {
            <tr>
                <td class="number faint">{line}</td>
                {cells.into_iter().map(|cell| view! { <td><span class="import-cell">{cell}</span></td> }).collect_view()}
            </tr>
        });
        view! {
            <div class="import-scroll" tabindex="0" role="region" aria-label="将新增的行">
                <table class="plain-table">
                    <thead><tr>
                        <th class="number">"行"</th>
                        {labels.into_iter().map(|label| view! { <th>{label}</th> }).collect_view()}
                    </tr></thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
            <MoreRows most=most all=all/>
        }
        .into_any()
    }
}

/// One field of a changed row: label, before, after.
type Change = (&'static str, String, String);

#[component]
pub fn ChangedRows(job: Job) -> impl IntoView {
    let most = RwSignal::new(FIRST);
    let line = |ready: &Ready, township: &Township, row: &PlannedRow| {
        let Outcome::Changes { diffs, .. } = &row.outcome else { return None };
        let changes = diffs.iter().map(|diff| {
            let spec = spec_of(ready, diff.field);
            let words = |value: &Value| ready.names.display(township, spec.ty, value);
            (spec.label, words(&diff.from), words(&diff.to))
        });
        Some((row.line, row.title.clone(), changes.collect::<Vec<Change>>()))
    };
    move || {
        let all = job.plan(|ready| ready.plan.counts().changes).unwrap_or_default();
        if all == 0 {
            return none("没有改动的。");
        }
        let lines = rows_of(job, most.get(), line).into_iter().map(|(line, title, changes)| {
            view! {
                <tr>
                    <td class="number faint">{line}</td>
                    <th scope="row">{title}</th>
                    <td>{changes.into_iter().map(change_line).collect_view()}</td>
                </tr>
            }
        });
        view! {
            <table class="plain-table">
                <thead><tr><th class="number">"行"</th><th>"记录"</th><th>"改动"</th></tr></thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
            <MoreRows most=most all=all/>
        }
        .into_any()
    }
}

fn change_line((label, from, to): Change) -> impl IntoView {
    let or_blank = |text: String| if text.is_empty() { "（空）".to_string() } else { text };
    view! {
        <p class="import-change">
            <span class="quiet">{label} "："</span>
            <del class="import-cell">{or_blank(from)}</del>
            <span aria-label="改为">" → "</span>
            <ins class="import-cell">{or_blank(to)}</ins>
        </p>
    }
}

#[component]
pub fn SameRows(job: Job) -> impl IntoView {
    let most = RwSignal::new(FIRST);
    let line = |_: &Ready, _: &Township, row: &PlannedRow| {
        matches!(row.outcome, Outcome::Same { .. }).then(|| (row.line, row.title.clone()))
    };
    move || {
        let all = job.plan(|ready| ready.plan.counts().same).unwrap_or_default();
        if all == 0 {
            return none("没有和现有内容一样的。");
        }
        let lines = rows_of(job, most.get(), line).into_iter();
        view! {
            <p class="quiet">"这些和现有内容一样，不会动。"</p>
            <ul class="chips">
                {lines.map(|(line, title)| view! { <li class="chip"><span class="faint">{line}</span> {title}</li> }).collect_view()}
            </ul>
            <MoreRows most=most all=all/>
        }
        .into_any()
    }
}

#[component]
pub fn BadRows(job: Job) -> impl IntoView {
    let most = RwSignal::new(FIRST);
    let line = |ready: &Ready, _: &Township, row: &PlannedRow| {
        let Outcome::Bad(bad) = &row.outcome else { return None };
        let header = bad.column.and_then(|at| ready.plan.mapping.columns.get(at));
        Some((row.line, header.map(|column| column.header.clone()), bad.clone()))
    };
    let download = move |_| {
        let text = job.plan(|ready| job.sheet(|sheet| leftover_csv(&ready.plan, &sheet.table)));
        let name = job.sheet(|sheet| format!("有问题的行-{}.csv", sheet.name));
        if let Some((text, name)) = text.flatten().zip(name) {
            save(job.session, &name, &text);
        }
    };
    move || {
        let all = job.plan(|ready| ready.plan.counts().bad).unwrap_or_default();
        if all == 0 {
            return none("没有有问题的行。");
        }
        let lines = rows_of(job, most.get(), line).into_iter().map(bad_line);
        view! {
            <div class="spread">
                <p class="quiet">"这些行不导入，其余照常。下载下来改好，可以单独再导一次。"</p>
                <button class="button button-small" on:click=download>"下载这些行"</button>
            </div>
            <table class="plain-table import-bad">
                <thead><tr><th class="number">"行"</th><th>"列"</th><th>"问题"</th><th>"原文"</th></tr></thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
            <MoreRows most=most all=all/>
        }
        .into_any()
    }
}

fn bad_line((line, header, bad): (u64, Option<String>, Bad)) -> impl IntoView {
    view! {
        <tr>
            <td class="number">{line}</td>
            <td>{header.unwrap_or_else(|| "整行".to_string())}</td>
            <td>{bad.reason}</td>
            <td><span class="import-cell import-raw">{bad.raw}</span></td>
        </tr>
    }
}
