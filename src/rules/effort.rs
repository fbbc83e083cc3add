//! Has every action its one task force (YC-06), every task a post and its term kept, every weak village a task force and a
//! task (YC-23)?

use super::finding::{Finding, Rule, Severity};
use super::links::Links;
use super::work::{Stand, Work};
use crate::model::Ref;
use crate::model::kinds::village::VillageColour;
use crate::model::kinds::{Action, Task, Village};
use crate::model::value::day_words;

pub(super) fn check(work: &Work, links: &Links, found: &mut Vec<Finding>) {
    for action in work.actions.all() {
        check_action(work, action, found);
    }
    for task in work.tasks.all() {
        check_task(work, links, task, found);
    }
    for village in links.villages.all() {
        check_village(work, village, found);
    }
}

fn check_action(work: &Work, action: &Action, found: &mut Vec<Finding>) {
    let forces = work.forces_of(&action.id);
    let name = &action.name;
    let sentence = match forces.len() {
        1 => return,
        0 => format!("行动“{name}”还没有专班，请新建专班，“所属行动”选它。"),
        count => {
            let names: Vec<&str> = forces.iter().map(|force| &*force.name).collect();
            let names = names.join("、");
            format!(
                "行动“{name}”有{count}个专班（{names}），一个行动只设一个，请改或结束多出来的。"
            )
        }
    };
    found.push(Finding::new(Rule::ActionForce, Severity::Warning, action, "name", sentence));
}

fn check_task(work: &Work, links: &Links, task: &Task, found: &mut Vec<Finding>) {
    let stand = Stand::of(task, work.day);
    if stand != Stand::Done && links.posts.find(task.post.as_ref()).is_none() {
        let sentence = format!("任务“{}”没有责任岗位，请选定一个。", task.name);
        found.push(Finding::new(Rule::TaskAnswers, Severity::Warning, task, "post", sentence));
    }
    if let (Stand::Late(days), Some(due)) = (stand, task.due) {
        let (name, due) = (&task.name, day_words(due));
        let sentence = format!(
            "任务“{name}”的期限是{due}，已过{days}天还没完成：做完了请填完成日期，没做完请催办或改期限。"
        );
        found.push(Finding::new(Rule::TaskLate, Severity::Warning, task, "done", sentence));
    }
}

/// Red and yellow ask for a task force of their own and for something to be done (一村一专班).
fn check_village(work: &Work, village: &Village, found: &mut Vec<Finding>) {
    let Some(colour @ (VillageColour::Red | VillageColour::Yellow)) = village.colour else {
        return;
    };
    let (name, colour) = (&village.name, colour.label());
    let own = |of: Option<&Ref<Village>>| of.is_some_and(|of| of.id == village.id);
    if !work.forces.all().iter().any(|force| own(force.village.as_ref())) {
        let sentence =
            format!("{name}是{colour}色村，还没有专班，请新建专班，“负责的村（社区）”选它。");
        let rule = Rule::VillageForce;
        return found.push(Finding::new(rule, Severity::Warning, village, "colour", sentence));
    }
    if !work.tasks.all().iter().any(|task| own(task.village.as_ref())) {
        let sentence =
            format!("{name}是{colour}色村，有专班还没有任务，请新建任务，“所在村（社区）”选它。");
        found.push(Finding::new(Rule::VillageTask, Severity::Note, village, "colour", sentence));
    }
}
