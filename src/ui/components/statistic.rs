//! A statistic as a picture with its figures as words for readers of screens; nothing in it can run. As wide as its
//! place on the page, so that its letters are as large as they say.

use crate::picture::palette::Palette;
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
) -> impl IntoView {
    let session = use_session();
    if statistic.groups.is_empty() {
        return ().into_any();
    }
    let words = words(&statistic);
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
        let svg = paint(&statistic.scene(width / type_size), palette, &options);
        format!("data:image/svg+xml;charset=utf-8,{}", js_sys::encode_uri_component(&svg))
    };
    view! { <img class=class src=source alt=words/> }.into_any()
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
