//! Beside the ground, of the picture under it: choosing one, the steps of pinning it one at a time, and what can be done
//! with one that lies there.

use crate::geo::pinning::Laying;
use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;

use super::underlay::{Percent, Phase};
use super::{Room, Tool};

/// More than this the same way differs by direction only where a pair is wrong.
const ODD_SLANT: f64 = 1.25;
/// Degrees of a turn worth telling.
const TURNED: f64 = 1.0;

const PRIVATE: &str = "图只在这台电脑上看，不进台账，不会传出去。";

/// 底图, where nothing is put down.
pub fn underlay(room: Room) -> AnyView {
    let idle = memo(move || room.tool.get() == Tool::Corners);
    let there = memo(move || room.under.laid.with(Option::is_some));
    view! {
        {move || idle.get().then(|| view! {
            <section class="drawing-under" aria-label="底图">
                <h2>"底图"</h2>
                {move || if there.get() { lying(room) } else { choosing(room) }}
            </section>
        })}
    }
}

fn choosing(room: Room) -> AnyView {
    let label =
        move || if room.under.reading.get() { "正在读图片…" } else { "选一张图" };
    let busy = move || room.under.reading.get();
    view! {
        <p>"墙上的挂图、规划图，拍张照或者扫描一下，垫在下面照着描。"</p>
        <div class="choices">
            <button type="button" class="button" disabled=busy on:click=move |_| room.choose_picture()>{label}</button>
        </div>
        <p class="quiet">{format!("也可以把图片拖到画布上。{PRIVATE}")}</p>
    }
}

fn lying(room: Room) -> AnyView {
    let under = room.under;
    let name = under.laid.with_untracked(|laid| laid.as_ref().map(|laid| laid.name.clone()));
    let pinned = memo(move || under.with(|laying| laying.pins().len()).unwrap_or(0));
    let stands = move || match pinned.get() {
        0 => "还没有定位，只是铺在画面里。".to_string(),
        1 => "对上了一处，再对一处才准。".to_string(),
        pins => {
            let facts = under.with(facts).unwrap_or_default();
            format!("按 {pins} 处对好了。{facts}")
        }
    };
    let strong = move |event| {
        if let Ok(percent) = event_target_value(&event).parse::<u32>() {
            under.strength.set(Percent(percent));
        }
    };
    let hiding = move || if under.hidden.get() { "显示" } else { "藏起来" };
    view! {
        <p class="drawing-file">{name.unwrap_or_default()}</p>
        <p class="quiet">{stands}</p>
        <label class="field drawing-strength">
            <span class="field-label">"浓淡"</span>
            <input type="range" min="10" max="100".to_string() step="5" prop:value=move || under.strength.get().0.to_string()
                disabled=move || under.hidden.get() on:input=strong/>
        </label>
        <div class="choices">
            <button type="button" class="button button-small" on:click=move |_| under.hidden.update(|hidden| *hidden = !*hidden)>{hiding}</button>
            {move || if pinned.get() == 0 {
                view! { <TextButton class="button button-small" label="定位" act=move |()| room.pin_on()/> }
            } else {
                view! {
                    <TextButton class="button button-small" label="微调" act=move |()| room.pin_on()/>
                    <TextButton class="button button-small" label="重新定位" act=move |()| room.pin_anew()/>
                }
            }}
            <TextButton class="button button-small" label="取下" act=move |()| room.take_picture_off()/>
        </div>
        <p class="quiet">{format!("{PRIVATE}关掉网页后要重新选。")}</p>
    }
}

/// How wide it lies and how it is turned, to see whether that can be.
fn facts(laying: &Laying) -> String {
    let lie = laying.lie();
    let turn = lie.turn();
    let turned = if turn.abs() < TURNED {
        String::new()
    } else {
        let side = if turn > 0.0 { "左" } else { "右" };
        format!("，向{side}转了 {:.0} 度", turn.abs())
    };
    format!("图宽约{}{turned}。", length_words(lie.scale() * laying.size()[0]))
}

fn length_words(metres: f64) -> String {
    if metres >= 1000.0 {
        format!(" {:.1} 公里", metres / 1000.0)
    } else {
        format!(" {metres:.0} 米")
    }
}

