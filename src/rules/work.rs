//! 战略 → 行动 → 任务 and 专班 joined (YC-06, YC-29), as they stand on a day. Joins only; judges nothing but whether a task is
//! late.

use super::shelf::{Lists, Shelf};
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
    actions_of_strategy: Lists,
    tasks_of_action: Lists,
    forces_of_action: Lists,
    members_of_force: Lists,
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
            actions_of_strategy: strategies
                .lists(&actions, |action: &Action| action.strategy.as_ref()),
            tasks_of_action: actions.lists(&tasks, |task: &Task| task.action.as_ref()),
            forces_of_action: actions.lists(&forces, |force: &TaskForce| force.action.as_ref()),
            members_of_force: forces.lists(&members, |member: &ForceMember| member.force.as_ref()),
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
        let of = at(&self.strategies, strategy, &self.actions_of_strategy);
        numbered(of.map(|at| &self.actions.all()[at]), |action| action.no)
    }

    /// Actions that serve no strategy there is.
    pub fn loose_actions(&self) -> Vec<&Action> {
        let loose = |action: &&Action| self.strategies.find(action.strategy.as_ref()).is_none();
        numbered(self.actions.all().iter().filter(loose), |action| action.no)
    }

    /// Tasks of an action: by number, then by term.
    pub fn tasks_of(&self, action: &RecordId) -> Vec<&Task> {
        let of = at(&self.actions, action, &self.tasks_of_action);
        by_term(of.map(|at| &self.tasks.all()[at]))
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
        let of = at(&self.actions, action, &self.forces_of_action);
        numbered(of.map(|at| &self.forces.all()[at]), |force| force.no)
    }

    pub fn members_of(&self, force: &RecordId) -> Vec<&ForceMember> {
        let of = at(&self.forces, force, &self.members_of_force);
        let mut members: Vec<&ForceMember> = of.map(|at| &self.members.all()[at]).collect();
        members.arrange_by(|member| (member.role, member.id.clone()));
        members
    }
}

fn is(reference: Option<&Ref<Post>>, post: &RecordId) -> bool {
    reference.is_some_and(|known| known.id == *post)
}

fn at<'a, K: Record>(
    owners: &Shelf<K>,
    id: &RecordId,
    lists: &'a Lists,
) -> impl Iterator<Item = usize> + 'a {
    owners.place(id.as_str()).into_iter().flat_map(|at| lists.get(at))
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
