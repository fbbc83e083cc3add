//! 责任链 (YC-03): 党委包总 → 片长包片 → 干部包村, with what is missing in red. Reads who is named on zones and
//! villages; posts and units are the other forms' affair.

use super::chart::{ChartAsk, town_card};
use super::group_id;
use crate::model::kinds::{Person, Village, Zone};
use crate::picture::chart::{ChartInput, ChartNode, Duty, Form, Holder, Kind};
use crate::rules::Links;
use crate::sorting::Sorting;

/// Id of the card that gathers villages of no zone.
const LOOSE: &str = "loose-villages";

/// The cards of the chain.
pub fn cards(links: &Links, ask: &ChartAsk) -> ChartInput {
    let bare = links.zones.all().is_empty() && links.villages.all().is_empty();
    let subtitle = if bare { "还没有登记片区和村（社区）" } else { "党委包总" };
    let mut nodes = vec![ChartNode { subtitle: subtitle.to_string(), ..town_card(links) }];
    let mut zones: Vec<&Zone> = links.zones.all().iter().collect();
    zones.arrange_by(|zone| (zone.no.unwrap_or(i64::MAX), zone.id.clone()));
    for zone in zones {
        let villages = links.villages_in(&zone.id);
        let head = links.people.find(zone.head.as_ref());
        let named = head.filter(|head| may_be_named(head, ask));
        let id = group_id("zone", &zone.id);
        let level = ChartNode {
            collapsed: ask.collapsed.contains(&id),
            id,
            title: zone.name.to_string(),
            subtitle: named.map_or_else(String::new, |head| format!("片长 {}", head.name)),
            lacks: if head.is_none() { "缺片长" } else { "" },
            ..level()
        };
        push(&mut nodes, links, ask, level, villages);
    }
    let homeless = |village: &&Village| links.zones.find(village.zone.as_ref()).is_none();
    let loose: Vec<&Village> = links.villages.all().iter().filter(homeless).collect();
    if !loose.is_empty() {
        let (id, title) = (LOOSE.to_string(), "未归入片区".to_string());
        let collapsed = ask.collapsed.contains(LOOSE);
        push(&mut nodes, links, ask, ChartNode { id, title, collapsed, ..level() }, loose);
    }
    ChartInput { form: Form::Chain, ..ChartInput::new(nodes) }
}

fn level() -> ChartNode {
    ChartNode { kind: Kind::Level, parent: Some(0), ..ChartNode::default() }
}

/// Staff sees everybody's name, others those of leaders.
fn may_be_named(person: &Person, ask: &ChartAsk) -> bool {
    ask.names || person.may_be_named()
}

/// A zone with its villages below, by code.
fn push(
    nodes: &mut Vec<ChartNode>,
    links: &Links,
    ask: &ChartAsk,
    level: ChartNode,
    mut villages: Vec<&Village>,
) {
    villages.arrange_by(|village| (village.code.clone(), village.id.clone()));
    let parent = Some(nodes.len());
    nodes.push(level);
    nodes.extend(villages.into_iter().map(|village| {
        let contact = links.people.find(village.contact.as_ref());
        let named = contact.filter(|contact| may_be_named(contact, ask)).into_iter();
        let holder = |name: &str| Holder { name: name.into(), role: Duty::Contact, identity: None };
        ChartNode {
            id: group_id("village", &village.id),
            kind: Kind::Post,
            parent,
            title: village.name.to_string(),
            holders: named.map(|contact| holder(&contact.name)).collect(),
            vacant: contact.is_none(),
            ..ChartNode::default()
        }
    }));
}
