//! 大厅图: the hall of the 便民服务中心 on its ground floor, twelve windows around the seats.

use gangtu::model::kinds::HallSpot;
use gangtu::model::kinds::hall_spot::SpotKind::{self, Desk, Door, Machine, Seats, Stairs};

use super::base::{Base, id, to};

/// Windows along the wall, five half metres wide and three deep: where each begins.
const WINDOWS: [(i64, i64); 12] = [
    (1, 8),
    (1, 4),
    (4, 0),
    (10, 0),
    (16, 0),
    (22, 0),
    (28, 0),
    (34, 0),
    (38, 4),
    (38, 8),
    (38, 12),
    (38, 16),
];

/// What stands there besides: x, y, width, depth.
const OTHERS: [(SpotKind, &str, [i64; 4]); 6] = [
    (Door, "大门", [18, 23, 8, 2]),
    (Desk, "导办台", [19, 17, 6, 3]),
    (Seats, "等候区", [11, 7, 22, 7]),
    (Machine, "取号机", [13, 19, 3, 2]),
    (Machine, "自助机", [28, 19, 5, 2]),
    (Stairs, "楼梯", [1, 18, 5, 5]),
];

pub fn put(base: &Base) -> Result<(), String> {
    let window = |(no, (x, y)): (usize, &(i64, i64))| HallSpot {
        window: to(&format!("w{:02}", no + 1)),
        ..spot(no, SpotKind::Window, "", [*x, *y, 5, 3])
    };
    let windows = WINDOWS.iter().enumerate().map(window);
    let others = (WINDOWS.len()..).zip(&OTHERS);
    let others = others.map(|(no, (what, label, area))| spot(no, *what, label, *area));
    base.put("画大厅图", &windows.chain(others).collect::<Vec<_>>())
}

fn spot(no: usize, what: SpotKind, label: &str, [x, y, w, h]: [i64; 4]) -> HallSpot {
    HallSpot {
        id: id(&format!("hs{:02}", no + 1)),
        label: label.into(),
        what: Some(what),
        floor: "一楼".into(),
        x: Some(x),
        y: Some(y),
        w: Some(w),
        h: Some(h),
        ..HallSpot::default()
    }
}
