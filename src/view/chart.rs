//! 架构图's cards: 党委 → 分管领导 → 机构 → 岗位, with who holds each post. One pass over the joined
//! township; order is that of the units' and posts' numbers.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use super::{group_id, record_of};
use crate::choices;
use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::person::StaffIdentity;
use crate::model::kinds::post::Track as PostTrack;
use crate::model::kinds::unit::UnitRole;
use crate::model::kinds::{Post, Unit};
use crate::model::{RecordId, schema};
use crate::moving::compared::{Became, Change, Compared};
use crate::picture::chart::{
    ChartInput, ChartNode, Counts, Duty, Form, Holder, Identity, Kind, Mark, Track,
};
use crate::rules::Links;
use crate::sorting::Sorting;

/// Id of the card at the top where there is no record of the township.
const TOP: &str = "top";
/// Id of the card that gathers posts of no unit.
const LOOSE: &str = "loose";

choices! {
    /// What a card can show.
    CardMore {
        Identity = "identity", "身份";
        Duties = "duties", "事项数";
        Load = "load", "工作量";
        Score = "score", "考评档次";
        Findings = "findings", "待办提醒";
        Photo = "photo", "照片";
    }
}

/// What cards show where nobody asked.
pub const USUAL: [CardMore; 2] = [CardMore::Identity, CardMore::Duties];

/// How the chart is asked for.
#[derive(Clone, Debug, Default)]
pub struct ChartAsk {
    /// Whether staff looks: names and identities of holders may be shown, else leaders' names only.
    pub names: bool,
    /// Group ids of units and zones of which what is below is folded away.
    pub collapsed: FxHashSet<String>,
    pub form: Form,
    /// What has become of posts and units, to be marked on their cards.
    pub changed: Option<Arc<Compared>>,
}

impl ChartAsk {
    /// 新设, 划转, 换人 … of a post or unit.
    fn marks(&self, id: &RecordId) -> Vec<Mark> {
        let changes = self.changed.iter().flat_map(|changed| changed.marks(id));
        let mark = |change: &Change| Mark {
            text: change.became.label().to_string(),
            missing: change.became == Became::Ended,
        };
        changes.map(mark).collect()
    }
}

/// The cards of a township's chart. Those of 任务链 come from `work`: they need more than the joined township; here it
/// stands as a tree.
pub fn cards(links: &Links, ask: &ChartAsk) -> ChartInput {
    if ask.form == Form::Chain {
        return super::chain::cards(links, ask);
    }
    let mut cards = Cards { links, ask, nodes: Vec::new(), at: FxHashMap::default() };
    let top = cards.top();
    // Boards stand beside each other: who leads a unit is a note on its board.
    if ask.form != Form::Boards {
        cards.leaders(top);
    }
    for unit in links.top_units() {
        cards.units(unit, top);
    }
    cards.loose_posts(top);
    if links.holdings.all().is_empty() {
        unstaffed(&mut cards.nodes);
    }
    let form = Some(ask.form).filter(|form| *form != Form::Work).unwrap_or_default();
    ChartInput { form, ..ChartInput::new(cards.nodes) }
}

/// Where else the people of a post sit, and the units it is in charge of. `names`: whether the reader may
/// know who holds what.
pub fn elsewhere(links: &Links, id: &str, names: bool) -> Vec<String> {
    let Some((_, post)) = record_of(id).filter(|(kind, _)| schema().kinds[*kind].spec.id == "post")
    else {
        return Vec::new();
    };
    let seats = links.holders(&post).into_iter().filter(|seat| names || seat.person.may_be_named());
    let posts = seats.flat_map(|seat| links.seats_of(&seat.person.id));
    let posts = posts.map(|seat| group_id("post", &seat.post.id));
    let units = links.units_led_by(&post).into_iter().map(|unit| group_id("unit", &unit.id));
    posts.chain(units).collect()
}

/// The card at the top.
pub(super) fn town_card(links: &Links) -> ChartNode {
    let town = links.town.as_ref();
    ChartNode {
        id: town.map_or_else(|| TOP.to_string(), |town| group_id("town", &town.id)),
        kind: Kind::Committee,
        title: town.map_or_else(|| "党委".to_string(), |town| format!("{}党委", town.name)),
        ..ChartNode::default()
    }
}

/// A table of posts alone says nothing of who holds them: posts are counted, none is called vacant.
fn unstaffed(nodes: &mut [ChartNode]) {
    let mut posts = vec![0; nodes.len()];
    for at in (0..nodes.len()).rev() {
        match nodes[at].kind {
            Kind::Post => (nodes[at].vacant, posts[at]) = (false, 1),
            Kind::Leader => nodes[at].vacant = false,
            Kind::Unit => {
                nodes[at].counts = Some(Counts { posts: posts[at], ..Counts::default() });
            }
            _ => {}
        }
        if let Some(above) = nodes[at].parent {
            posts[above] += posts[at];
        }
    }
}

struct Cards<'a> {
    links: &'a Links,
    ask: &'a ChartAsk,
    nodes: Vec<ChartNode>,
    /// Cards of leading posts.
    at: FxHashMap<RecordId, usize>,
}

