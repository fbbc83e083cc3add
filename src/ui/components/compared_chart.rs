//! One of two charts that stand side by side, before and after. Compares nothing: `moving::comparing` does.

use std::sync::Arc;

use crate::moving::compared::{Change, Compared};
use crate::picture::chart::draw;
use crate::route::Route;
use crate::rules::Links;
use crate::ui::components::picture::{Found, PictureView, Shown};
use crate::ui::prelude::*;
use crate::ui::session::Session;
use crate::view::chart::{ChartAsk, cards};
use crate::view::{group_id, record_of};

/// Width over height of each of the two charts.
const ASPECT: f64 = 1.35;

/// One of the two charts, what has changed outlined.
pub fn compared_chart(
    session: Session,
    heading: &'static str,
    links: &Links,
    compared: &Arc<Compared>,
    names: bool,
) -> AnyView {
    let form = session.form.get_untracked();
    let ask = ChartAsk { names, form, changed: Some(compared.clone()), ..ChartAsk::default() };
    let mut input = cards(links, &ask);
    input.aspect = ASPECT;
    let scene = draw(&input).scene;
    let of = |kind: &'static str, list: &[Change]| -> Vec<String> {
        list.iter().map(|change| group_id(kind, &change.id)).collect()
    };
    let mut ids = of("post", &compared.posts);
    ids.extend(of("unit", &compared.units));
    let found = Signal::stored(Found { ids, alone: false });
    let name = format!("{}岗位架构图（{heading}）", session.township_name());
    let arranged = form.label();
    let picture = Shown {
        scene,
        legend: None,
        legend_below: false,
        name,
        paper: 1.0,
        arranged,
        by_units: None,
    };
    let shown = RwSignal::new_local(Some(picture));
    let open = Callback::new(move |id: String| {
        if let Some((kind, id)) = record_of(&id) {
            session.go(&Route::Record { kind, id });
        }
    });
    view! {
        <figure class="trial-chart">
            <figcaption>{heading}</figcaption>
            <div class="trial-picture"><PictureView shown=shown on_open=open found=found/></div>
        </figure>
    }
    .into_any()
}
