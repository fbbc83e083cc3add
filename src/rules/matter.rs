//! Matters and windows: a resident who asks is told where, whom and what to bring (ZJ-10, XM-16).

use super::finding::{Finding, Rule, Severity};
use super::links::Links;
use crate::model::kinds::{Matter, Window};

pub(super) fn check(links: &Links, found: &mut Vec<Finding>) {
    for matter in links.matters.all() {
        check_place(links, matter, found);
        if matter.common {
            check_card(matter, found);
        }
    }
    check_parts(links, found);
    for window in links.windows.all() {
        check_window(links, window, found);
    }
}

fn check_place(links: &Links, matter: &Matter, found: &mut Vec<Finding>) {
    let window = links.windows.find(matter.window.as_ref()).is_some();
    let post = links.posts.find(matter.post.as_ref()).is_some();
    let severity = if matter.common { Severity::Warning } else { Severity::Note };
    let (field, sentence) = match (window, post) {
        (true, true) => return,
        (false, false) => {
            ("window", format!("“{}”没有写明在哪个窗口、由哪个岗位办理。", matter.name))
        }
        (false, true) => ("window", format!("“{}”没有写明办理窗口。", matter.name)),
        (true, false) => ("post", format!("“{}”没有写明办理岗位。", matter.name)),
    };
    found.push(Finding::new(Rule::MatterWindow, severity, matter, field, sentence));
}

fn check_card(matter: &Matter, found: &mut Vec<Finding>) {
    let parts = [
        ("materials", "带什么", &matter.materials),
        ("condition", "谁能办", &matter.condition),
        ("steps", "怎么办", &matter.steps),
    ];
    let missing: Vec<_> = parts.iter().filter(|(_, _, text)| text.is_empty()).collect();
    if let Some((field, _, _)) = missing.first() {
        let what: Vec<&str> = missing.iter().map(|(_, label, _)| *label).collect();
        let sentence = format!("高频事项“{}”的办事卡缺：{}。", matter.name, what.join("、"));
        found.push(Finding::new(Rule::MatterCard, Severity::Note, matter, field, sentence));
    }
}

/// What many cards lack is said once for all of them, at the first that lacks it.
fn check_parts(links: &Links, found: &mut Vec<Finding>) {
    type Says = fn(&Matter) -> bool;
    let parts: [(&'static str, &str, Says); 5] = [
        ("condition", "谁能办", |matter| !matter.condition.is_empty()),
        ("materials", "带什么", |matter| !matter.materials.is_empty()),
        ("steps", "怎么办", |matter| !matter.steps.is_empty()),
        ("promise_days", "多久办完", |matter| {
            matter.promise_days.is_some() || matter.legal_days.is_some()
        }),
        ("proxy", "能否代办", |matter| !matter.proxy.is_empty()),
    ];
    let all = links.matters.all();
    for (field, label, says) in parts {
        let lacking: Vec<&Matter> = all.iter().filter(|matter| !says(matter)).collect();
        let Some(first) = lacking.first() else { continue };
        let (some, of) = (lacking.len(), all.len());
        let sentence = format!(
            "{of} 项办事事项里有 {some} 项没有写“{label}”，居民查到时看不到这一栏。先补“{}”。",
            first.name
        );
        found.push(Finding::new(Rule::MatterParts, Severity::Note, *first, field, sentence));
    }
}

fn check_window(links: &Links, window: &Window, found: &mut Vec<Finding>) {
    let name = &window.name;
    let sentence = match links.posts.find(window.post.as_ref()) {
        None => format!("窗口“{name}”没有值守岗位，请选定。"),
        Some(post) if links.is_vacant(&post.id) => {
            let post = links.post_name(post);
            format!("窗口“{name}”的值守岗位“{post}”空缺，请安排人员。")
        }
        Some(_) => return,
    };
    found.push(Finding::new(Rule::WindowPost, Severity::Warning, window, "post", sentence));
}
