//! Borders out as GeoJSON, in the coordinate system asked for; our own import reads them back unchanged.

use std::fmt;

use serde_json::{Value as Json, json};

use super::{Layer, anchor, degrees};
use crate::geo::datum::Datum;
use crate::geo::plane::Ring;
use crate::geo::writing::{Sent, to_geojson};
use crate::model::kinds::{GridCell, Village};
use crate::model::{Record, RecordId};
use crate::rules::Links;

/// Why no borders go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotSend {
    /// The map lies nowhere on earth.
    NoOrigin,
    Nothing,
}

impl fmt::Display for CannotSend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CannotSend::NoOrigin => "这张图的边界是示意的，没有经纬度，不能导出 GeoJSON；数据没有变化。导入一次带经纬度的边界后就可以。",
            CannotSend::Nothing => "还没有画好的边界，没有可导出的内容。",
        })
    }
}

/// Every village and cell that has borders, coarsest first.
pub fn to_file(links: &Links, name: &str, datum: Datum) -> Result<String, CannotSend> {
    let sent: Vec<Sent> = Layer::ALL.iter().flat_map(|layer| of_layer(links, *layer)).collect();
    if sent.is_empty() {
        return Err(CannotSend::Nothing);
    }
    let local = anchor(links.town.as_ref()).ok_or(CannotSend::NoOrigin)?;
    Ok(to_geojson(name, &sent, &|at| datum.from_wgs84(degrees(local, at))))
}

fn of_layer(links: &Links, layer: Layer) -> Vec<Sent> {
    if layer == Layer::Village {
        let drawn = links.villages.all().iter().filter(|village| !village.outline.is_empty());
        return drawn.map(village).collect();
    }
    let cells = links.cells.all().iter();
    let drawn = cells.filter(|cell| Layer::of(cell) == layer && !cell.outline.is_empty());
    drawn.map(|one| cell(links, one)).collect()
}

fn village(village: &Village) -> Sent {
    sent(
        &village.id,
        Layer::Village,
        &village.name,
        &village.code,
        None,
        village.households,
        &village.outline.0,
    )
}

fn cell(links: &Links, cell: &GridCell) -> Sent {
    let village = links.villages.find(cell.village.as_ref()).map(|village| &*village.name);
    sent(
        cell.id(),
        Layer::of(cell),
        &cell.name,
        &cell.code,
        village,
        cell.households,
        &cell.outline.0,
    )
}

fn sent(
    id: &RecordId,
    layer: Layer,
    name: &str,
    code: &str,
    village: Option<&str>,
    households: Option<i64>,
    rings: &[Ring],
) -> Sent {
    let mut properties: Vec<(&'static str, Json)> =
        vec![("记录号", json!(id.as_str())), ("层级", json!(layer.label())), ("名称", json!(name))];
    let said = |text: &str| (!text.is_empty()).then(|| json!(text));
    properties.extend(said(code).map(|code| ("编码", code)));
    properties.extend(village.map(|village| ("所属村（社区）", json!(village))));
    properties.extend(households.map(|count| ("户数", json!(count))));
    Sent { properties, rings: rings.to_vec() }
}