/// The steps of pinning, one at a time.
pub fn pinning(room: Room) -> AnyView {
    let phase = memo(move || room.under.phase());
    view! {
        <h2>"给底图定位"</h2>
        {move || pips(phase.get())}
        <p role="status" class="drawing-step">{move || words(room, phase.get())}</p>
        {move || matches!(phase.get(), Phase::Done(_)).then(|| judged(room))}
        {move || buttons(room, phase.get())}
        <p class="quiet">"画面照样可以拖动、缩放。键盘：方向键把那一处移到画面中心的十字上，按空格。"</p>
    }
}

/// The step that the next press is, from 1, and how many there are.
fn step_of(phase: Phase) -> (usize, usize) {
    match phase {
        Phase::Picture(pair) => (pair * 2 - 1, pair.max(2) * 2),
        Phase::Ground(pair) => (pair * 2, pair.max(2) * 2),
        Phase::Done(pairs) => (pairs * 2 + 1, pairs * 2),
    }
}

fn pips(phase: Phase) -> AnyView {
    let (now, all) = step_of(phase);
    let pip = |step: usize| {
        let current = step == now;
        let past = step < now;
        view! { <span role="listitem" class:drawing-now=current class:drawing-past=past>{step.to_string()}</span> }
    };
    let said = if now > all {
        "定位的步骤都做完了".to_string()
    } else {
        format!("第 {now} 步，共 {all} 步")
    };
    let pips = (1..=all).map(pip).collect_view();
    view! { <div class="drawing-pips" role="list" aria-label=said>{pips}</div> }
}

fn words(room: Room, phase: Phase) -> String {
    let made_up = room.drawing.with_untracked(|drawing| drawing.is_sketched());
    match phase {
        Phase::Picture(1) if made_up => {
            "现在的边界是示意的，没有可对的地方：按“先不定位”，照着图描就行。知道准确位置的，在底图上点一个认得准的地方：路口、桥头、村界拐角都行。".to_string()
        }
        Phase::Picture(1) => {
            "在底图上点一个认得准的地方：路口、桥头、界桩、村界拐角都行。".to_string()
        }
        Phase::Picture(2) => {
            "第一处对上了。再在底图上点第二处，离第一处越远越准。".to_string()
        }
        Phase::Picture(_) => "再在底图上点第三处，不要和前两处在一条线上。".to_string(),
        Phase::Ground(pair) => format!(
            "红标 {pair} 的地方，在边界图上是哪里？点一下。靠近拐点和边线会自动吸住。"
        ),
        Phase::Done(2) => {
            "对好了。看看图上的界线和边界合不合：合上了就按“完成”；图是斜着拍的，再对第三处。".to_string()
        }
        Phase::Done(_) => "对好了。看看图上的界线和边界合不合，合上了就按“完成”。".to_string(),
    }
}

/// What came out, and how to mend it.
fn judged(room: Room) -> AnyView {
    let said = move || room.under.with(facts).unwrap_or_default();
    let odd = move || room.under.with(|laying| laying.lie().slant() > ODD_SLANT) == Some(true);
    view! {
        <p class="drawing-facts">{said}</p>
        <p class="quiet">"哪处没点准，拖它的标记，或选中后按方向键：绿色圆头是边界图上的地方，红色方头是底图上的点。"</p>
        <Show when=odd><p class="notice">"图被拉得很斜，多半有一处对错了。请看看每一对标记。"</p></Show>
    }
}

fn buttons(room: Room, phase: Phase) -> AnyView {
    let back =
        || view! { <TextButton class="button" label="退一步" act=move |()| room.unpin_step()/> };
    let out = || view! { <TextButton class="button button-quiet" label="先不定位" act=move |()| room.pin_done()/> };
    match phase {
        Phase::Picture(1) => {
            view! { <div class="choices"><TextButton class="button" label="先不定位" act=move |()| room.pin_done()/></div> }
        }
        Phase::Picture(3) | Phase::Ground(3) => view! { <div class="choices">{back()}</div> },
        Phase::Picture(_) | Phase::Ground(_) => {
            view! { <div class="choices">{back()} {out()}</div> }
        }
        Phase::Done(_) => view! {
            <div class="choices">
                <TextButton class="button button-main" label="完成" act=move |()| room.pin_done()/>
                {room.can_pin_more().then(|| view! { <TextButton class="button" label="再对一处" act=move |()| room.pin_more()/> })}
                {back()}
            </div>
        },
    }
}
