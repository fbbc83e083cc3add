//! 任务链 (YC-06, YC-29): 战略 → 行动 → 任务, each task with the post that answers for it and who sits there. Reads what is
//! registered; decides nothing about how the cards stand.

use chrono::Datelike;

use super::chart::{ChartAsk, town_card};
use super::{group_id, record_of};
use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::{Action, Post, Strategy, Task};
use crate::model::value::short_day;
use crate::model::{Date, Day, Record, RecordId, schema};
use crate::picture::chart::{ChartInput, ChartNode, Counts, Duty, Form, Holder, Kind, Mark};
use crate::rules::Links;
use crate::rules::work::{Stand, Work};

/// Ids of cards that gather what belongs nowhere.
const LOOSE_ACTIONS: &str = "loose-actions";
const LOOSE_TASKS: &str = "loose-tasks";

/// The cards of a chart of any form.
pub fn chart_cards(day: &Day, links: &Links, ask: &ChartAsk) -> ChartInput {
    match ask.form {
        Form::Work => cards(links, &Work::of(day), ask),
        _ => super::chart::cards(links, ask),
    }
}

/// The cards of the chain.
pub fn cards(links: &Links, work: &Work, ask: &ChartAsk) -> ChartInput {
    let subtitle =
        if work.is_empty() { "还没有登记战略目标、行动和任务" } else { "" };
    let top = ChartNode { subtitle: subtitle.to_string(), ..town_card(links) };
    let mut chain = Chain { links, work, ask, nodes: vec![top] };
    for strategy in work.in_order() {
        let at = chain.strategy(strategy);
        chain.actions(&work.actions_of(&strategy.id), at);
    }
    let loose = work.loose_actions();
    // Where no strategy is registered the actions are the first level.
    let above = match (loose.is_empty(), work.strategies.all().is_empty()) {
        (false, false) => chain.gathered(LOOSE_ACTIONS, "未归入战略目标"),
        _ => 0,
    };
    chain.actions(&loose, above);
    let loose = work.loose_tasks();
    if !loose.is_empty() {
        let at = chain.gathered(LOOSE_TASKS, "未归入行动");
        chain.tasks(&loose, at);
    }
    ChartInput { form: Form::Work, ..ChartInput::new(chain.nodes) }
}

/// The other tasks of whoever sits in a task's post, by their cards.
pub fn kin(links: &Links, work: &Work, id: &str) -> Vec<String> {
    let Some(task) = task_of(work, id) else { return Vec::new() };
    let Some(post) = task.post.as_ref() else { return Vec::new() };
    let people = links.holders(&post.id).into_iter();
    let people = people.filter(|seat| seat.role == HoldRole::Primary).map(|seat| seat.person);
    let posts = people.flat_map(|person| links.seats_of(&person.id));
    let posts = posts.filter(|seat| seat.role == HoldRole::Primary).map(|seat| &seat.post.id);
    let mut posts: Vec<&RecordId> = posts.collect();
    posts.push(&post.id);
    cards_of(work, |task| task.post.as_ref().is_some_and(|post| posts.contains(&&post.id)))
}

fn task_of<'a>(work: &'a Work, id: &str) -> Option<&'a Task> {
    let (kind, id) = record_of(id)?;
    (schema().kinds[kind].spec.id == Task::ID).then(|| work.tasks.get(id.as_str()))?
}

fn cards_of(work: &Work, fits: impl Fn(&Task) -> bool) -> Vec<String> {
    let tasks = work.tasks.all().iter().filter(|task| fits(task));
    tasks.map(|task| group_id(Task::ID, &task.id)).collect()
}

/// Cards whose name holds every one of the words, and tasks of posts that answer to them, given by their cards.
pub fn found(work: &Work, words: &str, posts: &[String]) -> Vec<String> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let holds = |name: &str| {
        let name = name.to_lowercase();
        !words.is_empty() && words.iter().all(|word| name.contains(word))
    };
    let answers = |post: &RecordId| posts.contains(&group_id(Post::ID, post));
    let mut ids = cards_of(work, |task| {
        holds(&task.name) || task.post.as_ref().is_some_and(|post| answers(&post.id))
    });
    let strategies = work.strategies.all().iter().filter(|one| holds(&one.name));
    ids.extend(strategies.map(|one| group_id(Strategy::ID, &one.id)));
    let actions = work.actions.all().iter().filter(|one| holds(&one.name));
    ids.extend(actions.map(|one| group_id(Action::ID, &one.id)));
    ids
}

