//! 认列: what the file is and what each of its columns means. Every change plans anew.

use crate::ui::prelude::*;

use super::job::Job;
use super::source::Sheet;
use crate::exchange::{Mapping, Mode, Target};
use crate::model::{FieldSpec, FieldType, KindIx, Value, schema};

/// Rows looked at for sample values.
const ROWS_SAMPLED: usize = 300;
const SAMPLES: usize = 3;

#[component]
pub fn ColumnsView(job: Job) -> impl IntoView {
    let kind = memo(move || job.mapping.with(|mapping| mapping.as_ref().map(|it| it.kind)));
    let divisions = job.sheet(|sheet| sheet.of_divisions).unwrap_or_default();
    view! {
        <FileFacts job=job/>
        <Show when=move || !divisions>
            <h2 class="import-step">"一 认列"</h2>
            <KindChoice job=job kind=kind/>
            {move || kind.get().map(|kind| view! {
                <ColumnTable job=job kind=kind/>
                <Missing job=job/>
                <FixedValues job=job kind=kind/>
            })}
        </Show>
        {move || kind.get().map(|kind| view! { <Choices job=job kind=kind/> })}
    }
}

#[component]
fn FileFacts(job: Job) -> impl IntoView {
    let facts = job.sheet(facts_of).unwrap_or_default();
    let name = job.sheet(|sheet| sheet.name.clone());
    let waiting = move || job.waiting.with(|names| (!names.is_empty()).then(|| names.join("、")));
    view! {
        <div class="import-file">
            <h2>{name}</h2>
            <p class="quiet">{facts}</p>
            {move || waiting().map(|names| view! { <p class="quiet">"接下来：" {names}</p> })}
        </div>
    }
}

fn facts_of(sheet: &Sheet) -> String {
    let table = &sheet.table;
    let mut facts = vec![format!("{} 行", table.rows.len() + table.ragged.len())];
    if !sheet.of_divisions {
        facts.push(format!("{} 列", table.headers.len()));
    }
    match table.delimiter {
        Some('\t') => facts.push("按制表符分列".to_string()),
        Some(';') => facts.push("按分号分列".to_string()),
        Some(_) => facts.push("按逗号分列".to_string()),
        None => {}
    }
    facts.push(sheet.encoding.to_string());
    if !table.preamble.is_empty() {
        facts.push(format!("表头上面的 {} 行标题没有算进来", table.preamble.len()));
    }
    facts.join(" · ")
}

#[component]
fn KindChoice(job: Job, kind: Memo<Option<KindIx>>) -> impl IntoView {
    let options = schema().kinds.iter().enumerate().map(|(at, info)| {
        view! { <option value=at.to_string() prop:selected=move || kind.get() == Some(at)>{info.spec.label}</option> }
    });
    let changed = move |event| job.set_kind(event_target_value(&event).parse().ok());
    view! {
        <label class="field-inline import-kind">
            <span class="field-label">"这是一张什么表"</span>
            <select class="input" on:change=changed>
                <option value="" prop:selected=move || kind.get().is_none()>"请选择"</option>
                {options.collect_view()}
            </select>
        </label>
        <Show when=move || kind.get().is_none()>
            <p class="notice notice-soon">"从表头看不出是什么表，请在上面选一种。"</p>
        </Show>
    }
}

#[component]
fn ColumnTable(job: Job, kind: KindIx) -> impl IntoView {
    let lines = job.sheet(|sheet| {
        let headers = sheet.table.headers.iter().enumerate();
        headers.map(|(at, header)| (header.clone(), samples_of(sheet, at))).collect::<Vec<_>>()
    });
    let lines = lines.unwrap_or_default().into_iter().enumerate();
    // Where nothing is there yet, there is nothing to decide.
    let fresh = memo(move || {
        let changes = job.plan(|ready| ready.plan.counts().changes).unwrap_or_default();
        let plain =
            |mapping: &Mapping| mapping.columns.iter().all(|column| column.mode == Mode::Replace);
        changes == 0 && job.mapping.with(|mapping| mapping.as_ref().is_none_or(plain))
    });
    view! {
        <table class="plain-table import-map" class:import-fresh=move || fresh.get()>
            <thead><tr><th>"表格里的列"</th><th>"当作"</th><th>"前几个内容"</th><th>"原来有内容时"</th></tr></thead>
            <tbody>
                {lines.map(|(at, (header, samples))| view! {
                    <ColumnLine job=job kind=kind at=at header=header samples=samples/>
                }).collect_view()}
            </tbody>
        </table>
    }
}

