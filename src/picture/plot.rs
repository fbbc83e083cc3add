//! Statistic charts: plotters draws, our scene keeps what it drew, our painters paint it.
//!
//! [`Pen`] is a plotters backend that writes into a scene. Colours are roles, not RGB: plotters
//! carries a role number in its red byte and a texture in its green one ([`ink`], [`textured`]).
//! Text is measured by our tables, so charts are the same on the host and in the page.

mod bars;
mod gantt;
mod lines;
mod parts;
mod pyramid;
mod radar;

pub use bars::{BarChart, Series, bar_chart};
pub use gantt::{Bar, Gantt, gantt};
pub use lines::{Scale, line_chart};
pub use pyramid::pyramid;
pub use radar::radar;

use std::convert::Infallible;

use plotters::style::RGBColor;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontFamily, FontStyle, text_anchor::HPos, text_anchor::VPos,
};

use super::geom::Rect;
use super::scene::Builder;
use super::style::{
    Anchor, CATEGORY, Face, Font, PATTERNS, Pattern, Role, SEQUENCE, Style, StyleId,
};
use super::text::{TableMetrics, TextMetrics};

/// Roles a chart may use, in the order of their numbers.
const ROLES: [Role; 12] = [
    Role::Ink,
    Role::Quiet,
    Role::Mute,
    Role::Line,
    Role::LineStrong,
    Role::Vermilion,
    Role::Jade,
    Role::Amber,
    Role::Steady,
    Role::Vanguard,
    Role::Special,
    Role::Far,
];

fn roles() -> impl Iterator<Item = Role> {
    ROLES.into_iter().chain(CATEGORY).chain(SEQUENCE)
}

/// A role as plotters carries it. Roles a chart has no use for become ink.
pub fn ink(role: Role) -> RGBColor {
    RGBColor(roles().position(|r| r == role).unwrap_or(0) as u8, 0, 0)
}

/// A role with a texture.
pub fn textured(role: Role, pattern: Pattern) -> RGBColor {
    let RGBColor(red, ..) = ink(role);
    RGBColor(red, PATTERNS.iter().position(|p| *p == pattern).unwrap_or(0) as u8, 0)
}

/// A plotters backend over a scene builder; one plotters pixel is one world unit.
pub struct Pen<'a> {
    pub b: &'a mut Builder,
    pub size: (u32, u32),
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

const GROUND: u8 = 0;
const SHAPE: u8 = 1;
const WORDS: u8 = 2;

impl Pen<'_> {
    fn fill(&mut self, colour: BackendColor) -> StyleId {
        let (role, pattern) = (role(colour), PATTERNS[colour.rgb.1 as usize % PATTERNS.len()]);
        let style = Style::fill(role).alpha(colour.alpha as f32).textured(pattern, Role::Card);
        self.b.style(style)
    }

    fn stroke<S: BackendStyle>(&mut self, style: &S) -> StyleId {
        self.b.style(Style::line(role(style.color()), style.stroke_width().max(1) as f32))
    }
}

fn role(colour: BackendColor) -> Role {
    roles().nth(colour.rgb.0 as usize).unwrap_or(Role::Ink)
}

fn font<T: BackendTextStyle>(style: &T) -> Font {
    let song = matches!(style.family(), FontFamily::Serif);
    Font {
        face: if song { Face::Song } else { Face::Hei },
        bold: matches!(style.style(), FontStyle::Bold),
        size: style.size(),
    }
}

fn real((x, y): BackendCoord) -> (f64, f64) {
    (f64::from(x), f64::from(y))
}

impl DrawingBackend for Pen<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> Drawn {
        let (x, y) = real(at);
        let style = self.fill(colour);
        self.b.rect(SHAPE, style, Rect::sized(x, y, 1.0, 1.0), 0.0);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, s: &S) -> Drawn {
        if s.color().alpha > 0.0 {
            let style = self.stroke(s);
            self.b.line(GROUND, style, &[real(a), real(b)]);
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        s: &S,
        fill: bool,
    ) -> Drawn {
        if s.color().alpha > 0.0 {
            if a.0 == b.0 {
                // A box without width is a line: no painter shows it as a box.
                return self.draw_line(a, b, s);
            }
            let style = if fill { self.fill(s.color()) } else { self.stroke(s) };
            let ((x0, y0), (x1, y1)) = (real(a), real(b));
            let r = Rect { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) };
            self.b.rect(SHAPE, style, r, 0.0);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        s: &S,
    ) -> Drawn {
        let points: Vec<(f64, f64)> = path.into_iter().map(real).collect();
        if s.color().alpha > 0.0 && points.len() > 1 {
            let style = self.stroke(s);
            self.b.line(GROUND, style, &points);
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        s: &S,
        fill: bool,
    ) -> Drawn {
        let ((x, y), r) = (real(centre), f64::from(radius));
        let style = if fill { self.fill(s.color()) } else { self.stroke(s) };
        self.b.rect(SHAPE, style, Rect::sized(x - r, y - r, 2.0 * r, 2.0 * r), r);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        s: &S,
    ) -> Drawn {
        let style = self.fill(s.color());
        let ring: Vec<[f32; 2]> = path.into_iter().map(|(x, y)| [x as f32, y as f32]).collect();
        self.b.area(SHAPE, style, &[ring]);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, s: &T, at: BackendCoord) -> Drawn {
        let font = font(s);
        let anchor = match s.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let (x, y) = real(at);
        let drop = match s.anchor().v_pos {
            VPos::Top => 0.88,
            VPos::Center => 0.36,
            VPos::Bottom => -0.12,
        };
        let style = Style::text(role(s.color()), font.size as f32);
        let style = Style { face: font.face, bold: font.bold, anchor, ..style };
        let style = self.b.style(style);
        self.b.text(WORDS, style, x, y + drop * font.size, text);
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        s: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let font = font(s);
        let width = TableMetrics.width(text, font).ceil() as u32;
        Ok((width, (font.size * 1.2).ceil() as u32))
    }
}
