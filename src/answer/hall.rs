//! 大厅图: what stands where on a floor of the 便民服务中心, as staff drew it. Measures in half metres; draws nothing.

use crate::model::kinds::HallSpot;
use crate::model::kinds::hall_spot::SpotKind;
use crate::model::{Day, RecordId};
use crate::rules::Links;
use crate::sorting::Sorting;

/// Room to draw on.
pub const WIDE: i64 = 48;
pub const DEEP: i64 = 30;

/// A window as it is laid first.
const WINDOW: (i64, i64) = (5, 3);

/// Around what is drawn, where it is shown.
const MARGIN: i64 = 1;

/// Where something stands and how large it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub x: i64,
    pub y: i64,
    pub w: i64,
    pub h: i64,
}

impl Area {
    /// `None` where it was never laid.
    pub fn of(spot: &HallSpot) -> Option<Area> {
        let (x, y, w, h) = (spot.x?, spot.y?, spot.w?, spot.h?);
        Some(Area { x, y, w, h }.within())
    }

    /// The same inside the room.
    fn within(self) -> Area {
        let (w, h) = (self.w.clamp(1, WIDE), self.h.clamp(1, DEEP));
        Area { x: self.x.clamp(0, WIDE - w), y: self.y.clamp(0, DEEP - h), w, h }
    }

    pub fn moved(self, (dx, dy): (i64, i64)) -> Area {
        Area { x: self.x.saturating_add(dx), y: self.y.saturating_add(dy), ..self }.within()
    }

    /// Larger or smaller to the right and below.
    pub fn sized(self, (dw, dh): (i64, i64)) -> Area {
        let most = (WIDE - self.x, DEEP - self.y);
        let w = self.w.saturating_add(dw).clamp(1, most.0.max(1));
        let h = self.h.saturating_add(dh).clamp(1, most.1.max(1));
        Area { w, h, ..self }
    }

    fn meets(self, other: Area) -> bool {
        self.x < other.x + other.w
            && other.x < self.x + self.w
            && self.y < other.y + other.h
            && other.y < self.y + self.h
    }
}

/// Something on the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub id: RecordId,
    /// What stands on it, short: 2号.
    pub label: String,
    /// What it is called in full.
    pub name: String,
    pub what: SpotKind,
    pub window: Option<RecordId>,
    pub area: Area,
}

/// A floor.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub floor: String,
    pub spots: Vec<Spot>,
}

impl Plan {
    /// The part of the room that is drawn on.
    pub fn bounds(&self) -> Area {
        let least = |at: fn(&Area) -> i64| self.spots.iter().map(|spot| at(&spot.area)).min();
        let most = |at: fn(&Area) -> i64| self.spots.iter().map(|spot| at(&spot.area)).max();
        let (x, y) = (least(|a| a.x).unwrap_or(0), least(|a| a.y).unwrap_or(0));
        let (right, below) =
            (most(|a| a.x + a.w).unwrap_or(WIDE), most(|a| a.y + a.h).unwrap_or(DEEP));
        Area { x: x - MARGIN, y: y - MARGIN, w: right - x + 2 * MARGIN, h: below - y + 2 * MARGIN }
    }
}

/// Floors that are drawn, in the order of their names; one without a name where none is.
pub fn floors(day: &Day) -> Vec<String> {
    let spots = day.all::<HallSpot>();
    let mut floors: Vec<String> = spots.iter().map(|spot| spot.floor.to_string()).collect();
    floors.arrange(Ord::cmp);
    floors.dedup();
    if floors.is_empty() {
        floors.push(String::new());
    }
    floors
}

/// What stands on a floor.
pub fn plan(day: &Day, links: &Links, floor: &str) -> Plan {
    let spots = day.all::<HallSpot>();
    let here = spots.iter().filter(|spot| *spot.floor == *floor);
    let spots = here.filter_map(|spot| drawn(spot, links)).collect();
    Plan { floor: floor.to_string(), spots }
}

