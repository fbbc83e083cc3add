//! 战略 → 行动 → 任务 and 专班 joined (YC-06, YC-29), as they stand on a day. Joins only; judges nothing but whether a task is
//! late.

use super::shelf::{Owned, Shelf};
use crate::model::kinds::{Action, ForceMember, Post, Strategy, Task, TaskForce};
use crate::model::{Date, Day, Record, RecordId, Ref};
use crate::sorting::Sorting;

/// The work of a township. Shelves are in the order of ids.
#[derive(Debug)]
pub struct Work {
    pub day: Date,
    pub strategies: Shelf<Strategy>,
    pub actions: Shelf<Action>,
    pub forces: Shelf<TaskForce>,
    pub members: Shelf<ForceMember>,
    pub tasks: Shelf<Task>,
    actions_of_strategy: Owned<Strategy, Action>,
    tasks_of_action: Owned<Action, Task>,
    forces_of_action: Owned<Action, TaskForce>,
    members_of_force: Owned<TaskForce, ForceMember>,
}

/// How far a task has come on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Done,
    /// Its term is over since so many days.
    Late(i64),
    Running,
    /// It begins later.
    Waiting,
}

impl Stand {
    pub fn of(task: &Task, day: Date) -> Stand {
        let late = |due: Date| (day - due).num_days();
        match (task.done, task.due) {
            (Some(done), _) if done <= day => Stand::Done,
            (_, Some(due)) if due < day => Stand::Late(late(due)),
            _ if task.begin.is_some_and(|begin| begin > day) => Stand::Waiting,
            _ => Stand::Running,
        }
    }
}

impl Work {
    pub fn of(day: &Day) -> Work {
        let (strategies, actions, forces) = (Shelf::of(day), Shelf::of(day), Shelf::of(day));
        let (members, tasks) = (Shelf::of(day), Shelf::of(day));
        Work {
            day: day.day,
            actions_of_strategy: Owned::of(&strategies, &actions, |action| {
                action.strategy.as_ref()
            }),
            tasks_of_action: Owned::of(&actions, &tasks, |task| task.action.as_ref()),
            forces_of_action: Owned::of(&actions, &forces, |force| force.action.as_ref()),
            members_of_force: Owned::of(&forces, &members, |member| member.force.as_ref()),
            strategies,
            actions,
            forces,
            members,
            tasks,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.strategies.all().is_empty()
            && self.actions.all().is_empty()
            && self.tasks.all().is_empty()
    }

    /// Strategies by their number.
    pub fn in_order(&self) -> Vec<&Strategy> {
        numbered(self.strategies.all().iter(), |strategy| strategy.no)
    }

    pub fn actions_of(&self, strategy: &RecordId) -> Vec<&Action> {
        let of = self.actions_of_strategy.by(strategy);
        numbered(of, |action| action.no)
    }

    /// Actions that serve no strategy there is.
    pub fn loose_actions(&self) -> Vec<&Action> {
        let loose = |action: &&Action| self.strategies.find(action.strategy.as_ref()).is_none();
        numbered(self.actions.all().iter().filter(loose), |action| action.no)
    }

    /// Tasks of an action: by number, then by term.
    pub fn tasks_of(&self, action: &RecordId) -> Vec<&Task> {
        let of = self.tasks_of_action.by(action);
        by_term(of)
    }

    /// Tasks of no action there is.
    pub fn loose_tasks(&self) -> Vec<&Task> {
        let loose = |task: &&Task| self.actions.find(task.action.as_ref()).is_none();
        by_term(self.tasks.all().iter().filter(loose))
    }

    /// Tasks a post answers for.
    pub fn tasks_of_post(&self, post: &RecordId) -> Vec<&Task> {
        let own = |task: &&Task| is(task.post.as_ref(), post);
        by_term(self.tasks.all().iter().filter(own))
    }

    pub fn forces_of(&self, action: &RecordId) -> Vec<&TaskForce> {
        let of = self.forces_of_action.by(action);
        numbered(of, |force| force.no)
    }

    pub fn members_of(&self, force: &RecordId) -> Vec<&ForceMember> {
        let of = self.members_of_force.by(force);
        let mut members: Vec<&ForceMember> = of.collect();
        members.arrange_by(|member| (member.role, member.id.clone()));
        members
    }
}

fn is(reference: Option<&Ref<Post>>, post: &RecordId) -> bool {
    reference.is_some_and(|known| known.id == *post)
}

fn numbered<'a, K: Record>(
    list: impl Iterator<Item = &'a K>,
    no: impl Fn(&K) -> Option<i64>,
) -> Vec<&'a K> {
    let mut list: Vec<&K> = list.collect();
    list.arrange_by(|one| (no(one).unwrap_or(i64::MAX), one.id().clone()));
    list
}

fn by_term<'a>(tasks: impl Iterator<Item = &'a Task>) -> Vec<&'a Task> {
    let mut tasks: Vec<&Task> = tasks.collect();
    let term = |task: &Task| (task.no.unwrap_or(i64::MAX), task.due, task.id.clone());
    tasks.arrange_by(|task| term(task));
    tasks
}