struct Chain<'a> {
    links: &'a Links,
    work: &'a Work,
    ask: &'a ChartAsk,
    nodes: Vec<ChartNode>,
}

impl Chain<'_> {
    fn push(&mut self, node: ChartNode) -> usize {
        let collapsed = self.ask.collapsed.contains(&node.id);
        self.nodes.push(ChartNode { collapsed, ..node });
        self.nodes.len() - 1
    }

    fn level(&self, id: String, parent: usize, title: &str) -> ChartNode {
        let title = title.to_string();
        ChartNode { id, kind: Kind::Level, parent: Some(parent), title, ..ChartNode::default() }
    }

    fn gathered(&mut self, id: &str, title: &str) -> usize {
        let node = self.level(id.to_string(), 0, title);
        self.push(node)
    }

    fn strategy(&mut self, strategy: &Strategy) -> usize {
        let actions = self.work.actions_of(&strategy.id).len();
        let node = ChartNode {
            subtitle: format!("{actions} 项行动"),
            counts: Some(Counts::default()),
            ..self.level(group_id("strategy", &strategy.id), 0, &strategy.name)
        };
        self.push(node)
    }

    fn actions(&mut self, actions: &[&Action], above: usize) {
        for action in actions {
            let at = self.action(action, above);
            self.tasks(&self.work.tasks_of(&action.id), at);
        }
    }

    /// 一行动一专班: who leads it, and whether there is a task force.
    fn action(&mut self, action: &Action, above: usize) -> usize {
        let forces = self.work.forces_of(&action.id);
        let lead = self.links.posts.find(action.lead.as_ref());
        let lead = lead.map(|post| ["牵头 ", &*post.title].concat());
        let node = ChartNode {
            subtitle: lead.unwrap_or_default(),
            lacks: match forces.len() {
                0 => "缺专班",
                1 => "",
                _ => "不止一个专班",
            },
            ..self.level(group_id("action", &action.id), above, &action.name)
        };
        self.push(node)
    }

    fn tasks(&mut self, tasks: &[&Task], above: usize) {
        for task in tasks {
            let node = self.task(task, above);
            self.push(node);
        }
    }

    fn task(&self, task: &Task, above: usize) -> ChartNode {
        let post = self.links.posts.find(task.post.as_ref());
        let holder = post.map(|post| {
            let seats = self.links.holders(&post.id);
            let main = seats.iter().find(|seat| seat.role == HoldRole::Primary);
            let named = main.filter(|seat| self.ask.names || seat.person.may_be_named());
            let name = match named {
                Some(seat) => format!("{}　{}", post.title, seat.person.name),
                None => post.title.to_string(),
            };
            Holder { name, role: Duty::Answers, identity: None }
        });
        ChartNode {
            id: group_id("task", &task.id),
            kind: Kind::Post,
            parent: Some(above),
            title: task.name.to_string(),
            vacant: post.is_none(),
            holders: holder.into_iter().collect(),
            marks: vec![self.mark(task)],
            ..ChartNode::default()
        }
    }

    /// Cards are narrow: without the year where it is this one.
    fn due(&self, due: Date) -> String {
        match due.year() == self.work.day.year() {
            true => short_day(due),
            false => format!("{}年{}月", due.year(), due.month()),
        }
    }

    /// How far it has come, and until when it runs.
    fn mark(&self, task: &Task) -> Mark {
        let progress = task.progress.map(|part| format!("{part}%")).unwrap_or_default();
        let (words, missing) = match Stand::of(task, self.work.day) {
            Stand::Done => ("已完成".to_string(), false),
            Stand::Late(days) => (format!("逾期 {days} 天"), true),
            Stand::Waiting => ("未开始".to_string(), false),
            Stand::Running => {
                let due = task.due.map(|due| [&*self.due(due), "到期"].concat());
                (due.unwrap_or_else(|| "进行中".to_string()), false)
            }
        };
        let done = matches!(Stand::of(task, self.work.day), Stand::Done | Stand::Waiting);
        let gap = if progress.is_empty() || done { "" } else { "，" };
        let progress = if done { String::new() } else { progress };
        Mark { text: [&*progress, gap, &*words].concat(), missing }
    }
}
