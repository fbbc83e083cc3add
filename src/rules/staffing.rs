//! Head-counts: authorised, in post, the whole force; tracks against plan; unit by unit (YC-08, YC-12).
//!
//! Counts people once, whatever they hold. Judges nothing.

use super::links::Links;
use crate::model::RecordId;
use crate::model::kinds::Person;
use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::person::StaffIdentity;
use crate::model::kinds::post::Track;
use crate::sorting::Sorting;

/// Posts of one track against the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrackCount {
    pub track: Track,
    pub actual: usize,
    /// `None` where the township has set no figure.
    pub planned: Option<i64>,
}

/// One unit's figures.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitCount {
    pub unit: RecordId,
    pub posts: usize,
    /// Seats of those posts; a post without a figure has one.
    pub seats: i64,
    /// People whose A-post is in this unit, each counted once.
    pub people: usize,
    pub vacant_posts: usize,
}

/// The township's figures on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Staffing {
    /// 应有编制
    pub authorised: Option<i64>,
    /// 在岗: people on the township's own quota with an A-post.
    pub in_post: usize,
    /// 统筹力量: the single roster regardless of identity, village cadres and grid workers apart.
    pub force: usize,
    /// 空编 = 应有编制 − 在岗; negative where over.
    pub vacancies: Option<i64>,
    pub by_identity: Vec<(Option<StaffIdentity>, usize)>,
    pub tracks: Vec<TrackCount>,
    /// In the order of unit numbers.
    pub units: Vec<UnitCount>,
    pub posts: usize,
    pub vacant_posts: usize,
}

impl Staffing {
    pub fn of(links: &Links) -> Staffing {
        let force: Vec<&Person> =
            links.people.all().iter().filter(|person| in_force(person)).collect();
        let in_post = force.iter().filter(|person| person.on_quota && has_post(links, person));
        let in_post = in_post.count();
        let authorised = links.town.as_ref().and_then(|town| town.quota);
        Staffing {
            authorised,
            in_post,
            force: force.len(),
            vacancies: authorised.map(|quota| quota - in_post as i64),
            by_identity: by_identity(links),
            tracks: tracks(links),
            units: units(links),
            posts: links.posts.all().len(),
            vacant_posts: links.posts.all().iter().filter(|post| links.is_vacant(&post.id)).count(),
        }
    }

    pub fn track(&self, track: Track) -> usize {
        self.tracks.iter().find(|count| count.track == track).map_or(0, |count| count.actual)
    }
}

/// Village cadres and grid workers are in the roster but not in the township's force.
pub fn in_force(person: &Person) -> bool {
    !matches!(person.identity, Some(StaffIdentity::Village | StaffIdentity::Grid))
}

fn has_post(links: &Links, person: &Person) -> bool {
    links.seats_of(&person.id).iter().any(|seat| seat.role == HoldRole::Primary)
}

fn by_identity(links: &Links) -> Vec<(Option<StaffIdentity>, usize)> {
    let named = StaffIdentity::ALL.iter().copied().map(Some).chain([None]);
    let count = |identity| {
        let people = links.people.all().iter();
        people.filter(|person| person.identity == identity).count()
    };
    named.map(|identity| (identity, count(identity))).filter(|(_, count)| *count > 0).collect()
}

fn tracks(links: &Links) -> Vec<TrackCount> {
    let town = links.town.as_ref();
    let count = |track: &Track| TrackCount {
        track: *track,
        actual: links.posts.all().iter().filter(|post| post.track == Some(*track)).count(),
        planned: match track {
            Track::Steady => town.and_then(|town| town.steady_planned),
            Track::Vanguard => town.and_then(|town| town.vanguard_planned),
            Track::Special => None,
        },
    };
    Track::ALL.iter().map(count).collect()
}

fn units(links: &Links) -> Vec<UnitCount> {
    let mut units: Vec<_> = links.units.all().iter().collect();
    units.arrange_by(|unit| unit.no.unwrap_or(i64::MAX));
    units.into_iter().map(|unit| unit_count(links, &unit.id)).collect()
}

fn unit_count(links: &Links, unit: &RecordId) -> UnitCount {
    let posts = links.posts_in(unit);
    let mut people: Vec<&RecordId> = Vec::new();
    for post in &posts {
        let seats = links.holders(&post.id).into_iter();
        people.extend(
            seats.filter(|seat| seat.role == HoldRole::Primary).map(|seat| &seat.person.id),
        );
    }
    people.arrange(Ord::cmp);
    people.dedup();
    UnitCount {
        unit: unit.clone(),
        posts: posts.len(),
        seats: posts.iter().map(|post| post.seats.unwrap_or(1)).sum(),
        people: people.len(),
        vacant_posts: posts.iter().filter(|post| links.is_vacant(&post.id)).count(),
    }
}
