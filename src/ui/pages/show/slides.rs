//! What is on a page of the deck: live views of the township, without names unless they are asked for.

use std::rc::Rc;
use std::sync::Arc;

use crate::model::kinds::slide::{Slide, SlideView};
use crate::model::value::day_words;
use crate::moving::comparing::compare;
use crate::picture::chart::{Form, draw, legend};
use crate::picture::map;
use crate::rules::Links;
use crate::ui::components::compared_chart::compared_chart;
use crate::ui::components::picture::{PictureView, Shown, legend_room, type_size};
use crate::ui::components::statistic::{StatisticImage, follow_width};
use crate::ui::pages::chart::by_units;
use crate::ui::prelude::*;
use crate::ui::session::Session;
use crate::view::chart::ChartAsk;
use crate::view::map::{ColourBy, MapAsk, cells_counted};
use crate::view::map_figures::map_figures;
use crate::view::show::{PostSheet, figures, post_sheet};
use crate::view::statistics::{Statistic, all};
use crate::view::work::chart_cards;

pub fn is_heading(slide: &Slide) -> bool {
    matches!(slide.view, Some(SlideView::Heading) | None)
}

pub fn content(session: Session, slide: &Slide, names: bool) -> AnyView {
    let links = session.links();
    match slide.view {
        Some(SlideView::Heading) | None => heading(session, slide),
        Some(SlideView::Figures) => big_figures(&links),
        Some(SlideView::Chart) => chart(session, &links, slide, names),
        Some(SlideView::Map) => cell_map(session, &links, slide, names),
        Some(SlideView::Statistic) => statistic(session, &links, slide),
        Some(SlideView::Post) => post(&links, slide, names),
        Some(SlideView::Change) => change(session, &links, slide, names),
    }
}

/// What has nothing to show says why.
fn nothing(sentence: &'static str) -> AnyView {
    view! { <p class="show-nothing">{sentence}</p> }
}

fn heading(session: Session, slide: &Slide) -> AnyView {
    let town = session.township_name();
    // Under a title of its own stands whose it is.
    let below = if slide.title.is_empty() { String::new() } else { town };
    view! {
        <p class="show-below">{below}</p>
        <p class="show-day">{day_words(session.day.get())}</p>
    }
    .into_any()
}

fn big_figures(links: &Links) -> AnyView {
    let figures = figures(links);
    if figures.is_empty() {
        return nothing("台账里还没有内容。");
    }
    let figures = figures.into_iter().map(|figure| {
        view! {
            <div class="show-figure" class:show-figure-missing=figure.missing>
                <p class="show-figure-value number">{figure.value}<small>{figure.unit}</small></p>
                <p class="show-figure-label">{figure.label}</p>
            </div>
        }
    });
    view! { <div class="show-figures">{figures.collect_view()}</div> }.into_any()
}

/// What a page leaves to a picture, in parts of the screen's width and height.
const ACROSS: f64 = 0.95;
const DOWN: f64 = 0.7;

/// Width over height of the room a picture has.
fn aspect() -> f64 {
    let side = |side: Result<wasm_bindgen::JsValue, _>| side.ok().and_then(|side| side.as_f64());
    let (w, h) = (side(window().inner_width()), side(window().inner_height()));
    w.zip(h).map_or(1.9, |(w, h)| (w * ACROSS / (h * DOWN).max(1.0)).clamp(0.5, 3.2))
}

fn chart(session: Session, links: &Links, slide: &Slide, names: bool) -> AnyView {
    if links.posts.all().is_empty() && links.units.all().is_empty() {
        return nothing("台账里还没有机构和岗位。");
    }
    let form = Form::named(&slide.look).unwrap_or_default();
    let ask = ChartAsk { names, form, ..ChartAsk::default() };
    let mut input = session.on_day(|day| chart_cards(day, links, &ask));
    input.aspect = aspect();
    let scene = draw(&input).scene;
    let legend = Some(Rc::new(legend(form, legend_room())));
    picture(Shown {
        scene,
        legend,
        legend_below: true,
        name: format!("{}岗位架构图", session.township_name()),
        paper: 1.0,
        arranged: form.label(),
        by_units: by_units(Rc::new(input), Rc::default()),
    })
}

