//! GeoJSON (RFC 7946) out: outer rings counter-clockwise, holes clockwise within them, rings closed, seven digits.

use serde_json::{Map, Value as Json, json};

use super::datum::Degrees;
use super::plane::{Point, Ring, area, lies_in};

/// A feature to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    pub properties: Vec<(&'static str, Json)>,
    /// Rings in metres: inside is what an odd number of them goes around.
    pub rings: Vec<Ring>,
}

/// A collection of features, each on a line of its own; `degrees` places the metres.
pub fn to_geojson(name: &str, features: &[Sent], degrees: &dyn Fn(Point) -> Degrees) -> String {
    let mut out =
        format!("{{\"type\":\"FeatureCollection\",\"name\":{},\"features\":[\n", json!(name));
    for (at, feature) in features.iter().enumerate() {
        let properties: Map<String, Json> = feature
            .properties
            .iter()
            .map(|(key, value)| ((*key).to_string(), value.clone()))
            .collect();
        let polygons: Vec<Json> = polygons(&feature.rings)
            .iter()
            .map(|polygon| polygon.iter().map(|ring| closed(ring, degrees)).collect())
            .collect();
        let geometry = match &polygons[..] {
            [] => Json::Null,
            [one] => json!({"type": "Polygon", "coordinates": one}),
            _ => json!({"type": "MultiPolygon", "coordinates": polygons}),
        };
        let feature = json!({"type": "Feature", "properties": properties, "geometry": geometry});
        out.push_str(if at > 0 { ",\n" } else { "" });
        out.push_str(&feature.to_string());
    }
    out.push_str("\n]}\n");
    out
}

/// Rings as polygons: those inside an even number of others begin one, the holes go to the smallest around them.
fn polygons(rings: &[Ring]) -> Vec<Vec<Ring>> {
    let holds =
        |outer: usize, inner: usize| outer != inner && lies_in(&rings[inner], &rings[outer]);
    let around = |at: usize| (0..rings.len()).filter(move |outer| holds(*outer, at));
    let turned = |at: usize, outer: bool| {
        let mut ring = rings[at].clone();
        if (area(&ring) > 0.0) != outer {
            ring.reverse();
        }
        ring
    };
    let mut made: Vec<(usize, Vec<Ring>)> = Vec::new();
    let outers = (0..rings.len()).filter(|at| around(*at).count() % 2 == 0);
    made.extend(outers.map(|at| (at, vec![turned(at, true)])));
    for hole in (0..rings.len()).filter(|at| around(*at).count() % 2 == 1) {
        let smallest =
            around(hole).min_by(|a, b| area(&rings[*a]).abs().total_cmp(&area(&rings[*b]).abs()));
        if let Some((_, polygon)) = made.iter_mut().find(|(outer, _)| Some(*outer) == smallest) {
            polygon.push(turned(hole, false));
        }
    }
    made.into_iter().map(|(_, polygon)| polygon).collect()
}

fn closed(ring: &[Point], degrees: &dyn Fn(Point) -> Degrees) -> Json {
    let place = |p: &Point| {
        let (x, y) = degrees(*p);
        let seven = |at: f64| (at * 1e7).round() / 1e7;
        json!([seven(x), seven(y)])
    };
    ring.iter().chain(ring.first()).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::super::geojson::Reading;
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> Ring {
        vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
    }

    #[test]
    fn g8_what_is_written_is_read_again() {
        let rings = vec![
            square(0.0, 0.0, 100.0),
            square(20.0, 20.0, 30.0),
            square(200.0, 0.0, 40.0),
            square(30.0, 30.0, 5.0),
        ];
        let sent = Sent {
            properties: vec![("名称", json!("东\"网格")), ("户数", json!(12))],
            rings,
        };
        let degrees = |p: Point| (105.0 + p[0] / 1e5, 30.0 + p[1] / 1e5);
        let text =
            to_geojson("网格", &[sent.clone(), Sent { rings: Vec::new(), ..sent }], &degrees);
        let mut reading = Reading::begin(&text).expect("geojson");
        while !reading.step(1).expect("read") {}
        assert_eq!((reading.features.len(), reading.told.len()), (1, 1), "one has no shape");
        let feature = &reading.features[0];
        let mut sizes: Vec<usize> = feature.polygons.iter().map(Vec::len).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, [1, 1, 2], "a part, an island in a hole, and a part with a hole");
        assert!(feature.properties.contains(&("名称".into(), "东\"网格".into())));
        let whole: Json = serde_json::from_str(&text).expect("json");
        let first = &whole["features"][0]["geometry"]["coordinates"][0][0];
        assert_eq!(first[0], first[4], "closed");
    }
}
