//! Units and posts of 云溪镇, from their sheets.

use gangtu::model::kinds::post::{PostOrigin, Track};
use gangtu::model::kinds::unit::{UnitOrigin, UnitRole};
use gangtu::model::kinds::{Post, Unit};

use super::base::{date, id, to};
use super::source::{Line, Sheet};

pub fn units(sheet: &Sheet) -> Vec<Unit> {
    sheet.lines().map(unit).collect()
}

fn unit(line: Line) -> Unit {
    Unit {
        id: id(line.get("id")),
        no: line.number("no"),
        name: line.get("name").into(),
        short: line.get("short").into(),
        role: UnitRole::from_id(line.get("role")),
        origin: UnitOrigin::from_id(line.get("origin")),
        led_by: to(line.get("led_by")),
        place: line.get("place").into(),
        phone: unit_phone(line).as_str().into(),
        county_depts: line.get("county_depts").into(),
        ..Unit::default()
    }
}

/// No telephone of this country begins with 1000.
fn unit_phone(line: Line) -> String {
    format!("100088000{:02}", line.number("no").unwrap_or(0))
}

/// `duties` gives each post's own words for what it does.
pub fn posts(sheet: &Sheet, units: &[Unit], duties: impl Fn(&str) -> String) -> Vec<Post> {
    sheet.lines().map(|line| post(line, units, &duties(line.get("id")))).collect()
}

fn post(line: Line, units: &[Unit], duties: &str) -> Post {
    let unit = units.iter().find(|unit| unit.id.as_str() == line.get("unit"));
    let unit = unit.unwrap_or_else(|| panic!("post {} has no unit", line.get("id")));
    let seats: i64 = super::people::staff(line.get("staff")).len() as i64;
    let track = Track::from_id(line.get("track"));
    let local = matches!(track, Some(Track::Vanguard | Track::Special));
    Post {
        id: id(line.get("id")),
        no: line.number("no"),
        title: line.get("title").into(),
        unit: to(line.get("unit")),
        track,
        origin: Some(if local { PostOrigin::LocalSpecial } else { PostOrigin::CountyCatalogue }),
        seats: Some(seats.max(1)),
        requirements: line.get("requirements").into(),
        duties: duties.into(),
        counterpart: unit.county_depts.clone(),
        place: unit.place.clone(),
        phone: unit.phone.clone(),
        key_task: line.get("key_task").into(),
        since: date(line.get("since")),
        until: date(line.get("until")),
        ..Post::default()
    }
}
