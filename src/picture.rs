//! Layouts place, painters paint: plain inputs to a [`scene::Scene`], a scene to canvas, SVG or paper.
//!
//! Nothing here reads records, touches a canvas or measures text with a browser: a layout gives
//! the same scene on the host and in the page. The canvas painter lives in `web::canvas`.

pub mod board;
pub mod camera;
pub mod chart;
pub mod fingers;
pub mod geom;
pub mod index;
pub mod map;
pub mod matrix;
pub mod palette;
pub mod plot;
pub mod press;
pub mod scene;
pub mod sheet;
pub mod style;
pub mod svg;
pub mod text;
pub mod tree;
pub mod vertical;
pub mod wrap;
