//! GeoJSON (RFC 7946) in, feature by feature, so that a file of any size is read in slices with progress. What is
//! odd is mended where only one thing can be meant, and told; what cannot be is left out by name. Knows no records.

use std::fmt;

use serde_json::{Map, Value as Json};

use super::datum::Degrees;
use super::overlay::untangled;
use super::plane;
use super::ring::{Broken, cleaned};

/// A polygon: its outer ring, then its holes.
pub type Polygon = Vec<Vec<Degrees>>;

/// One thing of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Its number in the file, from 1.
    pub at: usize,
    /// Properties that are plain values, as text, in the file's order.
    pub properties: Vec<(String, String)>,
    pub polygons: Vec<Polygon>,
    pub points: Vec<Degrees>,
}

/// What was odd about a feature.
#[derive(Clone, Debug, PartialEq)]
pub enum Odd {
    /// Left out: there is no geometry, or none that is an area or a point.
    NoShape,
    /// Left out: a coordinate is no number, or lies on no earth (the number).
    NoPlace(f64),
    /// Left out: a ring of fewer than three points.
    TooFew,
    /// Left out: a ring crosses itself, near this point.
    Crosses(Degrees),
    /// Mended: a ring crossed itself in a little loop, near this point, which was taken away.
    Untangled(Degrees),
    /// Mended: latitude stood before longitude.
    Turned,
}

/// An [`Odd`] with the feature it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub at: usize,
    /// What the file calls it, if anything.
    pub name: String,
    pub odd: Odd,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name =
            if self.name.is_empty() { String::new() } else { format!("“{}”", self.name) };
        write!(f, "第 {} 个{name}：", self.at)?;
        match &self.odd {
            Odd::NoShape => f.write_str("没有边界也没有点，没有导入。"),
            Odd::NoPlace(value) => write!(
                f,
                "坐标 {value} 不是经纬度（可能是米制的投影坐标），没有导入。请在测绘软件里转成经纬度再导出。"
            ),
            Odd::TooFew => f.write_str("边界不到三个点，围不成一块地，没有导入。"),
            Odd::Crosses((x, y)) => write!(
                f,
                "边界在经度 {x:.5}、纬度 {y:.5} 附近自己穿过自己，没有导入。请在测绘软件里修好再导出。"
            ),
            Odd::Untangled((x, y)) => {
                write!(f, "边界在经度 {x:.5}、纬度 {y:.5} 附近打了个小结，已理顺，请核对那一段。")
            }
            Odd::Turned => f.write_str("纬度写在了经度前面，已按“经度、纬度”理解，请核对位置。"),
        }
    }
}

/// Larger files are not read: the browser would need several times as much.
pub const MOST_BYTES: usize = 150 * 1024 * 1024;

/// Why a file is no GeoJSON. Nothing was taken from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotGeoJson {
    /// So many bytes.
    TooLarge(usize),
    /// Neither UTF-8 nor GB18030: no text.
    NoText,
    /// No list of features, no feature and no geometry.
    Unknown,
    /// It ends or breaks in the middle: behind so many features.
    Broken(usize),
}

impl fmt::Display for NotGeoJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotGeoJson::TooLarge(bytes) => write!(
                f,
                "文件有 {} MB，太大了（最多 {} MB），没有导入，数据没有变化。请在测绘软件里只导出本乡镇，或把边界精简到 1 米再导出。",
                bytes >> 20,
                MOST_BYTES >> 20
            ),
            NotGeoJson::NoText => f.write_str(
                "这个文件不是文字，没有导入，数据没有变化。图形文件（shp、dwg、kmz）请先在测绘软件里导出为 GeoJSON。",
            ),
            NotGeoJson::Unknown => f.write_str(
                "这不是 GeoJSON 文件，没有导入，数据没有变化。请在测绘软件里选“导出为 GeoJSON”。",
            ),
            NotGeoJson::Broken(count) => write!(
                f,
                "文件在第 {} 个图形处断了，可能没有拷贝完整；没有导入，数据没有变化。请重新拷贝或导出。",
                count + 1
            ),
        }
    }
}

