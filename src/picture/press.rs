//! Sheets of paper: how a picture is cut so that it can be printed and hung. Millimetres for paper, world units
//! for the picture. Paints nothing.

use super::geom::Rect;
use super::scene::Scene;

/// A size of paper, upright.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// As CSS and people call it.
    pub name: &'static str,
    pub w: f64,
    pub h: f64,
}

/// GB/T 148 (ISO 216).
pub const PAPERS: [Paper; 2] =
    [Paper { name: "A4", w: 210.0, h: 297.0 }, Paper { name: "A3", w: 297.0, h: 420.0 }];

/// White on every side, which no printer of an office prints on.
pub const MARGIN: f64 = 10.0;

/// Above every part: title, day, number of the sheet.
pub const HEAD: f64 = 9.0;

/// What two sheets beside each other both show, to be glued on each other.
pub const OVERLAP: f64 = 8.0;

/// A picture is wanted larger on paper by this than on screen: it is read from closer, and printed finer.
pub const DETAIL: f64 = 2.2;

/// Millimetres for a world unit: below the first the words of a card are too small to read (13 units, 2.1 mm), above the
/// second they shout.
pub const SMALLEST: f64 = 0.16;
pub const LARGEST: f64 = 0.5;

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    pub paper: Paper,
    pub lying: bool,
    /// Sheets beside each other; 1 puts all on one.
    pub across: usize,
}

/// A part of a picture on a sheet of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// World units.
    pub view: Rect,
    pub column: usize,
    pub row: usize,
}

/// How a picture is cut.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheets {
    /// From left to right and from top to bottom; sheets with nothing on them are left out.
    pub cuts: Vec<Cut>,
    /// Millimetres for a world unit.
    pub scale: f64,
    /// What a sheet has for the picture, millimetres.
    pub room: (f64, f64),
}

impl Wanted {
    /// Millimetres of the whole sheet.
    pub fn size(&self) -> (f64, f64) {
        let Paper { w, h, .. } = self.paper;
        if self.lying { (h, w) } else { (w, h) }
    }

    /// Millimetres the sheet has for the picture.
    pub fn room(&self) -> (f64, f64) {
        let (w, h) = self.size();
        (w - 2.0 * MARGIN, h - 2.0 * MARGIN - HEAD)
    }

    /// A whole sheet of what is drawn in millimetres already.
    pub fn page(&self) -> Cut {
        let (w, h) = self.room();
        Cut { view: Rect::sized(0.0, 0.0, w, h), column: 0, row: 0 }
    }

    /// The sheets for a picture.
    pub fn sheets(&self, scene: &Scene) -> Sheets {
        let all = drawn(scene);
        if self.across <= 1 {
            return self.whole(&all, f64::INFINITY);
        }
        let scale = (self.across as f64 * (self.room().0 - OVERLAP) + OVERLAP) / all.width();
        self.tiled(scene, &all, scale, self.across)
    }

    /// One sheet where its words can be read on it, else as many as that takes.
    pub fn readable(&self, scene: &Scene) -> Sheets {
        let all = drawn(scene);
        let whole = self.whole(&all, LARGEST);
        if whole.scale >= SMALLEST {
            return whole;
        }
        let columns = strips(all.width() * SMALLEST, self.room().0 - OVERLAP);
        self.tiled(scene, &all, SMALLEST, columns)
    }

    /// All on one sheet, in the middle, no larger than `most` millimetres for a world unit.
    fn whole(&self, all: &Rect, most: f64) -> Sheets {
        let room = self.room();
        let scale = (room.0 / all.width()).min(room.1 / all.height()).min(most);
        let (w, h) = (room.0 / scale, room.1 / scale);
        let view = Rect::sized(all.x0 - (w - all.width()) / 2.0, all.y0, w, h);
        Sheets { cuts: vec![Cut { view, column: 0, row: 0 }], scale, room }
    }

    /// In so many columns that overlap.
    fn tiled(&self, scene: &Scene, all: &Rect, scale: f64, columns: usize) -> Sheets {
        let room = self.room();
        let step = (room.0 - OVERLAP, room.1 - OVERLAP);
        let rows = strips(all.height() * scale, step.1);
        let cut = |at: usize| {
            let (column, row) = (at % columns, at / columns);
            let (x, y) = (column as f64 * step.0 / scale, row as f64 * step.1 / scale);
            let view = Rect::sized(all.x0 + x, all.y0 + y, room.0 / scale, room.1 / scale);
            Cut { view, column, row }
        };
        let shows = |cut: &Cut| scene.groups.iter().any(|group| group.bounds.touches(&cut.view));
        let cuts = (0..columns * rows).map(cut).filter(shows).collect();
        Sheets { cuts, scale, room }
    }
}

/// What is to be on paper, with a little air.
fn drawn(scene: &Scene) -> Rect {
    let all = if scene.bounds.is_empty() { Rect::sized(0.0, 0.0, 1.0, 1.0) } else { scene.bounds };
    all.grow(all.width().max(all.height()) * 0.005)
}

/// How many sheets in a row or column take a length, each going on so much after the last; millimetres.
fn strips(length: f64, step: f64) -> usize {
    ((length - OVERLAP) / step - 1e-9).ceil().max(1.0) as usize
}

