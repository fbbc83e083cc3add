//! What has borders and where they are from; those that have none made up; all of them out as a file.

use crate::borders::sending::to_file;
use crate::borders::sharing::shared;
use crate::borders::sketching::nothing_drawn;
use crate::borders::{Layer, anchor};
use crate::geo::datum::Datum;
use crate::model::kinds::village::OutlineFrom;
use crate::rules::Links;
use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use crate::ui::toast::NOT_SAVED;
use crate::web::files;

/// How many of a layer there are, have borders, and of which source.
struct Drawn {
    layer: Layer,
    all: usize,
    drawn: usize,
    from: [usize; OutlineFrom::ALL.len()],
}

fn drawn(links: &Links) -> Vec<Drawn> {
    let mut list: Vec<Drawn> = Layer::ALL
        .iter()
        .map(|layer| Drawn { layer: *layer, all: 0, drawn: 0, from: [0; OutlineFrom::ALL.len()] })
        .collect();
    let mut count = |layer: Layer, has: bool, from: Option<OutlineFrom>| {
        let of = &mut list[layer as usize];
        of.all += 1;
        of.drawn += usize::from(has);
        if let Some(from) = from.filter(|_| has) {
            of.from[from as usize] += 1;
        }
    };
    for village in links.villages.all() {
        count(Layer::Village, !village.outline.is_empty(), village.outline_from);
    }
    for cell in links.cells.all() {
        count(Layer::of(cell), !cell.outline.is_empty(), cell.outline_from);
    }
    list.retain(|of| of.all > 0);
    list
}

#[component]
pub fn Standing() -> impl IntoView {
    let session = use_session();
    view! {
        <h2>"现在的边界"</h2>
        {move || {
            let links = session.links();
            view! { <Table links=links.clone()/> <Sketching links=links.clone()/> <Sending links=links/> }
        }}
    }
}

#[component]
fn Table(links: std::rc::Rc<Links>) -> impl IntoView {
    let list = drawn(&links);
    if list.is_empty() {
        return view! { <p>"台账里还没有村（社区）和网格。导入边界文件时可以一起新建。"</p> };
    }
    let rows = list.into_iter().map(|of| {
        let from = OutlineFrom::ALL.iter().zip(of.from).filter(|(_, count)| *count > 0);
        let from: Vec<String> =
            from.map(|(from, count)| format!("{} {count}", from.label())).collect();
        view! {
            <tr>
                <th scope="row">{of.layer.label()}</th>
                <td class="number">{of.all}</td>
                <td class="number">{of.drawn}</td>
                <td>{from.join("，")}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let place = match anchor(links.town.as_ref()) {
        Some(local) => {
            let (lon, lat) = local.origin;
            format!("已和经纬度对上，原点在东经 {lon:.4}°、北纬 {lat:.4}°（WGS-84）。")
        }
        None if nothing_drawn(&links) => "还没有任何边界，网格图按户数排成示意图。".to_string(),
        None => "现有边界没有经纬度，是示意的。导入一次带经纬度的边界后就能对上。".to_string(),
    };
    view! {
        <table class="plain-table">
            <thead><tr><th>"层级"</th><th class="number">"登记"</th><th class="number">"有边界"</th><th>"边界来源"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
        <p class="quiet">{place}</p>
    }
}

/// Land of known borders shared out among the cells in them.
#[component]
fn Sketching(links: std::rc::Rc<Links>) -> impl IntoView {
    let session = use_session();
    let made = shared(&links);
    if made.cells.is_empty() {
        return ().into_any();
    }
    let count = made.cells.len();
    let write = move |()| session.commit(made.to_draft());
    view! {
        <p>
            {format!("有 {count} 个网格没有边界，但它们所在的村或上级网格有。可以先按户数分成示意边界，以后再换成测绘的。")}
        </p>
        <div class="choices"><TextButton class="button" label="生成示意边界" act=write/></div>
    }
    .into_any()
}

#[component]
fn Sending(links: std::rc::Rc<Links>) -> impl IntoView {
    let session = use_session();
    if nothing_drawn(&links) {
        return ().into_any();
    }
    let datum = RwSignal::new(Datum::Wgs84);
    let send = move |()| send(session, &session.links(), datum.get_untracked());
    view! {
        <div class="choices borders-send">
            <TextButton class="button" label="导出 GeoJSON" act=send/>
            <label class="field field-inline">
                <span class="field-label">"坐标系"</span>
                <DatumChoice chosen=datum.into() choose=move |chosen| datum.set(chosen)/>
            </label>
        </div>
    }
    .into_any()
}

fn send(session: Session, links: &Links, datum: Datum) {
    let name = session.township_name();
    let done = to_file(links, &format!("{name}网格边界"), datum)
        .map_err(|error| error.to_string())
        .and_then(|text| {
            let file = format!("{name}-网格边界-{}.geojson", datum.id());
            files::save_text(&file, "application/geo+json", &text)
                .map_err(|_| NOT_SAVED.to_string())
        });
    match done {
        Ok(()) => session.toasts.done("已导出网格边界", false),
        Err(sentence) => session.toasts.failed(sentence),
    }
}

/// Coordinate systems to choose from.
#[component]
pub fn DatumChoice(chosen: Signal<Datum>, #[prop(into)] choose: Callback<Datum>) -> impl IntoView {
    let changed = move |event| {
        let id = event_target_value(&event);
        if let Some(datum) = Datum::ALL.into_iter().find(|datum| datum.id() == id) {
            choose.run(datum);
        }
    };
    view! {
        <select class="input" on:change=changed>
            {Datum::ALL.into_iter().map(|datum| view! {
                <option value=datum.id() selected=move || chosen.get() == datum>{datum.label()}</option>
            }).collect_view()}
        </select>
    }
}