/// The text of a file; `gb18030` reads what older programs wrote.
pub fn text_of(
    bytes: Vec<u8>,
    gb18030: &dyn Fn(&[u8]) -> Option<String>,
) -> Result<String, NotGeoJson> {
    if bytes.len() > MOST_BYTES {
        return Err(NotGeoJson::TooLarge(bytes.len()));
    }
    let text = String::from_utf8(bytes)
        .or_else(|error| gb18030(error.as_bytes()).ok_or(NotGeoJson::NoText))?;
    // Packed files may decode as something.
    if text.bytes().take(4096).any(|at| at < 9) { Err(NotGeoJson::NoText) } else { Ok(text) }
}

/// A file being read.
pub struct Reading<'a> {
    text: &'a str,
    at: usize,
    /// Whether features stand in a list; else the whole file is one.
    listed: bool,
    done: bool,
    pub features: Vec<Feature>,
    pub told: Vec<Told>,
    count: usize,
}

impl<'a> Reading<'a> {
    pub fn begin(text: &'a str) -> Result<Reading<'a>, NotGeoJson> {
        let text = text.trim_start_matches('\u{feff}');
        let list = list_of_features(text);
        let reading = |at, listed| Reading {
            text,
            at,
            listed,
            done: false,
            features: Vec::new(),
            told: Vec::new(),
            count: 0,
        };
        match list {
            Some(at) => Ok(reading(at, true)),
            None if text.trim_start().starts_with('{') => Ok(reading(0, false)),
            None => Err(NotGeoJson::Unknown),
        }
    }

    /// Reads so many features more; `true` when all is read.
    pub fn step(&mut self, features: usize) -> Result<bool, NotGeoJson> {
        if !self.listed {
            let whole: Json = serde_json::from_str(self.text).map_err(|_| NotGeoJson::Broken(0))?;
            let known = whole.get("type").and_then(Json::as_str).is_some();
            if !known {
                return Err(NotGeoJson::Unknown);
            }
            self.take(&whole);
            self.done = true;
            return Ok(true);
        }
        for _ in 0..features {
            if self.done || !self.next()? {
                self.done = true;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Bytes read and bytes in all.
    pub fn progress(&self) -> (usize, usize) {
        (if self.done { self.text.len() } else { self.at }, self.text.len())
    }

    /// Reads the next feature of the list; `false` at its end.
    fn next(&mut self) -> Result<bool, NotGeoJson> {
        let broken = NotGeoJson::Broken(self.count);
        let rest = self.text[self.at..].trim_start_matches([',', ' ', '\n', '\r', '\t']);
        if rest.starts_with(']') {
            return Ok(false);
        }
        self.at = self.text.len() - rest.len();
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Json>();
        match stream.next() {
            Some(Ok(feature)) => {
                self.at += stream.byte_offset();
                self.take(&feature);
                Ok(true)
            }
            _ => Err(broken),
        }
    }

    fn take(&mut self, json: &Json) {
        self.count += 1;
        let geometry = match json.get("type").and_then(Json::as_str) {
            Some("Feature") => json.get("geometry").unwrap_or(&Json::Null),
            _ => json,
        };
        let properties =
            json.get("properties").and_then(Json::as_object).map_or_else(Vec::new, plain);
        let name = name_of(&properties);
        let at = self.count;
        let mut shapes = Shapes::default();
        shapes.take(geometry);
        let mut told: Vec<Odd> = std::mem::take(&mut shapes.odd);
        let empty = shapes.polygons.is_empty() && shapes.points.is_empty();
        if empty && told.is_empty() {
            told.push(Odd::NoShape);
        }
        self.told.extend(told.into_iter().map(|odd| Told { at, name: name.clone(), odd }));
        if !empty {
            let Shapes { polygons, points, .. } = shapes;
            self.features.push(Feature { at, properties, polygons, points });
        }
    }
}

/// Where the first feature of a collection stands: behind `"features": [`, wherever that member is.
fn list_of_features(text: &str) -> Option<usize> {
    const MEMBER: &str = "\"features\"";
    let mut from = 0;
    while let Some(found) = text[from..].find(MEMBER) {
        let behind = from + found + MEMBER.len();
        let rest = text[behind..].trim_start();
        if let Some(rest) = rest.strip_prefix(':').map(str::trim_start)
            && let Some(list) = rest.strip_prefix('[')
        {
            return Some(text.len() - list.len());
        }
        from = behind;
    }
    None
}

/// Texts, numbers and yes or no; what is nested says nothing a column could hold.
fn plain(map: &Map<String, Json>) -> Vec<(String, String)> {
    let said = |json: &Json| match json {
        Json::String(text) => Some(text.trim().to_string()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(yes) => Some(if *yes { "是" } else { "否" }.to_string()),
        _ => None,
    };
    map.iter().filter_map(|(key, json)| Some((key.clone(), said(json)?))).collect()
}

/// Columns in which files commonly carry a name.
const NAMES: [&str; 8] = ["名称", "name", "NAME", "Name", "村名", "网格名称", "XZQMC", "mc"];

/// What a feature is called.
pub fn name_of(properties: &[(String, String)]) -> String {
    let named = |wanted: &&str| properties.iter().find(|(key, _)| key == wanted);
    NAMES.iter().find_map(named).map_or_else(String::new, |(_, name)| name.clone())
}

#[derive(Default)]
struct Shapes {
    polygons: Vec<Polygon>,
    points: Vec<Degrees>,
    odd: Vec<Odd>,
}

impl Shapes {
    fn take(&mut self, geometry: &Json) {
        let within =
            |name: &str| geometry.get(name).and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
        match geometry.get("type").and_then(Json::as_str) {
            Some("Polygon") => self.polygon(within("coordinates")),
            Some("MultiPolygon") => {
                for part in within("coordinates") {
                    self.polygon(part.as_array().map_or(&[], Vec::as_slice));
                }
            }
            Some("Point") => self.point(geometry.get("coordinates").unwrap_or(&Json::Null)),
            Some("MultiPoint") => within("coordinates").iter().for_each(|at| self.point(at)),
            Some("GeometryCollection") => {
                // Collections within collections are nobody's: they are not followed.
                let inner = |part: &&Json| {
                    part.get("type").and_then(Json::as_str) != Some("GeometryCollection")
                };
                within("geometries").iter().filter(inner).for_each(|part| self.take(part));
            }
            _ => {}
        }
    }

    fn point(&mut self, json: &Json) {
        match place(json) {
            Ok((at, turned)) => {
                self.turned(turned);
                self.points.push(at);
            }
            Err(odd) => self.odd.push(odd),
        }
    }

    fn polygon(&mut self, rings: &[Json]) {
        let mut polygon = Vec::with_capacity(rings.len());
        for (at, ring) in rings.iter().enumerate() {
            match self.ring(ring) {
                Ok(ring) => polygon.push(ring),
                // A hole that is none is left out; without its outer ring nothing is left.
                Err(Odd::TooFew) if at > 0 => {}
                Err(odd) => return self.odd.push(odd),
            }
        }
        if !polygon.is_empty() {
            self.polygons.push(polygon);
        }
    }

    fn ring(&mut self, json: &Json) -> Result<Vec<Degrees>, Odd> {
        let places = json.as_array().map_or(&[][..], Vec::as_slice).iter().map(place);
        let places: Vec<(Degrees, bool)> = places.collect::<Result<_, Odd>>()?;
        self.turned(places.iter().any(|(_, turned)| *turned));
        let points: Vec<Degrees> = places.into_iter().map(|(at, _)| at).collect();
        match cleaned(&points) {
            Ok(ring) => Ok(ring),
            Err(Broken::TooFew) => Err(Odd::TooFew),
            Err(Broken::Crosses(at)) => {
                let ring = without_loops(&points).ok_or(Odd::Crosses(at))?;
                self.odd.push(Odd::Untangled(at));
                Ok(ring)
            }
        }
    }

    fn turned(&mut self, turned: bool) {
        if turned && !self.odd.contains(&Odd::Turned) {
            self.odd.push(Odd::Turned);
        }
    }
}

/// A position, and whether it stood the wrong way round: no place in China has a latitude above 54 or a longitude
/// below 73, so one that would only be there turned is turned.
fn place(json: &Json) -> Result<(Degrees, bool), Odd> {
    let number = |at: usize| json.get(at).and_then(Json::as_f64);
    let (Some(x), Some(y)) = (number(0), number(1)) else { return Err(Odd::NoPlace(f64::NAN)) };
    let in_china = |x: f64, y: f64| (73.0..=136.0).contains(&x) && (3.0..=54.0).contains(&y);
    if !in_china(x, y) && in_china(y, x) {
        return Ok(((y, x), true));
    }
    if x.abs() > 180.0 || y.abs() > 90.0 {
        return Err(Odd::NoPlace(if x.abs() > 180.0 { x } else { y }));
    }
    Ok(((x, y), false))
}

/// How much of the land may be in loops that only a slip of the hand makes.
const LOOPS: f64 = 0.01;

/// A ring that crosses itself without the little loops it makes; nothing where what it makes is not little: then
/// nobody can tell what was meant.
fn without_loops(points: &[Degrees]) -> Option<Vec<Degrees>> {
    let ring: plane::Ring = points.iter().map(|(x, y)| [*x, *y]).collect();
    let parts = untangled(&ring);
    let size = |part: &plane::Ring| plane::area(part).abs();
    let whole = plane::largest(&parts)?;
    let loops: f64 = parts.iter().map(size).sum::<f64>() - size(whole);
    let points: Vec<Degrees> = whole.iter().map(|p| (p[0], p[1])).collect();
    (loops <= LOOPS * size(whole)).then(|| cleaned(&points).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Vec<Feature>, Vec<Told>), NotGeoJson> {
        let mut reading = Reading::begin(text)?;
        while !reading.step(1)? {}
        Ok((reading.features, reading.told))
    }

    fn feature(name: &str, geometry: &str) -> String {
        format!(
            r#"{{"type":"Feature","properties":{{"name":"{name}","户数":12}},"geometry":{geometry}}}"#
        )
    }

    fn collection(features: &[String]) -> String {
        format!(
            r#"{{"type":"FeatureCollection","name":"网格","features":[{}]}}"#,
            features.join(",\n")
        )
    }

    const AREA: &str =
        r#"{"type":"Polygon","coordinates":[[[105,30],[105.1,30],[105.1,30.1],[105,30]]]}"#;

    #[test]
    fn g4_features_are_read_with_what_they_say_of_themselves() {
        let text = collection(&[feature("东网格", AREA), feature("西网格", AREA)]);
        let (features, told) = read(&text).expect("read");
        assert!(told.is_empty(), "{told:?}");
        assert_eq!(features.len(), 2);
        assert_eq!(name_of(&features[1].properties), "西网格");
        assert!(features[0].properties.contains(&("户数".into(), "12".into())));
        assert_eq!(features[0].polygons[0][0].len(), 3);
        for alone in [feature("东网格", AREA), AREA.to_string(), format!("\u{feff}{text}")] {
            assert!(!read(&alone).expect("read").0.is_empty(), "{alone}");
        }
        let points = r#"{"type":"MultiPoint","coordinates":[[105,30],[105.2,30.1]]}"#;
        assert_eq!(read(points).expect("read").0[0].points.len(), 2);
    }

    #[test]
    fn g4_what_is_odd_is_mended_or_left_out_by_name_and_nothing_else_with_it() {
        let cases = [
            ("null", "没有边界也没有点"),
            (r#"{"type":"LineString","coordinates":[[105,30],[106,31]]}"#, "没有边界也没有点"),
            (
                r#"{"type":"Polygon","coordinates":[[[1e9,30],[105,30],[105,31]]]}"#,
                "坐标 1000000000 不是经纬度",
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[35412345.5,3312345],[35412346,3312345],[35412346,3312346]]]}"#,
                "不是经纬度",
            ),
            (r#"{"type":"Polygon","coordinates":[[["x",30],[105,30],[105,31]]]}"#, "不是经纬度"),
            (r#"{"type":"Polygon","coordinates":[[[105,30],[106,30]]]}"#, "不到三个点"),
            (
                r#"{"type":"Polygon","coordinates":[[[105,30],[106,31],[106,30],[105,31.2]]]}"#,
                "自己穿过自己",
            ),
        ];
        for (geometry, words) in cases {
            let text = collection(&[feature("坏", geometry), feature("好", AREA)]);
            let (features, told) = read(&text).expect("read");
            assert_eq!(features.len(), 1, "{geometry}");
            assert_eq!(told.len(), 1, "{geometry}");
            let said = told[0].to_string();
            assert!(said.starts_with("第 1 个“坏”") && said.contains(words), "{said}");
        }
        let knot = r#"{"type":"Polygon","coordinates":[[[105,30],[106,30],[106,31],[105.5,31],[105.51,31.01],[105.51,31],[105.5,31.01],[105,31]]]}"#;
        let (features, told) = read(&collection(&[feature("结", knot)])).expect("read");
        assert!(matches!(told[0].odd, Odd::Untangled(_)), "{told:?}");
        assert_eq!(features[0].polygons[0].len(), 1);
        let turned = r#"{"type":"Polygon","coordinates":[[[30,105],[30,105.1],[30.1,105.1]]]}"#;
        let (features, told) = read(&collection(&[feature("反", turned)])).expect("read");
        assert_eq!(told[0].odd, Odd::Turned);
        assert!(features[0].polygons[0][0].iter().all(|(x, y)| *x > 100.0 && *y < 31.0));
    }

    #[test]
    fn g4_files_too_large_or_of_no_text_are_refused_and_old_ones_read() {
        let gb = |bytes: &[u8]| (bytes == [0xB4, 0xE5]).then(|| "村".to_string());
        assert_eq!(text_of(vec![0xB4, 0xE5], &gb), Ok("村".to_string()));
        assert_eq!(text_of(vec![0xFF, 0xFE, 0xFF], &gb), Err(NotGeoJson::NoText));
        assert_eq!(text_of(b"PK\x03\x04".to_vec(), &gb), Err(NotGeoJson::NoText));
        let large = text_of(vec![b' '; MOST_BYTES + 1], &gb).expect_err("large");
        assert!(large.to_string().contains("150 MB") && large.to_string().contains("数据没有变化"));
    }

    #[test]
    fn g4_what_is_no_geojson_or_cut_short_is_refused_whole() {
        for text in ["", "你好", "[1,2]", "name,code\n东,1"] {
            assert_eq!(read(text), Err(NotGeoJson::Unknown), "{text}");
        }
        assert_eq!(read("{}"), Err(NotGeoJson::Unknown));
        let text = collection(&[feature("东", AREA), feature("西", AREA)]);
        for cut in [text.len() - 10, text.len() / 2] {
            let error = read(&text[..cut]).expect_err("cut");
            assert!(matches!(error, NotGeoJson::Broken(_)) && error.to_string().ends_with('。'));
        }
        // A name that looks like the list is none.
        let odd = r#"{"type":"FeatureCollection","about":"\"features\"","features":[]}"#;
        assert_eq!(read(odd), Ok((Vec::new(), Vec::new())));
    }
}