impl Cut {
    /// Whether these words stand on the sheet as its title already.
    pub fn says(&self, scene: &Scene, title: &str) -> bool {
        let titles = scene.groups.iter().filter(|group| matches!(group.role, "sheet" | "title"));
        let mut titles = titles.filter(|group| &*group.title == title);
        titles.any(|group| group.bounds.touches(&self.view))
    }
}

impl Sheets {
    /// Where to cut a sheet that goes on at the right or below: lines within the view, world units.
    pub fn marks(&self, cut: &Cut) -> Vec<[(f64, f64); 2]> {
        let has = |column: usize, row: usize| {
            self.cuts.iter().any(|other| (other.column, other.row) == (column, row))
        };
        let (view, glue) = (&cut.view, OVERLAP / self.scale);
        let mut marks = Vec::new();
        if has(cut.column + 1, cut.row) {
            let x = view.x1 - glue;
            marks.push([(x, view.y0), (x, view.y1)]);
        }
        if has(cut.column, cut.row + 1) {
            let y = view.y1 - glue;
            marks.push([(view.x0, y), (view.x1, y)]);
        }
        marks
    }
}

/// All sheets: those of the index, then those of each part.
pub struct Book {
    /// Pictures in their order, and how each is cut.
    pub leaves: Vec<(Scene, Sheets)>,
    /// Name of each part and the sheet it begins on, from 1.
    pub begins: Vec<(String, usize)>,
}

impl Book {
    pub fn count(&self) -> usize {
        self.leaves.iter().map(|(_, sheets)| sheets.cuts.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::scene::Builder;
    use super::super::style::{Role, Style};
    use super::*;

    /// Cards of 100 × 40 at these places.
    fn scene(places: &[(f64, f64)]) -> Scene {
        let mut b = Builder::default();
        let style = b.style(Style::boxed(Role::Card, Role::Line, 1.0));
        for (at, (x, y)) in places.iter().enumerate() {
            b.group(&format!("post/{at}"), "post", "");
            b.rect(0, style, Rect::sized(*x, *y, 100.0, 40.0), 0.0);
        }
        b.finish()
    }

    fn wanted(at: usize, lying: bool, across: usize) -> Wanted {
        Wanted { paper: PAPERS[at], lying, across }
    }

    #[test]
    fn p16_all_fits_on_one_sheet_in_the_middle() {
        let scene = scene(&[(0.0, 0.0), (900.0, 300.0)]);
        let sheets = wanted(0, true, 1).sheets(&scene);
        let view = sheets.cuts[0].view;
        assert_eq!((sheets.cuts.len(), sheets.room), (1, (277.0, 181.0)));
        assert!(view.contains(0.0, 0.0) && view.contains(1000.0, 340.0));
        assert!((view.center().0 - 500.0).abs() < 1e-6);
        assert!(sheets.marks(&sheets.cuts[0]).is_empty());
    }

    #[test]
    fn p16_a_sheet_with_nothing_on_it_is_left_out() {
        let scene = scene(&[(0.0, 0.0), (900.0, 0.0), (0.0, 900.0)]);
        let sheets = wanted(0, false, 2).sheets(&scene);
        let places: Vec<(usize, usize)> = sheets.cuts.iter().map(|c| (c.column, c.row)).collect();
        assert_eq!(places, [(0, 0), (1, 0), (0, 1)]);
        let marks = |at: usize| sheets.marks(&sheets.cuts[at]).len();
        assert_eq!((marks(0), marks(1), marks(2)), (2, 0, 0));
    }

    #[test]
    fn p28_a_title_is_known_on_the_sheets_that_show_it() {
        let mut b = Builder::of(scene(&[(0.0, 0.0), (0.0, 900.0)]));
        let style = b.style(Style::text(Role::Ink, 20.0));
        b.group("sheet", "sheet", "架构图");
        b.text(0, style, 0.0, -20.0, "架构图");
        let scene = b.finish();
        let sheets = wanted(0, true, 2).sheets(&scene);
        let says: Vec<bool> = sheets.cuts.iter().map(|cut| cut.says(&scene, "架构图")).collect();
        assert!(says[0] && says.contains(&false), "{says:?}");
        assert!(!sheets.cuts[0].says(&scene, "地图"));
    }

    #[test]
    fn p16_nothing_at_all_is_one_sheet_or_none() {
        let empty = Builder::default().finish();
        assert_eq!(wanted(1, true, 1).sheets(&empty).cuts.len(), 1);
        assert_eq!(wanted(1, true, 3).sheets(&empty).cuts.len(), 0);
    }

    proptest! {
        #[test]
        fn p16_every_card_is_on_a_sheet_and_neighbours_share_a_strip(
            places in prop::collection::vec((-5e3f64..5e3, -5e3f64..5e3), 1..40),
            at in 0usize..2, lying: bool, across in 1usize..6,
        ) {
            let scene = scene(&places);
            let sheets = wanted(at, lying, across).sheets(&scene);
            for (x, y) in &places {
                for (x, y) in [(*x, *y), (x + 100.0, y + 40.0)] {
                    prop_assert!(sheets.cuts.iter().any(|cut| cut.view.contains(x, y)), "{x} {y}");
                }
            }
            for cut in &sheets.cuts {
                let right = sheets.cuts.iter().find(|c| (c.column, c.row) == (cut.column + 1, cut.row));
                if let Some(right) = right {
                    let strip = (cut.view.x1 - right.view.x0) * sheets.scale;
                    prop_assert!((strip - OVERLAP).abs() < 1e-6, "{strip} mm");
                }
            }
        }
    }
}
