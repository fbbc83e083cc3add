//! The real, anonymised table of one township: 148 posts in 16 units and its 247 work items.
//!
//! Only what the two sheets say; nobody sits in these posts. The posts' own words are linked to the work
//! items by the importer's linker; what did not match stays unlinked, and the findings say so.

use gangtu::model::kinds::town::Template;
use gangtu::model::kinds::unit::{UnitOrigin, UnitRole};
use gangtu::model::kinds::{Duty, Post, Town, Unit};

use super::base::{Base, id, to};
use super::source::{Line, Sheet};

pub fn bundle() -> Result<String, String> {
    let (posts, duties) = (Sheet::read("posts.csv")?, Sheet::read("duties.csv")?);
    let units = units(&posts);
    let posts: Vec<Post> =
        posts.lines().enumerate().map(|(at, line)| post(at, line, &units)).collect();
    let duties: Vec<Duty> =
        duties.lines().enumerate().map(|(at, line)| duty(at, line, &units)).collect();
    let base = Base::new("real-posts", "真实岗位表（已匿名）", 148)?;
    base.put("建立乡镇", &[town()])?;
    base.put("建立机构", &units)?;
    base.put("导入岗位表", &posts)?;
    base.put("导入工作事项", &duties)?;
    base.link_duties("事项对应到岗位")?;
    base.bundle("真实岗位表")
}

fn town() -> Town {
    Town {
        id: id("town"),
        name: "某镇（真实岗位表）".into(),
        template: Some(Template::Free),
        ..Town::default()
    }
}

fn units(posts: &Sheet) -> Vec<Unit> {
    let mut names: Vec<&str> = Vec::new();
    for line in posts.lines() {
        if !names.contains(&line.get("unit")) {
            names.push(line.get("unit"));
        }
    }
    names.into_iter().enumerate().map(|(at, name)| unit(at, name)).collect()
}

fn unit(at: usize, name: &str) -> Unit {
    let station = ["分队", "分局", "中队", "资源所"].iter().any(|end| name.ends_with(end));
    let role = match name {
        "班子" => UnitRole::Leadership,
        _ if station => UnitRole::Station,
        name if name.contains("中心") => UnitRole::Centre,
        name if name.ends_with("办公室") => UnitRole::Office,
        _ => UnitRole::Other,
    };
    Unit {
        id: id(&format!("u{:02}", at + 1)),
        no: Some(at as i64 + 1),
        name: name.into(),
        role: Some(role),
        origin: Some(if station { UnitOrigin::CountyStation } else { UnitOrigin::Town }),
        ..Unit::default()
    }
}

fn post(at: usize, line: Line, units: &[Unit]) -> Post {
    Post {
        id: id(&format!("p{:03}", at + 1)),
        no: line.number("no"),
        title: line.get("post").into(),
        unit: to(unit_id(units, line.get("unit"))),
        duties: line.get("duties").into(),
        ..Post::default()
    }
}

fn duty(at: usize, line: Line, units: &[Unit]) -> Duty {
    Duty {
        id: id(&format!("d{:03}", at + 1)),
        no: line.number("no"),
        name: line.get("name").into(),
        class: line.get("unit").into(),
        unit: to(unit_id(units, line.get("unit"))),
        ..Duty::default()
    }
}

fn unit_id<'a>(units: &'a [Unit], name: &str) -> &'a str {
    let unit = units.iter().find(|unit| &*unit.name == name);
    unit.unwrap_or_else(|| panic!("no unit {name}")).id.as_str()
}
