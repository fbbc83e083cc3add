//! WGS-84, GCJ-02 and BD-09: told apart by whoever hands them in, converted here, never silently. GCJ-02 is the
//! published approximation of the offset that maps sold in China carry; BD-09 is Baidu's turn on top of it.
//! Outside China the three are the same.

/// Longitude and latitude in degrees, in that order, as GeoJSON has them.
pub type Degrees = (f64, f64);

/// A coordinate system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Datum {
    /// What GPS gives, and CGCS2000 to within a hand's breadth.
    Wgs84,
    /// 国测局坐标 (高德、腾讯)
    Gcj02,
    /// 百度坐标
    Bd09,
}

impl Datum {
    pub const ALL: [Datum; 3] = [Datum::Wgs84, Datum::Gcj02, Datum::Bd09];

    pub fn label(self) -> &'static str {
        match self {
            Datum::Wgs84 => "WGS-84 / CGCS2000（GPS、天地图、测绘成果）",
            Datum::Gcj02 => "GCJ-02（高德、腾讯地图）",
            Datum::Bd09 => "BD-09（百度地图）",
        }
    }

    pub fn id(self) -> &'static str {
        match self {
            Datum::Wgs84 => "wgs84",
            Datum::Gcj02 => "gcj02",
            Datum::Bd09 => "bd09",
        }
    }

    /// The point in WGS-84.
    pub fn to_wgs84(self, at: Degrees) -> Degrees {
        match self {
            Datum::Wgs84 => at,
            Datum::Gcj02 => without_offset(at),
            Datum::Bd09 => without_offset(without_turn(at)),
        }
    }

    /// A WGS-84 point as this system has it.
    pub fn from_wgs84(self, at: Degrees) -> Degrees {
        match self {
            Datum::Wgs84 => at,
            Datum::Gcj02 => with_offset(at),
            Datum::Bd09 => with_turn(with_offset(at)),
        }
    }
}

/// Krassovsky 1940, on which the offset is reckoned: semi-major axis in metres, and eccentricity squared.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;
/// Baidu's turn, in degrees of its own.
const TURN: f64 = std::f64::consts::PI * 3000.0 / 180.0;
/// Steps of going back; each divides the error by some hundreds.
const STEPS: usize = 6;

/// The box within which the offset is applied.
fn in_china((x, y): Degrees) -> bool {
    (72.004..=137.8347).contains(&x) && (0.8293..=55.8271).contains(&y)
}

fn with_offset(at: Degrees) -> Degrees {
    if !in_china(at) {
        return at;
    }
    let (dx, dy) = offset(at);
    (at.0 + dx, at.1 + dy)
}

/// The point that the offset moves here, by going back step by step.
fn without_offset(to: Degrees) -> Degrees {
    let mut at = to;
    for _ in 0..STEPS {
        let there = with_offset(at);
        at = (at.0 + to.0 - there.0, at.1 + to.1 - there.1);
    }
    at
}

fn offset((lng, lat): Degrees) -> Degrees {
    use std::f64::consts::PI;
    let (x, y) = (lng - 105.0, lat - 35.0);
    let wave = |amount: f64, turns: f64| amount * (turns * PI).sin();
    let both = wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x);
    let across = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + (both
            + wave(20.0, x)
            + wave(40.0, x / 3.0)
            + wave(150.0, x / 12.0)
            + wave(300.0, x / 30.0))
            * 2.0
            / 3.0;
    let along = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + (both
            + wave(20.0, y)
            + wave(40.0, y / 3.0)
            + wave(160.0, y / 12.0)
            + wave(320.0, y / 30.0))
            * 2.0
            / 3.0;
    let radians = lat.to_radians();
    let magic = 1.0 - ECCENTRICITY * radians.sin() * radians.sin();
    let root = magic.sqrt();
    let degree_across = AXIS / root * radians.cos() * PI / 180.0;
    let degree_along = AXIS * (1.0 - ECCENTRICITY) / (magic * root) * PI / 180.0;
    (across / degree_across, along / degree_along)
}

fn with_turn((x, y): Degrees) -> Degrees {
    let far = x.hypot(y) + 0.000_02 * (y * TURN).sin();
    let angle = y.atan2(x) + 0.000_003 * (x * TURN).cos();
    (far * angle.cos() + 0.0065, far * angle.sin() + 0.006)
}

fn without_turn(to: Degrees) -> Degrees {
    let mut at = (to.0 - 0.0065, to.1 - 0.006);
    for _ in 0..STEPS {
        let there = with_turn(at);
        at = (at.0 + to.0 - there.0, at.1 + to.1 - there.1);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Metres between two points that are near.
    fn metres(a: Degrees, b: Degrees) -> f64 {
        let across = (a.0 - b.0) * 111_320.0 * a.1.to_radians().cos();
        across.hypot((a.1 - b.1) * 110_570.0)
    }

    #[test]
    fn g1_known_points_come_out_where_published_conversions_put_them() {
        // 天安门, as the widely copied conversions have it.
        let at = (116.397_428, 39.909_2);
        let gcj = Datum::Gcj02.from_wgs84(at);
        assert!(metres(gcj, (116.403_670_2, 39.910_604_6)) < 1.0, "{gcj:?}");
        let bd = with_turn((116.404, 39.915));
        assert!(metres(bd, (116.410_369_49, 39.921_336_99)) < 1.0, "{bd:?}");
    }

    #[test]
    fn g1_outside_china_nothing_moves() {
        for at in [(139.767, 35.681), (2.352, 48.857), (-74.0, 40.7)] {
            assert_eq!(Datum::Gcj02.from_wgs84(at), at);
            assert_eq!(Datum::Gcj02.to_wgs84(at), at);
        }
    }

    proptest! {
        #[test]
        fn g1_there_and_back_is_the_same_place_to_a_millimetre(x in 74.0..135.0f64, y in 18.0..53.0f64) {
            for datum in Datum::ALL {
                let there = datum.from_wgs84((x, y));
                let off = metres(there, (x, y));
                let back = datum.to_wgs84(there);
                prop_assert!(metres(back, (x, y)) < 0.001, "{:?} {:?}", datum, back);
                prop_assert!(off < 2_000.0, "{:?} is {} metres off", datum, off);
            }
        }
    }
}
