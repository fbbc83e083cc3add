//! A statistic as a picture with its figures as words for readers of screens; nothing in it can run. As wide as its
//! place on the page, so that its letters are as large as they say.

use leptos::ev::PointerEvent;
use wasm_bindgen::JsCast;
use web_sys::HtmlImageElement;

use crate::picture::palette::Palette;
use crate::picture::scene::Scene;
use crate::picture::svg::{Options, paint};
use crate::ui::components::picture::{type_size, watch_size};
use crate::ui::prelude::*;
use crate::ui::session::{Mode, use_session};
use crate::view::statistics::{Group, Statistic};

/// Groups told by words; the table below has all of them.
const SPOKEN: usize = 60;

/// Follows how wide the first element of this class is, in pixels, and how large its type.
pub fn follow_width(selector: &'static str) -> RwSignal<(i32, f64)> {
    let size = RwSignal::new((0, 1.0));
    effect(move || {
        let Ok(Some(image)) = document().query_selector(selector) else { return };
        let seen = image.clone();
        watch_size(&image, move || {
            let now = (seen.client_width(), type_size());
            if size.try_get_untracked().is_some_and(|known| known != now) {
                size.set(now);
            }
        });
    });
    size
}

#[component]
pub fn StatisticImage(
    statistic: Statistic,
    size: RwSignal<(i32, f64)>,
    class: &'static str,
    /// Hears which group was pressed; `None` for several drawn as one.
    #[prop(optional)]
    picked: Option<Callback<Option<usize>>>,
) -> impl IntoView {
    let session = use_session();
    if statistic.groups.is_empty() {
        return ().into_any();
    }
    let words = words(&statistic);
    let drawn = StoredValue::new_local(None::<Scene>);
    let shown = statistic.clone();
    let source = move || {
        let (width, type_size) = size.get();
        if width == 0 {
            return String::new();
        }
        let palette = if session.contrast.get() || session.mode.get() == Mode::Projector {
            Palette::Contrast
        } else {
            Palette::Light
        };
        let width = f64::from(width);
        let options = Options {
            margin: 0.0,
            title: statistic.title.to_string(),
            width: Some(width),
            ..Options::default()
        };
        let scene = shown.scene(width / type_size);
        let svg = paint(&scene, palette, &options);
        drawn.set_value(picked.map(|_| scene));
        format!("data:image/svg+xml;charset=utf-8,{}", js_sys::encode_uri_component(&svg))
    };
    let Some(picked) = picked else {
        return view! { <img class=class src=source alt=words/> }.into_any();
    };
    let statistic = StoredValue::new_local(statistic);
    let moved = move |event: PointerEvent| {
        let Some(image) = image_of(&event) else { return };
        let said =
            drawn.with_value(|scene| said_at(scene.as_ref()?, place(scene.as_ref()?, &event)?));
        let _ = image.set_attribute("title", said.as_deref().unwrap_or_default());
        let _ = image.class_list().toggle_with_force("statistic-opens", said.is_some());
    };
    let pressed = move |event: PointerEvent| {
        drawn.with_value(|scene| {
            let scene = scene.as_ref()?;
            let at = place(scene, &event)?;
            said_at(scene, at)?;
            let group = statistic.with_value(|statistic| statistic.group_at(scene, at.0, at.1));
            picked.run(group);
            Some(())
        });
    };
    view! { <img class=class src=source alt=words on:pointermove=moved on:click=move |event| pressed(event.unchecked_into())/> }
        .into_any()
}

fn image_of(event: &PointerEvent) -> Option<HtmlImageElement> {
    event.target()?.dyn_into().ok()
}

/// Where in the scene the pointer is.
fn place(scene: &Scene, event: &PointerEvent) -> Option<(f64, f64)> {
    let image = image_of(event)?;
    let part = |at: i32, side: i32| f64::from(at) / f64::from(side.max(1));
    let (x, y) = (
        part(event.offset_x(), image.client_width()),
        part(event.offset_y(), image.client_height()),
    );
    let all = &scene.bounds;
    Some((all.x0 + x * all.width(), all.y0 + y * all.height()))
}

/// What stands at a place, in words.
fn said_at(scene: &Scene, (x, y): (f64, f64)) -> Option<String> {
    Some(scene.group(scene.hit(x, y, 1.0)?).title.to_string())
}

/// `基本履职事项分类：党的建设 24，…`
fn words(statistic: &Statistic) -> String {
    let group = |group: &Group| {
        let values = statistic.columns.iter().zip(&group.values).enumerate();
        let said = values
            .map(|(at, (column, value))| format!("{} {}", column.name, statistic.said(at, *value)));
        format!("{} {}", group.label, said.collect::<Vec<_>>().join(" "))
    };
    let parts: Vec<String> = statistic.groups.iter().take(SPOKEN).map(group).collect();
    let more = statistic.groups.len().saturating_sub(SPOKEN);
    let more =
        if more > 0 { format!("，另有 {more} 组，见数据和名单") } else { String::new() };
    format!("{}：{}{more}", statistic.title, parts.join("，"))
}
