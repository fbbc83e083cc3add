//! Pictures for other pages: the same scenes the screens paint, as SVG text or as boxes.

use std::rc::Rc;

use serde_json::{Value as Json, json};

use super::Answer;
use crate::model::Date;
use crate::model::value::parse_date;
use crate::picture::chart::Form;
use crate::picture::palette::Palette;
use crate::picture::scene::Scene;
use crate::picture::svg::{Options, paint};
use crate::picture::{chart, map};
use crate::rules::Links;
use crate::ui::session::Session;
use crate::view::chart::ChartAsk;
use crate::view::map::{ColourBy, MapAsk, cells};
use crate::view::work::chart_cards;

/// `picture(name, {format, asOf, width, form})`
pub async fn picture(session: Session, name: Json, options: Json) -> Answer {
    match options.get("format").and_then(Json::as_str) {
        None | Some("svg") => {}
        Some(other) => return Err(format!("picture 的 format 只有 svg，没有 {other}。")),
    }
    let day = match options.get("asOf").and_then(Json::as_str) {
        None => leptos::prelude::GetUntracked::get_untracked(&session.day),
        Some(text) => parse_date(text).ok_or("asOf 的日期写法是 2026-11-22。")?,
    };
    let (scene, title) = draw(session, &name, day, form_of(&options)?)?;
    let width = options.get("width").and_then(Json::as_f64).filter(|width| *width >= 1.0);
    Ok(Json::String(paint(&scene, Palette::Light, &Options { width, title, ..Options::default() })))
}

/// `layout(name, {form})` → boxes with ids
pub async fn layout(session: Session, name: Json, options: Json) -> Answer {
    let day = leptos::prelude::GetUntracked::get_untracked(&session.day);
    let (scene, _) = draw(session, &name, day, form_of(&options)?)?;
    let boxes = scene.groups.iter().filter(|group| group.id.contains('/')).map(|group| {
        let area = group.bounds;
        json!({
            "id": &*group.id, "title": &*group.title,
            "x": area.x0, "y": area.y0, "width": area.width(), "height": area.height(),
        })
    });
    Ok(boxes.collect())
}

/// How the chart is to stand.
fn form_of(options: &Json) -> Result<Form, String> {
    match options.get("form").and_then(Json::as_str) {
        None => Ok(Form::default()),
        Some(id) => Form::named(id).ok_or_else(|| {
            "form 有 tree（上下）、across（左右）、boards（机构板）、wall（挂图）、chain（责任链）和 work（任务链）。".to_string()
        }),
    }
}

fn draw(
    session: Session,
    name: &Json,
    day: Date,
    form: Form,
) -> Result<(Rc<Scene>, String), String> {
    let links = session.read_recorded(|fold| Links::of(&fold.township().on(day)));
    let town = session.township_name();
    match name.as_str() {
        Some("chart") => {
            let ask = ChartAsk { names: true, form, ..ChartAsk::default() };
            let input =
                session.read_recorded(|fold| chart_cards(&fold.township().on(day), &links, &ask));
            Ok((chart::draw(&input).scene, format!("{town}岗位架构图")))
        }
        Some("map") => {
            let ask = MapAsk { colour: ColourBy::Zone, method: None, names: true };
            Ok((Rc::new(map::draw(&cells(&links, ask)).scene), format!("{town}网格图")))
        }
        _ => Err("picture 有 chart（架构图）和 map（网格图）。".to_string()),
    }
}