fn samples_of(sheet: &Sheet, column: usize) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for row in sheet.table.rows.iter().take(ROWS_SAMPLED) {
        let cell = row.cells.get(column).map_or("", |cell| cell);
        if samples.len() < SAMPLES && !cell.is_empty() && samples.iter().all(|known| known != cell)
        {
            samples.push(cell.to_string());
        }
    }
    samples
}

#[component]
fn ColumnLine(
    job: Job,
    kind: KindIx,
    at: usize,
    header: String,
    samples: Vec<String>,
) -> impl IntoView {
    let target = memo(move || with_column(job, at, |mapping| mapping.columns[at].target));
    let label = format!("“{header}”当作");
    let samples = if samples.is_empty() {
        view! { <span class="faint">"（全是空格）"</span> }
    } else {
        samples
            .into_iter()
            .map(|text| view! { <span class="import-sample">{text}</span> })
            .collect_view()
            .into_any()
    };
    let changed = move |event| {
        let target = target_of(&event_target_value(&event));
        job.change(|mapping| mapping.set(at, target));
    };
    view! {
        <tr class:import-unused=move || target.get() == Some(Target::Ignore)>
            <th scope="row">{if header.is_empty() { "（没有列名）".to_string() } else { header }}</th>
            <td>
                <select class="input" aria-label=label on:change=changed>
                    <TargetOption value="" label="不导入" target=target own=Target::Ignore/>
                    {fields(kind).iter().enumerate().filter(|(_, spec)| spec.is_tabled()).map(|(field, spec)| view! {
                        <TargetOption value=field.to_string() label=label_of(spec) target=target own=Target::Field(field)/>
                    }).collect_view()}
                    <TargetOption value="id" label="记录号" target=target own=Target::Id/>
                </select>
            </td>
            <td class="import-samples">{samples}</td>
            <td><ModeChoice job=job kind=kind at=at target=target/></td>
        </tr>
    }
}

fn label_of(spec: &FieldSpec) -> String {
    format!("{}{}", spec.label, if spec.required { "（必填）" } else { "" })
}

#[component]
fn TargetOption(
    #[prop(into)] value: String,
    #[prop(into)] label: String,
    target: Memo<Option<Target>>,
    own: Target,
) -> impl IntoView {
    view! { <option value=value prop:selected=move || target.get() == Some(own)>{label}</option> }
}

fn target_of(value: &str) -> Target {
    match value {
        "id" => Target::Id,
        value => value.parse().map_or(Target::Ignore, Target::Field),
    }
}

fn fields(kind: KindIx) -> &'static [FieldSpec] {
    schema().kinds[kind].spec.fields
}

fn with_column<T>(job: Job, at: usize, look: impl FnOnce(&Mapping) -> T) -> Option<T> {
    job.mapping.with(|mapping| mapping.as_ref().filter(|it| at < it.columns.len()).map(look))
}

const MODES: [(Mode, &str, &str); 3] = [
    (Mode::Replace, "replace", "以表格为准"),
    (Mode::FillBlank, "fill", "只填空白"),
    (Mode::Add, "add", "添加进去"),
];

/// What happens to what is there already.
#[component]
fn ModeChoice(job: Job, kind: KindIx, at: usize, target: Memo<Option<Target>>) -> impl IntoView {
    let mode = memo(move || with_column(job, at, |mapping| mapping.columns[at].mode));
    let field = move || match target.get() {
        Some(Target::Field(field)) => fields(kind).get(field),
        _ => None,
    };
    let changed = move |event| {
        let value = event_target_value(&event);
        let Some((mode, ..)) = MODES.into_iter().find(|(_, id, _)| *id == value) else { return };
        job.change(|mapping| mapping.columns[at].mode = mode);
    };
    move || {
        let field = field()?;
        let of_set = field.ty == FieldType::Set;
        let modes = MODES.into_iter().filter(move |(mode, ..)| (*mode == Mode::Add) <= of_set);
        Some(view! {
            <select class="input" aria-label=format!("{}原来有内容时", field.label) on:change=changed>
                {modes.map(|(own, id, label)| view! {
                    <option value=id prop:selected=move || mode.get() == Some(own)>{label}</option>
                }).collect_view()}
            </select>
        })
    }
}

