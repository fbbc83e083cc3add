//! Who refers to the record, kind by kind, and a way to add one that does.

use crate::ui::prelude::*;

use crate::listing::links::{Referrers, can_be_named, referrers};
use crate::model::{KindIx, RecordId, Township, Value, schema};
use crate::route::Route;
use crate::sorting::Sorting;
use crate::ui::components::form::Wanted;
use crate::ui::components::icon::Icon;
use crate::ui::session::use_session;

/// Lines shown of one group; the list page shows all.
const MOST: usize = 30;

/// A record that refers to this one.
#[derive(Clone, PartialEq)]
struct Line {
    href: String,
    title: String,
    side: String,
    ended: bool,
}

/// All that do so in one field of one kind.
#[derive(Clone, PartialEq)]
struct Group {
    kind: KindIx,
    field: usize,
    close: bool,
    count: usize,
    lines: Vec<Line>,
}

#[component]
pub fn Links(
    kind: KindIx,
    id: RecordId,
    wanted: RwSignal<Option<Wanted>, LocalStorage>,
) -> impl IntoView {
    let session = use_session();
    let of = id.clone();
    let groups = memo(move || {
        let day = session.day.get();
        session.watch_all(|township| {
            let groups = referrers(township, kind, &of).into_iter();
            groups
                .map(|found| {
                    let holds =
                        |slot: u32| township.table(found.kind).at(slot as usize).holds_on(day);
                    group_of(township, &found, &holds)
                })
                .collect::<Vec<_>>()
        })
    });
    // Nothing can refer to some kinds; there is nothing to say then.
    let alone = !can_be_named(kind);
    let none = move || !alone && groups.with(Vec::is_empty);
    view! {
        <aside class="column-side record-links" hidden=alone aria-label="与它有关的记录">
            {move || groups.get().into_iter().map(|group| {
                view! { <GroupView group=group id=id.clone() wanted=wanted/> }
            }).collect_view()}
            <Show when=none><p class="faint">"还没有别的记录提到它。"</p></Show>
        </aside>
    }
}

fn group_of(township: &Township, found: &Referrers, holds: &dyn Fn(u32) -> bool) -> Group {
    let mut slots = found.slots.clone();
    slots.arrange_by(|slot| !holds(*slot));
    let line = |slot: &u32| {
        let row = township.table(found.kind).at(*slot as usize);
        let specs = schema().kinds[found.kind].spec.fields;
        let cells = specs.iter().zip(&row.cells).enumerate();
        let said = cells.filter(|(at, (_, cell))| *at != found.field && !cell.is_null());
        let words = |title: bool| {
            let of = said.clone().filter(|(_, (spec, _))| {
                spec.title == title && (title || (spec.listed && spec.unit.is_empty()))
            });
            let words = of.map(|(_, (spec, cell))| match cell {
                Value::Bool(_) => spec.label.to_string(),
                cell => township.display(spec.ty, cell),
            });
            words.take(if title { 3 } else { 2 }).collect::<Vec<_>>().join(" · ")
        };
        Line {
            href: Route::Record { kind: found.kind, id: row.id.clone() }.href(),
            title: words(true),
            side: words(false),
            ended: !holds(*slot),
        }
    };
    Group {
        kind: found.kind,
        field: found.field,
        close: found.close,
        count: slots.len(),
        lines: slots.iter().take(MOST).map(line).collect(),
    }
}

#[component]
fn GroupView(
    group: Group,
    id: RecordId,
    wanted: RwSignal<Option<Wanted>, LocalStorage>,
) -> impl IntoView {
    let info = &schema().kinds[group.kind];
    let (kind, field) = (group.kind, group.field);
    let role = info.spec.fields[field].label;
    let add = move |_| {
        let preset = vec![(field, Value::Text(id.text().clone()))];
        wanted.set(Some(Wanted { kind, id: None, preset }));
    };
    let left = group.count - group.lines.len();
    let line = |line: Line| {
        let title = if line.title.is_empty() { "未填".to_string() } else { line.title };
        view! {
            <li class="list-line" class:record-ended=line.ended>
                <a class="list-main" href=line.href>{title}</a>
                <span class="list-side">{line.side}</span>
                {line.ended.then(|| view! { <span class="tag tag-quiet">"不在期内"</span> })}
            </li>
        }
    };
    view! {
        <section class="record-group">
            <header class="spread">
                <h3>
                    {info.spec.label}
                    <Show when=move || !group.close><small>{format!("作为{role}")}</small></Show>
                    <span class="badge">{group.count}</span>
                </h3>
                <button class="button button-small button-quiet" on:click=add aria-label=format!("新增{}", info.spec.label)>
                    <Icon name="plus"/>
                    <span>"新增"</span>
                </button>
            </header>
            {(group.count == 0).then(|| view! { <p class="faint">"还没有"</p> })}
            <ul>{group.lines.into_iter().map(line).collect_view()}</ul>
            {(left > 0).then(|| view! {
                <p class="faint">{format!("还有 {left} 条，")} <a href=Route::List { kind }.href()>"在台账里看"</a></p>
            })}
        </section>
    }
}
