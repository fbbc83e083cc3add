//! The map's legend: a scene of its own, a column of swatches with words and counts.

use super::{Map, MapInput, Scheme};
use crate::picture::geom::Rect;
use crate::picture::scene::{Builder, Scene};
use crate::picture::style::{Role, Style};
use crate::picture::text::{TableMetrics, TextMetrics};

const ROW: f64 = 24.0;
const WORD: Style = Style::text(Role::Ink, 13.0);

/// Field name, one row per class with its number of cells, rows for no data and for borders.
pub fn legend(input: &MapInput, map: &Map) -> Scene {
    let mut b = Builder::default();
    let head = b.style(Style::text(Role::Ink, 14.0).bold().song());
    let word = b.style(WORD);
    let count = b.style(Style::text(Role::Quiet, 12.0).end());
    b.group("legend", "legend", "图例");
    let title = match &input.scheme {
        Scheme::Plain => "图例",
        Scheme::Categories { title, .. } | Scheme::Numbers { title, .. } => title,
    };
    b.text(1, head, 0.0, 15.0, title);
    let widest = |label: &str| TableMetrics.width(label, WORD.font());
    let right = 92.0 + map.classes.iter().map(|c| widest(&c.label)).fold(60.0, f64::max);
    let mut y = ROW + 4.0;
    for class in &map.classes {
        let fill = Style::fill(class.fill).textured(class.pattern, Role::Texture);
        let (fill, rim) = (b.style(fill), b.style(Style::line(Role::LineStrong, 1.0)));
        let swatch = Rect::sized(0.5, y + 0.5, 27.0, 15.0);
        b.rect(0, fill, swatch, 0.0);
        b.rect(0, rim, swatch, 0.0);
        b.text(1, word, 36.0, y + 12.7, &class.label);
        b.text(1, count, right, y + 12.7, &format!("{} 格", class.cells));
        y += ROW;
    }
    if !map.classes.is_empty() && input.cells.iter().any(|cell| cell.value.is_none()) {
        let (fill, rim) =
            (b.style(Style::fill(Role::NoData)), b.style(Style::line(Role::Line, 1.0)));
        let swatch = Rect::sized(0.5, y + 0.5, 27.0, 15.0);
        b.rect(0, fill, swatch, 0.0);
        b.rect(0, rim, swatch, 0.0);
        b.text(1, word, 36.0, y + 12.7, "无数据");
        y += ROW;
    }
    borders(&mut b, y + 4.0);
    b.finish()
}

fn borders(b: &mut Builder, mut y: f64) {
    let word = b.style(WORD);
    let kinds = [
        (Style::line(Role::Ink, 2.0), "村界"),
        (Style::line(Role::Quiet, 1.2), "网格"),
        (Style::line(Role::LineStrong, 0.8), "子网格、微网格"),
    ];
    for (style, name) in kinds {
        let style = b.style(style);
        b.line(0, style, &[(0.0, y + 8.0), (28.0, y + 8.0)]);
        b.text(1, word, 36.0, y + 12.7, name);
        y += ROW;
    }
}
