//! Where things lie on the earth and on the plane of a township's metres: coordinate systems in use in China, GeoJSON
//! in and out, polygons measured, cut, joined and simplified, land made up, pictures pinned. Knows no records and draws nothing.

pub mod datum;
pub mod geojson;
pub mod local;
pub mod net;
pub mod overlay;
pub mod pinning;
pub mod plane;
pub mod ring;
pub mod sketch;
pub mod voronoi;
pub mod writing;