/// The floor a window stands on; `None` where nobody drew it.
pub fn plan_with(day: &Day, links: &Links, window: &RecordId) -> Option<Plan> {
    let spots = day.all::<HallSpot>();
    let is_it = |spot: &&HallSpot| {
        Area::of(spot).is_some() && spot.window.as_ref().is_some_and(|own| own.id == *window)
    };
    let floor = spots.iter().find(is_it)?.floor.to_string();
    Some(plan(day, links, &floor))
}

fn drawn(spot: &HallSpot, links: &Links) -> Option<Spot> {
    let area = Area::of(spot)?;
    let what = spot.what.unwrap_or(SpotKind::Other);
    let window = links.windows.find(spot.window.as_ref());
    let (label, name) = match (window, spot.label.trim()) {
        (Some(window), "") => {
            let number = window.no.map(|no| format!("{no}号"));
            (number.unwrap_or_else(|| window.name.to_string()), window.name.to_string())
        }
        (Some(window), own) => (own.to_string(), window.name.to_string()),
        (None, "") => (what.label().to_string(), what.label().to_string()),
        (None, own) => (own.to_string(), own.to_string()),
    };
    let window = spot.window.as_ref().map(|window| window.id.clone());
    Some(Spot { id: spot.id.clone(), label, name, what, window, area })
}

/// Windows that stand nowhere, by id.
pub fn unplaced(day: &Day, links: &Links) -> Vec<RecordId> {
    let spots = day.all::<HallSpot>();
    let placed = |id: &RecordId| {
        let mut windows = spots.iter().filter_map(|spot| spot.window.as_ref());
        windows.any(|window| window.id == *id)
    };
    let mut windows: Vec<_> =
        links.windows.all().iter().filter(|window| !placed(&window.id)).collect();
    windows.arrange_by(|window| window.no.unwrap_or(i64::MAX));
    windows.into_iter().map(|window| window.id.clone()).collect()
}

/// Places for so many windows where nothing stands: side by side along the wall, then further in.
pub fn row(plan: &Plan, count: usize) -> Vec<Area> {
    let (w, h) = WINDOW;
    let mut taken: Vec<Area> = plan.spots.iter().map(|spot| spot.area).collect();
    let mut found = Vec::new();
    for y in (0..=DEEP - h).step_by(h as usize + 2) {
        for x in (0..=WIDE - w).step_by(w as usize + 1) {
            let area = Area { x, y, w, h };
            if found.len() < count && !taken.iter().any(|other| area.meets(*other)) {
                taken.push(area);
                found.push(area);
            }
        }
    }
    // A full room: the rest lie over each other in its corner, to be moved by hand.
    found.resize(count, Area { x: 0, y: 0, w, h });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Area = Area { x: 10, y: 10, w: 5, h: 3 };

    #[test]
    fn s45_nothing_leaves_the_room() {
        assert_eq!(AREA.moved((2, -1)), Area { x: 12, y: 9, ..AREA });
        assert_eq!(AREA.moved((-99, 99)), Area { x: 0, y: DEEP - 3, ..AREA });
        assert_eq!(AREA.moved((i64::MAX, i64::MIN)), Area { x: WIDE - 5, y: 0, ..AREA });
        assert_eq!(AREA.sized((-9, 99)), Area { w: 1, h: DEEP - 10, ..AREA });
    }

    #[test]
    fn s45_windows_are_laid_side_by_side_where_nothing_stands() {
        let spot = Spot {
            id: RecordId::parse("s").expect("id"),
            label: String::new(),
            name: String::new(),
            what: SpotKind::Door,
            window: None,
            area: Area { x: 0, y: 0, w: 4, h: 2 },
        };
        let plan = Plan { floor: String::new(), spots: vec![spot] };
        let laid = row(&plan, 12);
        assert_eq!(laid.len(), 12);
        for (at, one) in laid.iter().enumerate() {
            assert_eq!(one.moved((0, 0)), *one, "inside");
            assert!(!one.meets(plan.spots[0].area));
            assert!(laid[at + 1..].iter().all(|other| !one.meets(*other)));
        }
        assert_eq!(row(&plan, 500).len(), 500);
        assert_eq!(plan.bounds(), Area { x: -1, y: -1, w: 6, h: 4 });
    }
}
