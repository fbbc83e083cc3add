//! A sheet to hang on the wall: a picture with its title, its day and its legend, as one scene.
//!
//! Places what others drew; draws nothing itself but two lines of words and a rule.

use super::geom::Rect;
use super::scene::{Builder, Scene};
use super::style::{Role, Style};
use super::text::{TableMetrics, TextMetrics};
use super::wrap::wrap;

/// A sheet so wide, in pixels, has its title and legend in the sizes below; wider ones have larger.
const WIDE: f64 = 1600.0;
const TITLE: f64 = 30.0;
const DAY: f64 = 16.0;
const GAP: f64 = 28.0;

/// What goes on a sheet around the picture.
pub struct Words<'a> {
    pub title: &'a str,
    /// 截至 2026年11月22日
    pub day: &'a str,
}

/// The sheet in world units of `picture`, which is to be painted at `scale` pixels for each: words above,
/// a legend that lies below, one that stands at the right.
pub fn sheet(picture: &Scene, legend: Option<&Scene>, words: &Words, scale: f64) -> Scene {
    let drawn =
        if picture.bounds.is_empty() { Rect::sized(0.0, 0.0, 1.0, 1.0) } else { picture.bounds };
    // World units for a pixel of title and legend.
    let unit = (drawn.width() * scale / WIDE).max(1.0) / scale;
    let mut b = Builder::default();
    b.append(picture, 1.0, (0.0, 0.0));
    let mut all = drawn;
    if let Some(legend) = legend.filter(|legend| !legend.bounds.is_empty()) {
        let own = legend.bounds;
        let (w, h) = (own.width() * unit, own.height() * unit);
        let lies = own.width() > 2.0 * own.height();
        let (x, y) = if lies {
            (drawn.x0, drawn.y1 + GAP * unit)
        } else {
            (drawn.x1 + GAP * unit, (drawn.y1 - h).max(drawn.y0))
        };
        b.append(legend, unit, (x - own.x0 * unit, y - own.y0 * unit));
        all = all.union(&Rect::sized(x, y, w, h));
    }
    head(&mut b, &all, words, unit);
    b.finish()
}

/// Title to the left, day to the right, on one line where both fit.
fn head(b: &mut Builder, all: &Rect, words: &Words, unit: f64) {
    let sized = |style: Style| Style { size: style.size * unit as f32, ..style };
    let title = sized(Style::text(Role::Ink, TITLE as f32).bold().song());
    let day = sized(Style::text(Role::Quiet, DAY as f32).end());
    let rule = Style::line(Role::Ink, 1.5 * unit as f32);
    let day_wide = TableMetrics.width(words.day, day.font());
    let wide = (all.width() - day_wide - GAP * unit).max(TITLE * unit * 8.0);
    let lines = wrap(&TableMetrics, words.title, title.font(), wide, 3).lines;
    let x1 = all.x1.max(all.x0 + wide + GAP * unit + day_wide);
    let mut y = all.y0 - GAP * unit;
    b.group("sheet", "sheet", words.title);
    let rule = b.style(rule);
    b.line(0, rule, &[(all.x0, y), (x1, y)]);
    y -= 16.0 * unit;
    let (title, day) = (b.style(title), b.style(day));
    b.text(0, day, x1, y, words.day);
    for line in lines.iter().rev() {
        b.text(0, title, all.x0, y, line);
        y -= TITLE * 1.3 * unit;
    }
}

#[cfg(test)]
mod tests {
    use super::super::palette::Palette;
    use super::super::style::Anchor;
    use super::super::svg::{Options, paint};
    use super::super::{chart, map};
    use super::*;
    use proptest::prelude::*;

    fn blank(w: f64, h: f64) -> Scene {
        let mut b = Builder::default();
        let style = b.style(Style::fill(Role::Far));
        b.group("a", "post", "");
        b.rect(0, style, Rect::sized(-3.0, 7.0, w, h), 0.0);
        b.finish()
    }

    const WORDS: Words =
        Words { title: "云溪镇岗位架构图", day: "截至 2026年11月22日" };

    proptest! {
        #[test]
        fn p12_title_day_legend_and_drawing_stand_clear_of_each_other(
            w in 1f64..30_000.0, h in 1f64..30_000.0, scale in 0.02f64..3.0, lies in any::<bool>(),
        ) {
            let legend = if lies { chart::legend(chart::Form::default(), 900.0) } else { map_legend() };
            let got = sheet(&blank(w, h), Some(&legend), &WORDS, scale);
            let drawing = got.groups.iter().position(|g| &*g.id == "a").expect("drawing");
            let of = |id: &str| got.group(got.find(id).expect(id)).bounds;
            let (head, key, drawn) = (of("sheet"), of("legend"), got.groups[drawing].bounds);
            prop_assert!((drawn.width() - w).abs() < 0.01 * w && (drawn.x0 + 3.0).abs() < 0.1);
            for (a, b) in [(head, key), (head, drawn), (key, drawn)] {
                prop_assert!(!a.overlaps(&b, 0.0), "{a:?} {b:?}");
            }
            let items = got.group_items(got.find("sheet").expect("head"));
            let ends = |anchor| items.iter().any(|item| got.style(item.style).anchor == anchor);
            prop_assert!(ends(Anchor::End) && ends(Anchor::Start));
        }
    }

    fn map_legend() -> Scene {
        let category = |label: &str| map::Category { label: label.to_owned(), role: None };
        let categories = vec![category("集镇片"), category("溪南片")];
        let scheme = map::Scheme::Categories { title: "片区".to_owned(), categories };
        let input = map::MapInput { cells: Vec::new(), scheme, schematic: true };
        map::legend(&input, &map::draw(&input))
    }

    #[test]
    fn p12_the_file_has_title_day_and_every_entry_of_the_legend_as_text() {
        for (legend, entries) in [
            (
                chart::legend(chart::Form::default(), 900.0),
                vec!["精业实干岗", "勤政先锋岗", "专项工作岗", "空缺"],
            ),
            (map_legend(), vec!["片区", "集镇片", "溪南片", "村界"]),
        ] {
            let sheet = sheet(&blank(3000.0, 1200.0), Some(&legend), &WORDS, 1.0);
            let svg = paint(&sheet, Palette::Light, &Options::default());
            for text in entries.into_iter().chain([WORDS.title, WORDS.day]) {
                assert!(svg.contains(&(">".to_owned() + text + "</text>")), "{text}");
            }
            // Each drawn once, textures of the legend beside those of the picture.
            assert_eq!(svg.matches("data-role=\"legend\"").count(), 1);
            let uses = svg.matches("url(#t").count();
            assert_eq!(svg.matches("<pattern ").count(), uses);
        }
    }
}
