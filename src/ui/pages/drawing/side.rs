//! Beside the ground: what is chosen, what can be done with it, what has no border yet, and what saving would do.

use crate::borders::drawing::Drawing;
use crate::borders::editing::PlaceNo;
use crate::geo::plane::area_of;
use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;

use super::{Room, Tool, steps};

/// Names told one by one; more are counted.
const NAMED: usize = 6;
/// Square metres of a 亩.
const MU: f64 = 10_000.0 / 15.0;

#[component]
pub fn Side(room: Room) -> impl IntoView {
    let said = move || room.said.get();
    view! {
        <aside class="drawing-side-panel" aria-label="边界工具">
            <p role="status" class="drawing-said" class:notice=move || said().0>{move || said().1}</p>
            {move || match (room.tool.get(), room.chosen.get()) {
                (Tool::Corners, Some(place)) => chosen(room, place),
                (Tool::Corners, None) => nothing_chosen(room),
                (Tool::Pin, _) => steps::pinning(room),
                (tool, _) => putting(room, tool),
            }}
            {move || room.drawing.with(|drawing| saving(room, drawing))}
            {steps::underlay(room)}
        </aside>
    }
}

/// Square metres as people say them.
fn area_words(area: f64) -> String {
    if area >= 1e6 {
        format!("{:.2} 平方公里", area / 1e6)
    } else {
        format!("{:.1} 亩", area / MU)
    }
}

fn chosen(room: Room, place: PlaceNo) -> AnyView {
    let facts = room.drawing.with(|drawing| {
        let piece = drawing.piece(place)?;
        let rings = drawing.rings(place);
        let corners: usize = rings.iter().map(Vec::len).sum();
        let beside: Vec<(PlaceNo, String)> = drawing
            .beside(place)
            .into_iter()
            .filter_map(|other| Some((other, drawing.piece(other)?.name.clone())))
            .collect();
        Some((piece.name.clone(), area_of(&rings), corners, beside))
    });
    let Some((name, area, corners, beside)) = facts else { return ().into_any() };
    let join = move |event| {
        if let Ok(other) = event_target_value(&event).parse::<PlaceNo>() {
            room.step(|drawing| drawing.join(place, other));
        }
    };
    let options = beside
        .iter()
        .map(|(other, name)| view! { <option value=other.to_string()>{name.clone()}</option> });
    let options = options.collect_view();
    let drawn = corners > 0;
    view! {
        <h2>{name}</h2>
        {drawn.then(|| view! {
            <p class="quiet">{format!("{}，{corners} 个拐点。拖动圆点移动边界，方块处加拐点，选中圆点按 Delete 去掉。", area_words(area))}</p>
            <div class="choices"><TextButton class="button" label="放大看" act=move |()| room.fit(Some(place))/><TextButton class="button" label="划开" act=move |()| room.begin(Tool::Split)/></div>
        })}
        {(!beside.is_empty()).then(|| view! {
            <label class="field">
                <span class="field-label">"和相邻的合并"</span>
                <select class="input" on:change=join><option value="">"选相邻的一块"</option>{options}</select>
            </label>
        })}
        <div class="choices">
            <TextButton class="button" label=if drawn { "重画边界" } else { "画边界" } act=move |()| room.begin(Tool::Draw)/>
            {drawn.then(|| view! {
                <TextButton class="button button-quiet" label="去掉边界" act=move |()| {
                    room.step(|drawing| drawing.erase(place));
                }/>
            })}
        </div>
    }
    .into_any()
}

fn nothing_chosen(room: Room) -> AnyView {
    let layer = room.layer.get();
    let open: Vec<(PlaceNo, String)> = room.drawing.with(|drawing| {
        let pieces = drawing.pieces().iter().enumerate();
        let open = pieces.filter(|(at, piece)| {
            piece.layer == layer && !piece.ended && drawing.table().corners(*at).is_empty()
        });
        open.map(|(at, piece)| (at, piece.name.clone())).collect()
    });
    let begin = move |event| {
        if let Ok(place) = event_target_value(&event).parse::<PlaceNo>() {
            room.choose(Some(place));
            room.begin(Tool::Draw);
        }
    };
    let count = open.len();
    let options =
        open.into_iter().map(|(at, name)| view! { <option value=at.to_string()>{name}</option> });
    let options = options.collect_view();
    view! {
        <p>{format!("点一个{}，就能移动它的边界、划开或合并。滚轮缩放，按住空白处拖动画面。", layer.label())}</p>
        {(count > 0).then(|| view! {
            <label class="field">
                <span class="field-label">{format!("还没有边界的 {count} 个")}</span>
                <select class="input" on:change=begin><option value="">"选一个来画"</option>{options}</select>
            </label>
        })}
    }
    .into_any()
}

fn putting(room: Room, tool: Tool) -> AnyView {
    let least = if tool == Tool::Split { 2 } else { 3 };
    let few = move || room.line.with(Vec::len) < least;
    let back = move |_| {
        room.line.update(|line| {
            line.pop();
        });
    };
    view! {
        <div class="choices">
            <button type="button" class="button button-main" disabled=few on:click=move |_| room.finish()>"完成"</button>
            <button type="button" class="button" disabled=move || room.line.with(Vec::is_empty) on:click=back>"退一点"</button>
            <TextButton class="button button-quiet" label="不画了" act=move |()| room.choose(room.chosen.get_untracked())/>
        </div>
    }
    .into_any()
}

fn told(verb: &str, names: &[String]) -> Option<AnyView> {
    let first = names.iter().take(NAMED).map(String::as_str).collect::<Vec<&str>>().join("、");
    let rest =
        if names.len() > NAMED { format!(" 等 {} 个", names.len()) } else { String::new() };
    (!names.is_empty()).then(|| view! { <li>{format!("{verb}：{first}{rest}")}</li> }.into_any())
}

fn saving(room: Room, drawing: &Drawing) -> AnyView {
    let (summary, sketched) = (drawing.summary(), drawing.is_sketched());
    if summary.is_empty() {
        return ().into_any();
    }
    view! {
        <h2>"保存后"</h2>
        <ul class="drawing-summary">
            {told("改边界", &summary.changed)}
            {told("新建", &summary.fresh)}
            {told("结束", &summary.ended)}
        </ul>
        {sketched.then(|| view! { <p class="quiet">"原来没有边界，示意图上的其他边界也一起存下，来源记为“示意”。"</p> })}
        <div class="choices">
            <button type="button" class="button button-main" disabled=move || room.saving.get() on:click=move |_| room.save()>"保存"</button>
            <TextButton class="button button-quiet" label="全部放弃" act=move |()| room.anew()/>
        </div>
        <p class="quiet">"保存算一步，可以撤销。"</p>
    }
    .into_any()
}
