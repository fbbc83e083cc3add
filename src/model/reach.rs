//! What one person works with: the records that are theirs and as much of others as these refer to.
//! One rule over the declared references; a kind declared later joins by its own. Extracts nothing.

use std::collections::BTreeMap;

use super::ids::RecordId;
use super::schema::{KindIx, schema};
use super::spec::{FieldSpec, FieldType, SINCE, Visibility};
use super::township::{Day, Row, Township};

/// The kind people are.
const PERSON: &str = "person";
/// The kind a township says its name in.
const TOWN: &str = "town";

/// How much of a record is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// What it is called and how long it holds: other people.
    Title,
    /// What anybody may see.
    Public,
    Whole,
}

impl Reach {
    pub fn name(self) -> &'static str {
        match self {
            Reach::Title => "title",
            Reach::Public => "public",
            Reach::Whole => "whole",
        }
    }

    pub fn named(name: &str) -> Option<Reach> {
        [Reach::Title, Reach::Public, Reach::Whole].into_iter().find(|reach| reach.name() == name)
    }

    /// Whether a field is meant.
    pub fn lets(self, field: &FieldSpec) -> bool {
        match self {
            Reach::Title => field.title || field.group == SINCE.group,
            Reach::Public => field.visibility == Visibility::Public,
            Reach::Whole => true,
        }
    }
}

type Place = (KindIx, RecordId);

/// Records by kind and id, each with how much of it is meant.
pub type Reached = BTreeMap<Place, Reach>;

/// What `person` works with on a day.
///
/// - Theirs, whole: the person, every record that names them, what they are joined to by a record that
///   only joins and holds on the day (the post of a holding), every record that names that (its links,
///   windows, matters), and what those join it to (duties). A record that names other people and not
///   this one is theirs, and is left out.
/// - What these refer to, and so on outward: what is public of it; of people what they are called.
pub fn of_person(day: &Day, person: &RecordId) -> Reached {
    let mut reaching = Reaching { day: *day, person, reached: Reached::new() };
    let Some(kind) = schema().kind(PERSON) else { return Reached::new() };
    let own = (kind, person.clone());
    if day.township.table(kind).get(person.as_str()).is_none() {
        return Reached::new();
    }
    reaching.take(own.clone(), Reach::Whole);
    for joined in reaching.take_naming(&own) {
        reaching.take(joined.clone(), Reach::Whole);
        for further in reaching.take_naming(&joined) {
            reaching.take(further, Reach::Whole);
        }
    }
    reaching.take_town();
    reaching.go_outward();
    reaching.reached
}

struct Reaching<'a> {
    day: Day<'a>,
    person: &'a RecordId,
    reached: Reached,
}

impl Reaching<'_> {
    /// Says whether that is more than was meant before.
    fn take(&mut self, place: Place, reach: Reach) -> bool {
        let reach = match self.is_another(&place) {
            true => Reach::Title,
            false => reach,
        };
        let before = self.reached.get(&place).copied();
        let more = before.is_none_or(|before| before < reach);
        if more {
            self.reached.insert(place, reach);
        }
        more
    }

    fn is_another(&self, (kind, id): &Place) -> bool {
        schema().kinds[*kind].spec.id == PERSON && id != self.person
    }

    /// Takes every record that names one; answers what those join it to.
    fn take_naming(&mut self, named: &Place) -> Vec<Place> {
        let mut joined = Vec::new();
        for (kind, info) in schema().kinds.iter().enumerate() {
            let joins = info.spec.fields.iter().filter(|field| field.title);
            let joins = joins.clone().count() > 1 && joins.clone().all(is_reference);
            for row in self.day.township.table(kind).rows() {
                let to: Vec<Place> = references(self.day.township, kind, row, Reach::Whole);
                if !to.contains(named) || self.is_anothers(&to) {
                    continue;
                }
                if joins && row.holds_on(self.day.day) {
                    joined.extend(to.into_iter().filter(|to| to != named && !self.is_another(to)));
                }
                self.take((kind, row.id.clone()), Reach::Whole);
            }
        }
        joined
    }

    /// Whether what is referred to are other people, and not this one.
    fn is_anothers(&self, to: &[Place]) -> bool {
        let people = || to.iter().filter(|(kind, _)| schema().kinds[*kind].spec.id == PERSON);
        people().count() > 0 && people().all(|(_, id)| id != self.person)
    }

    /// A township without a name could not be told from others.
    fn take_town(&mut self) {
        let Some(kind) = schema().kind(TOWN) else { return };
        let towns: Vec<RecordId> =
            self.day.township.table(kind).rows().map(|row| row.id.clone()).collect();
        for id in towns {
            self.take((kind, id), Reach::Public);
        }
    }

    fn go_outward(&mut self) {
        let mut open: Vec<Place> = self.reached.keys().cloned().collect();
        while let Some(place) = open.pop() {
            let (kind, reach) = (place.0, self.reached[&place]);
            let Some(row) = self.day.township.table(kind).get(place.1.as_str()) else { continue };
            for to in references(self.day.township, kind, row, reach) {
                if self.take(to.clone(), Reach::Public) {
                    open.push(to);
                }
            }
        }
    }
}

fn is_reference(field: &FieldSpec) -> bool {
    matches!(field.ty, FieldType::Ref(_))
}

/// What a record refers to in the fields that are meant, where it is there.
fn references(township: &Township, kind: KindIx, row: &Row, reach: Reach) -> Vec<Place> {
    let fields = schema().kinds[kind].spec.fields.iter().zip(&row.cells);
    let reference = |(field, cell): (&FieldSpec, &super::value::Value)| {
        let FieldType::Ref(target) = field.ty else { return None };
        let target = schema().kind(target)?;
        let there = township.table(target).get(cell.as_str()?)?;
        Some((target, there.id.clone()))
    };
    fields.filter(|(field, _)| reach.lets(field)).filter_map(reference).collect()
}
