//! Degrees and the local metres of a township's map: x to the east, y to the south, from an origin. Over a township
//! the earth is flat enough: a metre stays a metre to within a thousandth.

use super::datum::Degrees;

/// Where a township's metres begin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Local {
    pub origin: Degrees,
}

/// WGS-84: semi-major axis in metres, and eccentricity squared.
const AXIS: f64 = 6_378_137.0;
const ECCENTRICITY: f64 = 0.006_694_379_990_141_316;

impl Local {
    /// Metres of a degree to the east and to the north.
    fn degree(self) -> (f64, f64) {
        let lat = self.origin.1.to_radians();
        let flat = 1.0 - ECCENTRICITY * lat.sin() * lat.sin();
        let one = std::f64::consts::PI / 180.0;
        let east = AXIS / flat.sqrt() * lat.cos() * one;
        let north = AXIS * (1.0 - ECCENTRICITY) / (flat * flat.sqrt()) * one;
        (east, north)
    }

    pub fn metres(self, (x, y): Degrees) -> (f64, f64) {
        let (east, north) = self.degree();
        ((x - self.origin.0) * east, (self.origin.1 - y) * north)
    }

    pub fn degrees(self, (x, y): (f64, f64)) -> Degrees {
        let (east, north) = self.degree();
        (self.origin.0 + x / east, self.origin.1 - y / north)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn g2_a_kilometre_is_a_kilometre() {
        let local = Local { origin: (116.0, 40.0) };
        // A degree of latitude at 40° is 111,035 m, one of longitude 85,394 m.
        let (x, y) = local.metres((117.0, 39.0));
        assert!((x - 85_394.0).abs() < 20.0 && (y - 111_035.0).abs() < 20.0, "{x} {y}");
    }

    proptest! {
        #[test]
        fn g2_there_and_back_is_the_same_point(x in -2e4..2e4f64, y in -2e4..2e4f64) {
            let local = Local { origin: (105.3, 29.7) };
            let (bx, by) = local.metres(local.degrees((x, y)));
            prop_assert!((bx - x).abs() < 1e-6 && (by - y).abs() < 1e-6);
        }
    }
}
