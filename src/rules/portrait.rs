//! 岗位画像 (ZJ-12): three figures of a post out of 100, each with the sentence it comes from. 职责饱和 looks at how many duties,
//! 运行顺畅 at tasks past their term, 资源配置合理 at whether A, B and load are in order. Ranks nobody.

use super::links::Links;
use super::work::{Stand, Work};
use crate::model::kinds::Post;
use crate::model::kinds::holding::HoldRole;
use crate::sorting::Sorting;

/// One figure; none where there is nothing to go by.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub name: &'static str,
    pub value: Option<f64>,
    /// How it came about.
    pub because: String,
}

/// So many of ten posts carry no more than what counts as full.
const FULL: f64 = 0.9;

pub fn portrait(links: &Links, work: &Work, post: &Post) -> [Figure; 3] {
    let full = full_load(links);
    [saturation(links, post, full), smoothness(work, post), resources(links, post, full)]
}

/// What nine posts in ten do not carry more of.
fn full_load(links: &Links) -> usize {
    let mut loads: Vec<usize> =
        links.posts.all().iter().map(|post| links.duty_count(&post.id)).collect();
    loads.retain(|load| *load > 0);
    loads.arrange(Ord::cmp);
    let at = (loads.len() as f64 * FULL).ceil() as usize;
    loads.get(at.saturating_sub(1)).copied().unwrap_or(0)
}

fn saturation(links: &Links, post: &Post, full: usize) -> Figure {
    let own = links.duty_count(&post.id);
    let value = (full > 0).then(|| (own as f64 / full as f64 * 100.0).min(100.0));
    let because = match value {
        Some(_) => format!("本岗 {own} 项事项；全镇九成岗位不超过 {full} 项，按 {full} 项算满分"),
        None => "还没有把事项对应到岗位".to_string(),
    };
    Figure { name: "职责饱和", value, because }
}

fn smoothness(work: &Work, post: &Post) -> Figure {
    let tasks = work.tasks_of_post(&post.id);
    let late =
        tasks.iter().filter(|task| matches!(Stand::of(task, work.day), Stand::Late(_))).count();
    let count = tasks.len();
    let value = (count > 0).then(|| 100.0 * (count - late) as f64 / count as f64);
    let because = match value {
        Some(_) => format!("负责 {count} 项任务，其中 {late} 项逾期"),
        None => "没有由本岗负责的任务".to_string(),
    };
    Figure { name: "运行顺畅", value, because }
}

fn resources(links: &Links, post: &Post, full: usize) -> Figure {
    let seats = links.holders(&post.id);
    let held = |role: HoldRole| seats.iter().any(|seat| seat.role == role);
    let (a, b) = (held(HoldRole::Primary), held(HoldRole::Backup));
    let most = seats.iter().map(|seat| links.load_of(&seat.person.id)).max().unwrap_or(0);
    let bearable = a && most <= full.max(1) * 2;
    let met = [a, b, bearable].into_iter().filter(|met| *met).count();
    let word = |met: bool| if met { "有" } else { "缺" };
    let load = match (a, bearable) {
        (false, _) => "没有人，不看负担".to_string(),
        (true, true) => format!("任职的人最多担 {most} 项，没有过重"),
        (true, false) => format!("任职的人担到 {most} 项，过重"),
    };
    let because = format!("A岗{}人、B岗{}人、{load}；三条各占三分之一", word(a), word(b));
    Figure { name: "资源配置合理", value: Some(met as f64 * 100.0 / 3.0), because }
}
