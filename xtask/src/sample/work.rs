//! 云溪镇's year: three strategies, nine actions with their task forces, 34 tasks (15 done, 19 running; QJ-12), quarterly
//! reviews, scores of villages, and the 46 cases of which 43 were settled (YC-21). Put wrong on purpose: one action without
//! a task force, one task without a post, tasks past their term, two weak villages without a task.

use gangtu::model::kinds::case::{CaseKind, CaseOutcome};
use gangtu::model::kinds::force_member::ForceRole;
use gangtu::model::kinds::review::Quarter;
use gangtu::model::kinds::task::TaskKind;
use gangtu::model::kinds::village::VillageColour;
use gangtu::model::kinds::{
    Action, Case, ForceMember, Person, Post, Review, Strategy, Task, TaskForce, Village,
    VillageScore,
};
use gangtu::model::{Date, Ref};

use super::base::{Base, date, id, to};
use super::dice::Dice;
use super::source::{Line, Sheet, text};

const STRATEGIES: [&str; 3] = ["强基固本，建强队伍", "产业富民，项目兴镇", "生态宜居，平安善治"];
/// Quarters that villages were scored in, and people reviewed in.
const SCORED: [(i64, Quarter); 6] = [
    (2025, Quarter::Second),
    (2025, Quarter::Third),
    (2025, Quarter::Fourth),
    (2026, Quarter::First),
    (2026, Quarter::Second),
    (2026, Quarter::Third),
];
const REVIEWED: [(i64, Quarter); 3] =
    [(2026, Quarter::First), (2026, Quarter::Second), (2026, Quarter::Third)];
const CASES: usize = 46;
const UNSETTLED: usize = 3;

pub fn put(
    base: &Base,
    people: &[Person],
    posts: &[Post],
    villages: &[Village],
) -> Result<(), String> {
    let actions = Sheet::read("yunxi/actions.csv")?;
    base.put("确定战略目标", &strategies())?;
    base.put("部署九大行动", &actions.lines().map(action).collect::<Vec<_>>())?;
    base.put("成立工作专班", &forces(&actions, villages))?;
    base.put("安排专班成员", &members(&actions))?;
    let tasks = Sheet::read("yunxi/tasks.csv")?;
    let weak: Vec<&Village> = weak(villages).collect();
    let tasks = tasks.lines().enumerate().map(|(at, line)| task(at, line, posts, &weak));
    base.put("发布任务", &tasks.collect::<Vec<_>>())?;
    base.put("登记季度考评", &reviews(people))?;
    base.put("登记村考核得分", &scores(villages))?;
    base.put("登记诉求案件", &cases(villages)?)
}

fn strategies() -> Vec<Strategy> {
    let one = |(at, name): (usize, &&str)| Strategy {
        id: id(&format!("str{}", at + 1)),
        no: Some(at as i64 + 1),
        name: (*name).into(),
        ..Strategy::default()
    };
    STRATEGIES.iter().enumerate().map(one).collect()
}

fn action(line: Line) -> Action {
    Action {
        id: id(line.get("id")),
        no: line.number("no"),
        name: line.get("name").into(),
        strategy: to(line.get("strategy")),
        lead: to(line.get("lead")),
        ..Action::default()
    }
}

/// 一行动一专班, and 一村一专班 for villages marked red or yellow.
fn forces(actions: &Sheet, villages: &[Village]) -> Vec<TaskForce> {
    let led = actions.lines().filter(|line| !line.get("force_lead").is_empty());
    let mut forces: Vec<TaskForce> = led
        .map(|line| TaskForce {
            id: id(&format!("f-{}", line.get("id"))),
            no: line.number("no"),
            name: line.get("name").replace("行动", "专班").as_str().into(),
            action: to(line.get("id")),
            lead: to(line.get("force_lead")),
            ..TaskForce::default()
        })
        .collect();
    let leads = ["l04", "l06", "l08", "l10", "l11", "l12", "l13", "l07", "l09"];
    forces.extend(weak(villages).zip(leads).enumerate().map(|(at, (village, lead))| TaskForce {
        id: id(&format!("f-{}", village.id)),
        no: Some(at as i64 + 20),
        name: format!("{}整顿专班", village.name).as_str().into(),
        village: Some(Ref::new(village.id.clone())),
        lead: to(lead),
        ..TaskForce::default()
    }));
    forces
}

/// Villages marked red or yellow.
fn weak(villages: &[Village]) -> impl Iterator<Item = &Village> {
    villages.iter().filter(|village| {
        matches!(village.colour, Some(VillageColour::Red | VillageColour::Yellow))
    })
}

