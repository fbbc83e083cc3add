//! What a village or a cell says of itself beside the map, and who serves it. Shows outsiders what is
//! declared public, like the map; draws nothing.

use crate::model::kinds::{GridCell, Person, Village};
use crate::model::public::public_cells;
use crate::model::{FieldSpec, KindIx, Record, RecordId, Township, Value, schema};
use crate::rules::Links;

/// Fields told of a village and of a cell, in this order.
const VILLAGE: &[&str] = &["zone", "colour", "households", "phone"];
const CELL: &[&str] =
    &["code", "level", "village", "households", "phone", "places", "elements", "risks"];

/// Label and words of what is set and the reader may see. `names`: staff looks.
pub fn facts(
    township: &Township,
    kind: KindIx,
    id: &RecordId,
    names: bool,
) -> Vec<(&'static str, String)> {
    let spec = schema().kinds[kind].spec;
    let wanted = match spec.id {
        Village::ID => VILLAGE,
        GridCell::ID => CELL,
        _ => return Vec::new(),
    };
    let Some(row) = township.table(kind).get(id.as_str()) else { return Vec::new() };
    let seen: Vec<(&FieldSpec, &Value)> = match names {
        true => spec.fields.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_null()).collect(),
        false => public_cells(kind, row),
    };
    let fact = |id: &&str| {
        let (field, value) = seen.iter().find(|(field, _)| field.id == *id)?;
        let words = township.display(field.ty, value);
        Some((field.label, format!("{words} {}", field.unit).trim_end().to_string()))
    };
    wanted.iter().filter_map(fact).collect()
}

/// Somebody who serves a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// 网格员, 包村干部 …
    pub role: &'static str,
    /// The name, or that it is not public.
    pub name: String,
    /// The posts they hold.
    pub posts: String,
}

/// Everybody who serves a village or a cell, nearest first.
pub fn serving(links: &Links, kind: &str, id: &RecordId, names: bool) -> Vec<Server> {
    let server = |role: &'static str, person: &Person| {
        let seats = links.seats_of(&person.id);
        let posts: Vec<String> = seats.iter().map(|seat| links.post_name(seat.post)).collect();
        let seen = names || person.may_be_named();
        let name = if seen { person.name.to_string() } else { "（姓名不公开）".to_string() };
        Server { role, name, posts: posts.join("、") }
    };
    if kind != Village::ID {
        let services = links.serving(id);
        return services.iter().map(|it| server(it.role.label(), it.person)).collect();
    }
    let Some(village) = links.villages.get(id.as_str()) else { return Vec::new() };
    let contact = links.people.find(village.contact.as_ref()).map(|it| server("包村干部", it));
    let secretary = links.people.find(village.secretary.as_ref()).map(|it| server("书记", it));
    contact.into_iter().chain(secretary).collect()
}