impl Cards<'_> {
    fn push(&mut self, node: ChartNode) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn top(&mut self) -> usize {
        self.push(town_card(self.links))
    }

    /// Posts in charge of a unit (分管) stand between the top and their units.
    fn leaders(&mut self, top: usize) {
        let links = self.links;
        let mut leading: Vec<&Post> = links
            .posts
            .all()
            .iter()
            .filter(|post| !links.units_led_by(&post.id).is_empty())
            .collect();
        leading.arrange_by(|post| (post.no.unwrap_or(i64::MAX), post.id.clone()));
        for post in leading {
            let node = self.leader(post, top);
            let at = self.push(node);
            self.at.insert(post.id.clone(), at);
        }
    }

    fn leader(&self, post: &Post, top: usize) -> ChartNode {
        let node = self.post_node(post, top);
        let name = node.holders.first().filter(|holder| holder.role == Duty::A);
        let (title, subtitle) = match name {
            Some(holder) => (holder.name.clone(), post.title.to_string()),
            None => (post.title.to_string(), String::new()),
        };
        ChartNode { kind: Kind::Leader, title, subtitle, holders: Vec::new(), ..node }
    }

    /// A unit with all below it, deep first. No recursion: a chain of any length is fine.
    fn units(&mut self, unit: &Unit, above: usize) {
        let links = self.links;
        let boards = self.ask.form == Form::Boards;
        let mut waiting = vec![(unit, above)];
        while let Some((unit, above)) = waiting.pop() {
            let at = self.unit(unit, above);
            let below = match at {
                _ if boards => above,
                Some(at) => at,
                None => continue,
            };
            let parts = links.units_under(&unit.id).into_iter().rev();
            waiting.extend(parts.map(|part| (part, below)));
        }
    }

    /// The card of a unit and those of its posts.
    fn unit(&mut self, unit: &Unit, above: usize) -> Option<usize> {
        let posts: Vec<&Post> = self.links.posts_in(&unit.id);
        let posts: Vec<&Post> =
            posts.into_iter().filter(|post| !self.at.contains_key(&post.id)).collect();
        // The 班子 whose members all stand above as leaders has nothing left to show.
        if unit.role == Some(UnitRole::Leadership)
            && posts.is_empty()
            && self.links.units_under(&unit.id).is_empty()
        {
            return None;
        }
        let leader = unit.led_by.as_ref().and_then(|leader| self.at.get(&leader.id).copied());
        let id = group_id("unit", &unit.id);
        let at = self.push(ChartNode {
            collapsed: self.ask.collapsed.contains(&id),
            id,
            kind: Kind::Unit,
            parent: Some(leader.unwrap_or(above)),
            title: unit.name.to_string(),
            short: unit.short.to_string(),
            subtitle: self.led(unit),
            marks: self.ask.marks(&unit.id),
            ..ChartNode::default()
        });
        for post in posts {
            let node = self.post_node(post, at);
            self.push(node);
        }
        Some(at)
    }

    /// Who leads a unit, where that is not shown by a card above it.
    fn led(&self, unit: &Unit) -> String {
        if self.ask.form != Form::Boards {
            return String::new();
        }
        let leader = unit.led_by.as_ref().and_then(|leader| self.links.posts.find(Some(leader)));
        let Some(leader) = leader else { return String::new() };
        let seats = self.links.holders(&leader.id);
        let mut named = seats.iter().filter(|seat| self.ask.names || seat.person.may_be_named());
        let name = named.find(|seat| seat.role == HoldRole::Primary);
        ["分管 ", name.map_or(&*leader.title, |seat| &*seat.person.name)].concat()
    }

    fn loose_posts(&mut self, top: usize) {
        let links = self.links;
        let homeless = |post: &&Post| links.units.find(post.unit.as_ref()).is_none();
        let loose: Vec<&Post> = links
            .posts
            .all()
            .iter()
            .filter(homeless)
            .filter(|post| !self.at.contains_key(&post.id))
            .collect();
        if loose.is_empty() {
            return;
        }
        let at = self.push(ChartNode {
            id: LOOSE.to_string(),
            kind: Kind::Unit,
            parent: Some(top),
            title: "未归入机构".to_string(),
            collapsed: self.ask.collapsed.contains(LOOSE),
            ..ChartNode::default()
        });
        for post in loose {
            let node = self.post_node(post, at);
            self.push(node);
        }
    }

    fn post_node(&self, post: &Post, parent: usize) -> ChartNode {
        let seats = self.links.holders(&post.id);
        let holders = seats.iter().filter(|seat| self.ask.names || seat.person.may_be_named());
        ChartNode {
            id: group_id("post", &post.id),
            kind: Kind::Post,
            parent: Some(parent),
            title: post.title.to_string(),
            holders: holders
                .map(|seat| Holder {
                    name: seat.person.name.to_string(),
                    role: if seat.role == HoldRole::Primary { Duty::A } else { Duty::B },
                    identity: seat.person.identity.filter(|_| self.ask.names).and_then(identity),
                })
                .collect(),
            track: post.track.map(track),
            vacant: self.links.is_vacant(&post.id),
            duties: self.links.duty_count(&post.id) as u32,
            marks: self.ask.marks(&post.id),
            ..ChartNode::default()
        }
    }
}

fn track(track: PostTrack) -> Track {
    match track {
        PostTrack::Steady => Track::Steady,
        PostTrack::Vanguard => Track::Vanguard,
        PostTrack::Special => Track::Special,
    }
}

fn identity(identity: StaffIdentity) -> Option<Identity> {
    match identity {
        StaffIdentity::Administrative => Some(Identity::Civil),
        StaffIdentity::Institution => Some(Identity::Institution),
        StaffIdentity::Stationed => Some(Identity::Stationed),
        StaffIdentity::Seconded => Some(Identity::Seconded),
        StaffIdentity::Contract | StaffIdentity::Village | StaffIdentity::Grid => None,
    }
}
