//! A public file made from a township: what was chosen, with the pictures residents may look at drawn from what
//! was chosen and nothing besides. Saves nothing.

use rustc_hash::FxHashSet;

use super::board::{BoardAsk, Said, board};
use super::chart::{ChartAsk, cards};
use crate::model::{Date, Township};
use crate::picture::board::{Wish, sheets};
use crate::picture::chart::{Form, draw};
use crate::picture::geom::Rect;
use crate::picture::palette::Palette;
use crate::picture::press::{DETAIL, PAPERS, Wanted};
use crate::picture::svg::{Options, paint};
use crate::publishing::edition::{Edition, Picture};
use crate::publishing::opening::{Unfit, fold};
use crate::publishing::page::{Contents, Program, without_program, write};
use crate::publishing::scan::{Found, Watch, find_in};
use crate::publishing::selection::{self, Selection};
use crate::rules::Links;

/// What is wanted of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub no: i64,
    pub made: Date,
    pub until: Date,
    pub map: bool,
    pub pictures: Vec<Picture>,
}

/// A file ready to be saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    pub contents: Contents,
    pub text: String,
}

impl Made {
    /// `None` where what was written does not read again.
    pub fn of(selection: &Selection, order: &Order, program: &Program) -> Option<Made> {
        let lines = selection.lines();
        let fold = fold(&lines)?;
        let township = fold.township();
        let links = Links::of(&township.on(order.made));
        let town = links.town.as_ref().map_or("", |town| &*town.name);
        let drawn = |picture: &Picture| {
            let title = [town, picture.label()].concat();
            let svg = match picture {
                Picture::Chart => chart(&links, &title),
                Picture::Board => notice_board(&links, &title),
            };
            (*picture, svg)
        };
        let edition = Edition {
            town: town.to_string(),
            no: order.no,
            made: order.made,
            until: order.until,
            map: order.map,
            program: env!("CARGO_PKG_VERSION").to_string(),
            hash: String::new(),
        };
        let pictures = order.pictures.iter().map(drawn).collect();
        let contents = Contents { edition, lines, pictures }.sealed();
        let text = write(program, &contents);
        Some(Made { contents, text })
    }

    /// What a scan of the file as text finds.
    pub fn found(&self, program: &Program, watch: &Watch) -> Vec<Found> {
        find_in(&without_program(&self.text, program, &self.contents), watch)
    }
}

/// A file somebody hands over to be checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub edition: Edition,
    /// Whether this very program made it: every byte of it is known.
    pub whole: bool,
    pub found: Vec<Found>,
}

/// Looks through a file as text.
pub fn check(text: &str, program: &Program, watch: Watch) -> Result<Checked, Unfit> {
    let contents = Contents::read(text)?;
    let fold = fold(&contents.lines).ok_or(Unfit::Damaged)?;
    let wanted = selection::Wanted { map: contents.edition.map };
    let inside = Selection::of(fold.township(), contents.edition.made, wanted);
    let watch = watch.knowing_codes(&inside);
    let whole = write(program, &contents) == text;
    let rest = if whole { without_program(text, program, &contents) } else { contents.words() };
    Ok(Checked { edition: contents.edition, whole, found: find_in(&rest, &watch) })
}

impl Order {
    /// What goes out of a township.
    pub fn selection(&self, township: &Township) -> Selection {
        Selection::of(township, self.made, selection::Wanted { map: self.map })
    }
}

/// Width of a sheet of the board, in pixels.
const SHEET: f64 = 800.0;

/// The chart of posts as SVG, without names of people who are not to be named.
pub fn chart(links: &Links, title: &str) -> String {
    let ask =
        ChartAsk { names: false, collapsed: FxHashSet::default(), form: Form::Tree, changed: None };
    let scene = draw(&cards(links, &ask)).scene;
    let options = Options { title: title.to_string(), nth: 1, ..Options::default() };
    paint(&scene, Palette::Light, &options)
}

/// The notice board as SVG, a sheet after the other.
pub fn notice_board(links: &Links, title: &str) -> String {
    let ask = BoardAsk {
        title: title.to_string(),
        without: FxHashSet::default(),
        said: vec![Said::Names, Said::Phone, Said::Place, Said::Windows],
        everybody: false,
    };
    let wanted = Wanted { paper: PAPERS[0], lying: false, across: 1 };
    let (w, h) = wanted.room();
    let made = sheets(&board(links, &ask), &Wish { room: (w, h), apart: false, size: 1.0 });
    let sheet = |(scene, nth)| {
        let options = Options {
            title: title.to_string(),
            window: Some(Rect::sized(0.0, 0.0, w, h)),
            width: Some(SHEET),
            detail: DETAIL,
            nth,
            ..Options::default()
        };
        paint(scene, Palette::Contrast, &options)
    };
    // The chart is the first picture of the page.
    made.iter().zip(2..).map(sheet).collect()
}
