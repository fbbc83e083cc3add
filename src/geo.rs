//! Where things lie on the earth: coordinate systems in use in China, and GeoJSON in and out. Knows no records and
//! draws nothing; pictures work in local metres (`local`).

pub mod datum;
pub mod geojson;
pub mod local;
pub mod ring;
