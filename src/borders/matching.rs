//! Which village or cell a feature of a file is: by code or name, whichever of the file's columns says most.

use rustc_hash::FxHashMap;

use super::Layer;
use crate::exchange::normal::name_key;
use crate::geo::geojson::Feature;
use crate::model::{RecordId, Text};
use crate::rules::Links;
use crate::sorting::Sorting;

/// A village or a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub layer: Layer,
    pub id: RecordId,
    pub title: Text,
    /// The village it is, or lies in.
    pub village: Option<RecordId>,
    village_name: Text,
    /// Whether it has borders already.
    pub had: bool,
}

/// What a feature is found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Place(Place),
    /// So many are called so, and nothing tells which.
    Several(usize),
    Nobody,
}

/// Villages and cells by what they are called.
pub struct Places {
    all: Vec<Place>,
    by_key: FxHashMap<String, Vec<usize>>,
}

/// Ends that say what something is, not which.
const ENDS: [&str; 8] =
    ["村民委员会", "居民委员会", "社区居委会", "村委会", "居委会", "行政村", "社区", "村"];

/// A name as it is compared: `大石村`, `大石村委会` and `大石` are one.
fn key(text: &str) -> String {
    let key = name_key(text);
    let cut = ENDS.iter().find_map(|end| key.strip_suffix(end));
    cut.filter(|rest| rest.chars().count() > 1).map_or(key.clone(), str::to_string)
}

impl Places {
    pub fn of(links: &Links) -> Places {
        let mut places = Places { all: Vec::new(), by_key: FxHashMap::default() };
        for village in links.villages.all() {
            let place = Place {
                layer: Layer::Village,
                id: village.id.clone(),
                title: village.name.clone(),
                village: Some(village.id.clone()),
                village_name: village.name.clone(),
                had: !village.outline.is_empty(),
            };
            places.add(place, &village.code);
        }
        for cell in links.cells.all() {
            let village = links.villages.find(cell.village.as_ref());
            let place = Place {
                layer: Layer::of(cell),
                id: cell.id.clone(),
                title: cell.name.clone(),
                village: village.map(|village| village.id.clone()),
                village_name: village.map(|village| village.name.clone()).unwrap_or_default(),
                had: !cell.outline.is_empty(),
            };
            places.add(place, &cell.code);
        }
        places
    }

    fn add(&mut self, place: Place, code: &str) {
        let at = self.all.len();
        // A cell may be written with its village before it: 大石村第一网格.
        let long = (place.layer != Layer::Village)
            .then(|| key(&format!("{}{}", place.village_name, place.title)));
        let id = Some(key(place.id.as_str()));
        let keys = [id, Some(key(&place.title)), Some(key(code)), long];
        let mut keys: Vec<String> =
            keys.into_iter().flatten().filter(|key| !key.is_empty()).collect();
        keys.arrange(Ord::cmp);
        keys.dedup();
        for key in keys {
            self.by_key.entry(key).or_default().push(at);
        }
        self.all.push(place);
    }

    fn called(&self, text: &str) -> &[usize] {
        self.by_key.get(&key(text)).map_or(&[], Vec::as_slice)
    }

    /// The columns of a file, those that name the most places first, with how many they name.
    pub fn columns(&self, features: &[Feature]) -> Vec<(String, usize)> {
        let mut columns: Vec<(String, usize)> = Vec::new();
        for (name, value) in features.iter().flat_map(|feature| &feature.properties) {
            let hit = usize::from(!self.called(value).is_empty());
            match columns.iter_mut().find(|(known, _)| known == name) {
                Some((_, hits)) => *hits += hit,
                None => columns.push((name.clone(), hit)),
            }
        }
        // Of as many, the file's first.
        columns.arrange_by(|(_, hits)| std::cmp::Reverse(*hits));
        columns
    }

    /// The layer most features belong to by this column.
    pub fn layer(&self, features: &[Feature], column: &str) -> Option<Layer> {
        let mut hits = [0usize; Layer::ALL.len()];
        for feature in features {
            for at in self.called(value(feature, column)) {
                hits[self.all[*at].layer as usize] += 1;
            }
        }
        let most = Layer::ALL.iter().copied().max_by_key(|layer| hits[*layer as usize])?;
        (hits[most as usize] > 0).then_some(most)
    }

    /// What a feature is by a column; `layer` is asked first where several are called so.
    pub fn find(&self, feature: &Feature, column: &str, layer: Option<Layer>) -> Found {
        let all = self.called(value(feature, column));
        let of_layer: Vec<usize> =
            all.iter().copied().filter(|at| Some(self.all[*at].layer) == layer).collect();
        let some = if of_layer.is_empty() { all.to_vec() } else { of_layer };
        match some[..] {
            [] => Found::Nobody,
            [one] => Found::Place(self.all[one].clone()),
            _ => {
                let said: Vec<usize> =
                    some.iter().copied().filter(|at| self.names_village(feature, *at)).collect();
                match said[..] {
                    [one] => Found::Place(self.all[one].clone()),
                    _ => Found::Several(some.len()),
                }
            }
        }
    }

    /// Whether a feature says anywhere which village the place lies in.
    fn names_village(&self, feature: &Feature, at: usize) -> bool {
        let village = key(&self.all[at].village_name);
        !village.is_empty() && feature.properties.iter().any(|(_, value)| key(value) == village)
    }
}

/// What a feature says in a column.
pub fn value<'a>(feature: &'a Feature, column: &str) -> &'a str {
    let found = feature.properties.iter().find(|(name, _)| name == column);
    found.map_or("", |(_, value)| value.as_str())
}