fn members(actions: &Sheet) -> Vec<ForceMember> {
    let of = |line: Line| -> Vec<ForceMember> {
        let force = format!("f-{}", line.get("id"));
        let posts = line.get("members").split(' ').filter(|post| !post.is_empty()).enumerate();
        let one = |(at, post): (usize, &str)| ForceMember {
            id: id(&format!("{force}.{post}")),
            force: to(&force),
            post: to(post),
            role: Some(if at == 0 { ForceRole::Deputy } else { ForceRole::Member }),
            ..ForceMember::default()
        };
        posts.map(one).collect()
    };
    actions.lines().flat_map(of).collect()
}

fn task(at: usize, line: Line, posts: &[Post], weak: &[&Village]) -> Task {
    let post = posts.iter().find(|post| post.id.as_str() == line.get("post"));
    Task {
        id: id(&format!("task{:02}", at + 1)),
        no: Some(at as i64 + 1),
        name: line.get("name").into(),
        action: to(line.get("action")),
        village: line
            .number("weak")
            .and_then(|at| weak.get(at as usize - 1))
            .map(|village| Ref::new(village.id.clone())),
        kind: TaskKind::from_id(line.get("kind")),
        post: to(line.get("post")),
        host: post.and_then(|post| post.unit.clone()),
        stars: line.number("stars"),
        points: line.number("points"),
        begin: date(line.get("begin")),
        due: date(line.get("due")),
        progress: line.number("progress"),
        done: date(line.get("done")),
        ..Task::default()
    }
}

/// Everybody on quota, each with a level of their own that moves a little from quarter to quarter.
fn reviews(people: &[Person]) -> Vec<Review> {
    let mut dice = Dice::new(1_935);
    let mut reviews = Vec::new();
    for person in people.iter().filter(|person| person.on_quota) {
        let own = dice.between(72, 93);
        for (year, quarter) in REVIEWED {
            let mut score = || Some((own + dice.between(-7, 7)).clamp(50, 100) as f64);
            reviews.push(Review {
                id: id(&format!("rv{year}{}.{}", quarter.id(), person.id)),
                person: Some(Ref::new(person.id.clone())),
                year: Some(year),
                quarter: Some(quarter),
                loyalty: score(),
                diligence: score(),
                competence: score(),
                drive: score(),
                integrity: score(),
                ..Review::default()
            });
        }
    }
    reviews
}

fn scores(villages: &[Village]) -> Vec<VillageScore> {
    let mut dice = Dice::new(33);
    let mut scores = Vec::new();
    for village in villages {
        let mut own = dice.between(700, 920);
        for (year, quarter) in SCORED {
            own = (own + dice.between(-35, 38)).clamp(600, 990);
            scores.push(VillageScore {
                id: id(&format!("vs{year}{}.{}", quarter.id(), village.id)),
                village: Some(Ref::new(village.id.clone())),
                year: Some(year),
                quarter: Some(quarter),
                score: Some(own as f64 / 10.0),
                ..VillageScore::default()
            });
        }
    }
    scores
}

/// Half a year: 46 taken in, 43 of them settled.
fn cases(villages: &[Village]) -> Result<Vec<Case>, String> {
    let sorts = text("yunxi/cases.txt")?;
    let sorts: Vec<(&str, &str)> = sorts.lines().filter_map(|line| line.split_once(' ')).collect();
    let mut dice = Dice::new(46);
    let first = date("2026-05-06").ok_or("no such day")?;
    let one = |at: usize| -> Case {
        let (kind, subject) = sorts[at % sorts.len()];
        // Some villages have more of them.
        let place = dice.below(villages.len()).min(dice.below(villages.len()));
        let accepted = later(first, at * 177 / CASES);
        let mut after = |least: i64, most: i64, from: Date| {
            Some(later(from, dice.between(least, most) as usize))
        };
        let assigned = after(0, 2, accepted);
        let failed = at % (CASES / UNSETTLED) == 7;
        let closed = assigned.and_then(|day| after(3, 20, day));
        let visited = closed.and_then(|day| after(2, 10, day)).filter(|_| at % 5 != 4);
        Case {
            id: id(&format!("case{:02}", at + 1)),
            no: format!("综治〔2026〕{}号", at + 1).as_str().into(),
            subject: subject.into(),
            kind: CaseKind::from_id(kind),
            village: Some(Ref::new(villages[place].id.clone())),
            post: to(["pa3", "pa2", "sf1", "v03"][at % 4]),
            accepted: Some(accepted),
            assigned,
            closed,
            visited,
            outcome: closed.map(|_| match failed {
                true => CaseOutcome::Unsettled,
                false => CaseOutcome::Settled,
            }),
            ..Case::default()
        }
    };
    Ok((0..CASES).map(one).collect())
}

fn later(day: Date, days: usize) -> Date {
    (0..days).fold(day, |day, _| day.succ_opt().unwrap_or(day))
}