#[component]
fn Missing(job: Job) -> impl IntoView {
    let missing = move || {
        job.mapping.with(|mapping| {
            let fields = mapping.as_ref()?.missing().map(|field| format!("“{}”", field.label));
            let fields = fields.collect::<Vec<_>>().join("、");
            (!fields.is_empty()).then_some(fields)
        })
    };
    move || {
        missing().map(|fields| view! {
            <p class="notice notice-soon">{format!("还缺必填的{fields}：请在上面把相应的列指给它。")}</p>
        })
    }
}

/// Values every row gets: the list of its duties, the track of its posts.
#[component]
fn FixedValues(job: Job, kind: KindIx) -> impl IntoView {
    let open = move || -> Vec<usize> {
        job.mapping.with(|mapping| {
            let Some(mapping) = mapping.as_ref().filter(|it| it.kind == kind) else {
                return Vec::new();
            };
            let held = |field: usize| {
                mapping.columns.iter().any(|column| column.target == Target::Field(field))
            };
            let fixable = |field: usize| {
                matches!(fields(kind)[field].ty, FieldType::Choice(_) | FieldType::Bool)
            };
            (0..fields(kind).len()).filter(|field| fixable(*field) && !held(*field)).collect()
        })
    };
    let open = memo(open);
    view! {
        <Show when=move || !open.get().is_empty()>
            <fieldset class="import-fixed">
                <legend class="quiet">"表里没有的，可以整表统一填："</legend>
                <For each=move || open.get() key=|field| *field let:field>
                    <FixedChoice job=job kind=kind field=field/>
                </For>
            </fieldset>
        </Show>
    }
}

#[component]
fn FixedChoice(job: Job, kind: KindIx, field: usize) -> impl IntoView {
    let spec = &fields(kind)[field];
    let value = memo(move || {
        job.mapping.with(|mapping| {
            let fixed = mapping.as_ref()?.fixed.iter().find(|(at, _)| *at == field)?;
            Some(fixed.1.clone())
        })
    });
    let list: Vec<(Value, &'static str)> = match spec.ty {
        FieldType::Choice(list) => {
            list.iter().map(|(id, label)| (Value::text(id), *label)).collect()
        }
        _ => vec![(Value::Bool(true), "是"), (Value::Bool(false), "否")],
    };
    let values: Vec<Value> = list.iter().map(|(value, _)| value.clone()).collect();
    let changed = move |event| {
        let at: Option<usize> = event_target_value(&event).parse().ok();
        let value = at.and_then(|at| values.get(at).cloned()).unwrap_or_default();
        job.change(|mapping| mapping.fix(field, value));
    };
    let options = list.into_iter().enumerate().map(|(at, (own, label))| {
        view! { <option value=at.to_string() prop:selected=move || value.get().as_ref() == Some(&own)>{label}</option> }
    });
    view! {
        <label class="field-inline">
            <span class="field-label">{spec.label}</span>
            <select class="input" on:change=changed>
                <option value="" prop:selected=move || value.get().is_none()>"不填"</option>
                {options.collect_view()}
            </select>
        </label>
    }
}

/// What the person may decide about the whole import.
#[component]
fn Choices(job: Job, kind: KindIx) -> impl IntoView {
    let people = fields(kind).iter().any(|field| field.ty == FieldType::Ref("person"));
    let links = job.links_duties();
    view! {
        <div class="import-options">
            {links.then(|| view! {
                <Check label="把岗位职责对到履职事项上"
                    on=Signal::derive(move || job.options.get().link_duties)
                    set=move |on| job.set_option(|options| options.link_duties = on)/>
            })}
            {people.then(|| view! {
                <Check label="表里的人名册上没有时，一并新建"
                    on=Signal::derive(move || job.options.get().create_people)
                    set=move |on| job.set_option(|options| options.create_people = on)/>
            })}
            <Check label="表里的空格也清空原有内容"
                on=Signal::derive(move || job.options.get().blank_clears)
                set=move |on| job.set_option(|options| options.blank_clears = on)/>
        </div>
    }
}

#[component]
fn Check(
    label: &'static str,
    on: Signal<bool>,
    set: impl Fn(bool) + Copy + 'static,
) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=on on:change=move |event| set(event_target_checked(&event))/>
            {label}
        </label>
    }
}
