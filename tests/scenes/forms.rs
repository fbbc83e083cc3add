//! Every form of the chart at every size and with every township that broke others: in whole where it is small,
//! as a few lines that name a difference where it is large.

use super::dump::{brief, golden, outline};
use super::{nasty, one_post, town, town_of};
use gangtu::picture::chart::{ChartInput, ChartNode, Duty, Form, Holder, Kind, Mark, draw};

/// A township as its form is given it: 责任链 has zones and villages, 任务链 actions and tasks where the others have units
/// and posts.
fn township(form: Form, posts: usize) -> Vec<ChartNode> {
    match (form, posts) {
        (Form::Chain, villages) => zones(villages),
        (Form::Work, tasks) => actions(tasks),
        (_, 1) => one_post(),
        (_, posts) if posts < 1000 => town_of(posts),
        (_, posts) => town::county(posts),
    }
}

/// 责任链 of so many villages, nine a zone; some have nobody.
fn zones(villages: usize) -> Vec<ChartNode> {
    let mut dice = town::Dice(villages as u32);
    let mut nodes = vec![town::node("t".to_owned(), Kind::Committee, None, "云溪镇")];
    let mut zone = 0;
    for at in 0..villages {
        if at.is_multiple_of(9) {
            zone = nodes.len();
            let mut level =
                town::node(format!("z{at}"), Kind::Level, Some(0), ["东片", "南片"][at / 9 % 2]);
            level.subtitle = format!("片长 {}", dice.name());
            nodes.push(level);
        }
        let mut village = town::node(format!("v{at}"), Kind::Post, Some(zone), "大石村");
        village.vacant = dice.roll(7) == 0;
        if !village.vacant {
            let holder = Holder { name: dice.name(), role: Duty::Contact, identity: None };
            village.holders.push(holder);
        }
        nodes.push(village);
    }
    nodes
}

/// 任务链 of so many tasks, nine an action, three actions a strategy; some have no post, some actions no task force.
fn actions(tasks: usize) -> Vec<ChartNode> {
    let mut nodes = zones(tasks);
    let mut strategies = Vec::new();
    for at in 1..nodes.len() {
        match nodes[at].kind {
            Kind::Level => {
                nodes[at].subtitle = "牵头 副镇长（农业农村）".to_owned();
                nodes[at].lacks = if at % 4 == 1 { "缺专班" } else { "" };
                strategies.push(at);
            }
            _ => {
                nodes[at].title = "农产品加工园区签约三个项目".to_owned();
                nodes[at].holders.iter_mut().for_each(|holder| holder.role = Duty::Answers);
                let (text, missing) = [("70%，12月31日到期", false), ("逾期 12 天", true)][at % 2];
                nodes[at].marks = vec![Mark { text: text.to_owned(), missing }];
            }
        }
    }
    for few in strategies.chunks(3) {
        let strategy = nodes.len();
        nodes.push(town::node(format!("s{strategy}"), Kind::Level, Some(0), "产业富民，项目兴镇"));
        few.iter().for_each(|at| nodes[*at].parent = Some(strategy));
    }
    nodes
}

#[test]
fn every_form_of_one_and_ten_is_as_recorded() {
    for form in Form::ALL {
        for posts in [1, 10] {
            let input = ChartInput { form, ..ChartInput::new(township(form, posts)) };
            let scene = draw(&input).scene;
            golden(&format!("chart-{}-{posts}", form.id()), &outline(&scene, posts == 1));
        }
    }
}

#[test]
fn every_form_of_a_hundred_and_a_thousand_is_as_recorded() {
    for form in Form::ALL {
        let told = |posts: usize| {
            let input = ChartInput { form, ..ChartInput::new(township(form, posts)) };
            brief(&posts.to_string(), &draw(&input).scene, 24)
        };
        golden(&format!("chart-{}-large", form.id()), &(told(100) + "\n" + &told(1000)));
    }
}

#[test]
fn every_form_of_a_nasty_township_is_as_recorded() {
    for form in Form::ALL {
        let told = nasty().into_iter().map(|(name, nodes)| {
            brief(name, &draw(&ChartInput { form, ..ChartInput::new(nodes) }).scene, 8)
        });
        golden(&format!("chart-{}-nasty", form.id()), &told.collect::<Vec<_>>().join("\n"));
    }
}