fn cell_map(session: Session, links: &Links, slide: &Slide, names: bool) -> AnyView {
    if links.cells.all().is_empty() && links.villages.all().is_empty() {
        return nothing("台账里还没有村和网格。");
    }
    let colour = ColourBy::from_id(&slide.look).unwrap_or(ColourBy::Zone);
    let ask = MapAsk { colour, method: None, names };
    let input = session.on_day(|day| cells_counted(links, &map_figures((day, links)), ask));
    let drawn = map::draw_sized(&input, type_size());
    let legend = Some(Rc::new(map::legend(&input, &drawn)));
    picture(Shown {
        scene: Rc::new(drawn.scene),
        legend,
        legend_below: false,
        name: format!("{}网格图", session.township_name()),
        paper: 1.0,
        arranged: "",
        by_units: None,
    })
}

fn picture(shown: Shown) -> AnyView {
    let shown = RwSignal::new_local(Some(shown));
    let open = Callback::new(|_: String| ());
    view! { <div class="show-picture"><PictureView shown=shown on_open=open/></div> }.into_any()
}

fn statistic(session: Session, links: &Links, slide: &Slide) -> AnyView {
    let list = session.on_day(|day| all(day, links));
    let found = list.into_iter().find(|one| *one.id == *slide.look);
    let Some(statistic) = found.filter(|statistic| !statistic.is_empty()) else {
        return nothing("这张统计图还没有数据。");
    };
    let room = follow_width(".show-statistic-place");
    let size = RwSignal::new((0, 1.0));
    let known = statistic.clone();
    effect(move || {
        let width = room.get().0;
        if width > 0 {
            size.set((width, filling(&known, f64::from(width))));
        }
    });
    view! { <div class="show-statistic-place"><StatisticImage statistic=statistic size=size class="show-statistic"/></div> }
        .into_any()
}

/// How large the letters of a statistic may be so that it is as high as the room it has.
fn filling(statistic: &Statistic, width: f64) -> f64 {
    const LEAST: f64 = 0.6;
    const MOST: f64 = 2.6;
    let place = document().query_selector(".show-statistic-place").ok().flatten();
    let room = place.map_or(0.0, |place| f64::from(place.client_height()));
    // Wider drawings are less high: the size that fits is found by halves.
    let (mut low, mut high) = (LEAST, MOST);
    for _ in 0..6 {
        let size = (low + high) / 2.0;
        if statistic.scene(width / size).bounds.height() * size > room {
            high = size;
        } else {
            low = size;
        }
    }
    low
}

fn post(links: &Links, slide: &Slide, names: bool) -> AnyView {
    let sheet = slide.post.as_ref().and_then(|post| post_sheet(links, post, names));
    let Some(sheet) = sheet else {
        return nothing("这一页还没有选岗位，或岗位已撤销。");
    };
    let PostSheet { title, unit, track, holders, vacant, leads, assists, place, phone } = sheet;
    let seats = if vacant { "空岗".to_string() } else { holders.join("　") };
    let where_to =
        [place, phone].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("　");
    let duties = |words: &'static str, list: Vec<String>| {
        (!list.is_empty()).then(|| {
            let lines = list.into_iter().map(|duty| view! { <li>{duty}</li> }).collect_view();
            view! { <div class="show-duties"><h3>{words}</h3><ul>{lines}</ul></div> }
        })
    };
    view! {
        <div class="show-post">
            <h2>{title}</h2>
            <p class="show-unit">{unit} "　" {track}</p>
            <p class="show-seats" class:show-figure-missing=vacant>{seats}</p>
            <p>{where_to}</p>
            <div class="show-both">{duties("主责", leads)} {duties("协助", assists)}</div>
        </div>
    }
    .into_any()
}

fn change(session: Session, links: &Links, slide: &Slide, names: bool) -> AnyView {
    let Some(day) = slide.before else { return nothing("这一页还没有选和哪一天比。") };
    let before = session.read(|fold| Links::of(&fold.township().on(day)));
    let compared = Arc::new(compare((&before, links)));
    let figures: Vec<String> = compared
        .figures
        .iter()
        .filter(|figure| figure.before != figure.after)
        .map(|figure| format!("{} {} → {}", figure.label, figure.before, figure.after))
        .collect();
    let said = match compared.posts.len() + compared.units.len() {
        0 => "没有变化。".to_string(),
        _ => figures.join("，"),
    };
    view! {
        <p class="show-said">{format!("{} 以来：{said}", day_words(day))}</p>
        <div class="trial-charts show-charts">
            {compared_chart(session, "调整前", &before, &compared, names)}
            {compared_chart(session, "调整后", links, &compared, names)}
        </div>
    }
    .into_any()
}
