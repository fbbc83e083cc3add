//! Paints a scene as SVG text: one `<g>` per group, text stays text, styles inline so that the
//! file stands alone. Measures nothing and places nothing.

pub mod defs;

use std::fmt::Write;

use super::geom::Rect;
use super::palette::Palette;
use super::scene::{GroupId, Item, Scene, Shape, Span};
use super::style::{Anchor, Dash, Face, Pattern, Role, Style, StyleId};

/// Font stacks by face; shared with the canvas painter.
pub const HEI_STACK: &str =
    "'Source Han Sans SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif";
pub const SONG_STACK: &str =
    "'Source Han Serif SC','Noto Serif CJK SC',STSong,SimSun,'Songti SC',serif";

/// How to write the file.
#[derive(Clone, Debug)]
pub struct Options {
    /// Width of the picture in CSS pixels; `None` keeps one pixel per world unit.
    pub width: Option<f64>,
    /// Paper around the scene, world units.
    pub margin: f64,
    /// Name of the whole picture, read by screen readers.
    pub title: String,
    /// Only what lies in here, world units, instead of all.
    pub window: Option<Rect>,
    /// How much closer than a screen of this width it will be read.
    pub detail: f64,
    /// Dashed lines to cut along.
    pub marks: Vec<[(f64, f64); 2]>,
    /// Which of several pictures in one page this is, from 1: the looks of each are its own. 0 stands alone.
    pub nth: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            width: None,
            margin: 24.0,
            title: String::new(),
            window: None,
            detail: 1.0,
            marks: Vec::new(),
            nth: 0,
        }
    }
}

/// The scene as a complete SVG document.
pub fn paint(scene: &Scene, palette: Palette, options: &Options) -> String {
    let view = options.window.unwrap_or_else(|| scene.bounds.grow(options.margin));
    let (w, h) = (view.width().max(1.0), view.height().max(1.0));
    let scale = options.width.map_or(1.0, |width| width / w);
    let mut svg = Writer {
        out: String::with_capacity(scene.items.len() * 90),
        scene,
        palette,
        scale,
        options,
        clips: 0,
    };
    svg.open(view.x0, view.y0, w, h, &options.title);
    svg.sheet();
    svg.groups();
    svg.marks();
    svg.out.push_str("</svg>\n");
    svg.out
}

struct Writer<'a> {
    out: String,
    scene: &'a Scene,
    palette: Palette,
    scale: f64,
    options: &'a Options,
    /// Areas cut out so far.
    clips: usize,
}

/// On the land of a map textures are so many times as coarse as on the narrow edge of a card.
const ON_LAND: f64 = 2.0;

impl Writer<'_> {
    fn open(&mut self, x: f64, y: f64, w: f64, h: f64, title: &str) {
        let (width, height) = (num(w * self.scale), num(h * self.scale));
        let (x, y, w, h) = (num(x), num(y), num(w), num(h));
        let _ = write!(
            self.out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"{x} {y} {w} {h}\" role=\"img\">\n<title>"
        );
        escape(&mut self.out, title);
        let paper = self.palette.css(Role::Paper);
        let _ = writeln!(
            self.out,
            "</title>\n<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{paper}\"/>"
        );
    }

    /// Of a class or a texture; told apart from those of other pictures in the page.
    fn name(&self, kind: char, at: usize) -> String {
        match self.options.nth {
            0 => format!("{kind}{at}"),
            nth => format!("{kind}{nth}-{at}"),
        }
    }

    /// One class per style of the scene, and the textures they use.
    fn sheet(&mut self) {
        self.out.push_str("<defs>");
        for (at, style) in self.scene.styles.iter().enumerate() {
            if style.pattern != Pattern::None {
                let scale = self.scale * self.options.detail;
                let id = self.name('t', at);
                defs::texture(&mut self.out, &id, style, self.palette, scale);
            }
        }
        self.out.push_str("<style>");
        for (at, style) in self.scene.styles.iter().enumerate() {
            let _ = write!(self.out, ".{}{{", self.name('s', at));
            self.rule(style);
            self.out.push('}');
        }
        self.out.push_str("</style></defs>\n");
    }

    fn rule(&mut self, style: &Style) {
        let fill = self.palette.css(style.fill);
        let _ = write!(self.out, "fill:{fill}");
        if style.alpha < 1.0 {
            let _ = write!(self.out, ";fill-opacity:{}", num(f64::from(style.alpha)));
        }
        if style.size > 0.0 {
            self.font(style);
        } else if style.width > 0.0 && style.stroke != Role::Clear {
            self.stroke(style);
        }
    }

    fn stroke(&mut self, style: &Style) {
        let width = f64::from(style.width) / if style.fixed { self.scale } else { 1.0 };
        let colour = self.palette.css(style.stroke);
        let _ = write!(self.out, ";stroke:{colour};stroke-width:{}", num(width));
        match style.dash {
            Dash::Solid => {}
            Dash::Dashed => {
                let _ =
                    write!(self.out, ";stroke-dasharray:{} {}", num(width * 4.0), num(width * 3.0));
            }
            Dash::Dotted => {
                let _ = write!(self.out, ";stroke-dasharray:{} {}", num(width), num(width * 2.0));
            }
        }
    }

    fn font(&mut self, style: &Style) {
        let stack = if style.face == Face::Song { SONG_STACK } else { HEI_STACK };
        let size = f64::from(style.size) / if style.fixed { self.scale } else { 1.0 };
        let _ = write!(self.out, ";font-family:{stack};font-size:{}px", num(size));
        if style.bold {
            self.out.push_str(";font-weight:700");
        }
        match style.anchor {
            Anchor::Start => {}
            Anchor::Middle => self.out.push_str(";text-anchor:middle"),
            Anchor::End => self.out.push_str(";text-anchor:end"),
        }
        self.out.push_str(";font-variant-numeric:tabular-nums");
        if style.halo {
            let paper = self.palette.css(Role::Paper);
            let rim = num(size * 0.24);
            let _ = write!(
                self.out,
                ";paint-order:stroke;stroke:{paper};stroke-width:{rim};stroke-linejoin:round"
            );
        }
    }

    fn groups(&mut self) {
        for at in 0..self.scene.groups.len() as u32 {
            self.group(GroupId(at));
        }
    }

    fn marks(&mut self) {
        let ink = self.palette.css(Role::Quiet);
        for [(x0, y0), (x1, y1)] in &self.options.marks {
            let [x0, y0, x1, y1] = [x0, y0, x1, y1].map(|at| num(*at));
            let (width, dash) = (num(0.8 / self.scale), num(4.0 / self.scale));
            let _ = writeln!(
                self.out,
                "<path d=\"M{x0} {y0}L{x1} {y1}\" fill=\"none\" stroke=\"{ink}\" \
                 stroke-width=\"{width}\" stroke-dasharray=\"{dash}\"/>"
            );
        }
    }

    fn group(&mut self, id: GroupId) {
        let scene = self.scene;
        let outside = |window: Rect| !scene.group(id).bounds.touches(&window);
        if self.options.window.is_some_and(outside) {
            return;
        }
        let shown: Vec<&Item> =
            scene.group_items(id).iter().filter(|item| self.shows(item)).collect();
        if shown.is_empty() {
            return;
        }
        let group = scene.group(id);
        self.out.push_str("<g id=\"");
        escape(&mut self.out, &group.id);
        let _ = write!(self.out, "\" data-role=\"{}\">", group.role);
        if !group.title.is_empty() {
            self.out.push_str("<title>");
            escape(&mut self.out, &group.title);
            self.out.push_str("</title>");
        }
        for item in shown {
            self.item(item);
        }
        self.out.push_str("</g>\n");
    }

    /// Whether an item is there at this scale. Words of a fixed size are as large as ever, however close they are read:
    /// closer ones would lie on each other.
    fn shows(&self, item: &Item) -> bool {
        let is_fixed =
            matches!(item.shape, Shape::Text { .. }) && self.scene.style(item.style).fixed;
        let detail = if is_fixed { 1.0 } else { self.options.detail };
        item.lod.shows((self.scale * detail) as f32)
    }

    fn item(&mut self, item: &Item) {
        let style = self.scene.style(item.style);
        let start = self.out.len();
        self.shape(item, item.style, None);
        if style.pattern != Pattern::None && self.out.len() > start {
            let side = defs::TILE / self.scale / self.options.detail;
            match item.shape {
                Shape::Rect { x, y, w, h, .. } if self.options.detail > 1.0 => {
                    let [x, y, w, h] = [x, y, w, h].map(f64::from);
                    self.strokes(style, &Rect::sized(x, y, w, h), side);
                }
                Shape::Area(rings) if self.options.detail > 1.0 => {
                    self.clipped(style, rings, side * ON_LAND);
                }
                _ => self.shape(item, item.style, Some(style.pattern)),
            }
        }
    }

    /// A texture on paper, cut to an area.
    fn clipped(&mut self, style: &Style, rings: Span, side: f64) {
        let scene = self.scene;
        let points = || scene.rings[rings.range()].iter().flat_map(|ring| scene.points(*ring));
        let corner = |p: &[f32; 2]| Rect::sized(f64::from(p[0]), f64::from(p[1]), 0.0, 0.0);
        let around = points().fold(Rect::EMPTY, |all, p| all.union(&corner(p)));
        let id = self.name('c', self.clips);
        self.clips += 1;
        let _ = write!(self.out, "<clipPath id=\"{id}\"><path clip-rule=\"evenodd\" d=\"");
        for ring in &scene.rings[rings.range()] {
            self.path(scene.points(*ring), true);
        }
        let _ = write!(self.out, "\"/></clipPath><g clip-path=\"url(#{id})\">");
        self.strokes(style, &around, side);
        self.out.push_str("</g>");
    }

    /// A texture on paper.
    fn strokes(&mut self, style: &Style, r: &Rect, side: f64) {
        let colour = self.palette.css(style.stroke);
        let width = num(defs::stroke_width(style.pattern) * side);
        let cap = if style.pattern == Pattern::Dots { "round" } else { "butt" };
        let _ = write!(
            self.out,
            "<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linecap=\"{cap}\" d=\""
        );
        for [x0, y0, x1, y1] in defs::strokes_in(style.pattern, r, side) {
            let [x0, y0, x1, y1] = [x0, y0, x1, y1].map(num);
            let _ = write!(self.out, "M{x0} {y0}L{x1} {y1}");
        }
        self.out.push_str("\"/>");
    }

    /// One element; with a texture, the same shape once more filled with it.
    fn shape(&mut self, item: &Item, id: StyleId, texture: Option<Pattern>) {
        let paint = match texture {
            None => format!("class=\"{}\"", self.name('s', usize::from(id.0))),
            Some(_) => format!("fill=\"url(#{})\"", self.name('t', usize::from(id.0))),
        };
        match item.shape {
            Shape::Rect { x, y, w, h, r } => {
                let [x, y, w, h, r] = [x, y, w, h, r].map(|v| num(f64::from(v)));
                let _ = write!(self.out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"");
                if r != "0" {
                    let _ = write!(self.out, " rx=\"{r}\"");
                }
                let _ = write!(self.out, " {paint}/>");
            }
            Shape::Line(span) => {
                let _ = write!(self.out, "<path {paint} fill=\"none\" d=\"");
                self.path(self.scene.points(span), false);
                self.out.push_str("\"/>");
            }
            Shape::Lines(span) => {
                let _ = write!(self.out, "<path {paint} fill=\"none\" d=\"");
                for line in &self.scene.rings[span.range()] {
                    self.path(self.scene.points(*line), false);
                }
                self.out.push_str("\"/>");
            }
            Shape::Area(span) => {
                let _ = write!(self.out, "<path {paint} fill-rule=\"evenodd\" d=\"");
                for ring in &self.scene.rings[span.range()] {
                    self.path(self.scene.points(*ring), true);
                }
                self.out.push_str("\"/>");
            }
            Shape::Text { x, y, chars } => {
                let style = self.scene.style(id);
                if style.vertical {
                    return self.upright(&paint, (x, y), style, self.scene.text(chars));
                }
                let (x, y) = (num(f64::from(x)), num(f64::from(y)));
                let _ = write!(self.out, "<text {paint} x=\"{x}\" y=\"{y}\"");
                if style.fixed {
                    // A fixed label hangs on its middle.
                    let _ = write!(self.out, " dy=\"{}em\"", num(0.36 + f64::from(style.drop)));
                }
                self.out.push('>');
                escape(&mut self.out, self.scene.text(chars));
                self.out.push_str("</text>");
            }
            Shape::Image { x, y, w, h, chars } => {
                let [x, y, w, h] = [x, y, w, h].map(|v| num(f64::from(v)));
                let _ = write!(
                    self.out,
                    "<image x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" \
                     preserveAspectRatio=\"xMidYMid slice\" href=\""
                );
                escape(&mut self.out, self.scene.text(chars));
                self.out.push_str("\"/>");
            }
        }
    }

    /// A text whose characters stand one below the other, each with a place of its own: programs differ in
    /// how they set upright lines, and a text in one piece can still be searched.
    fn upright(&mut self, paint: &str, (x, y): (f32, f32), style: &Style, text: &str) {
        let count = text.chars().count();
        let places = |place: &dyn Fn(usize) -> f32| {
            let places: Vec<String> = (0..count).map(|at| num(f64::from(place(at)))).collect();
            places.join(" ")
        };
        let (xs, ys) = (places(&|_| x), places(&|at| y + at as f32 * style.size));
        let _ = write!(self.out, "<text {paint} x=\"{xs}\" y=\"{ys}\">");
        escape(&mut self.out, text);
        self.out.push_str("</text>");
    }

    fn path(&mut self, points: &[[f32; 2]], closed: bool) {
        for (at, [x, y]) in points.iter().enumerate() {
            self.out.push(if at == 0 { 'M' } else { 'L' });
            let (x, y) = (num(f64::from(*x)), num(f64::from(*y)));
            let _ = write!(self.out, "{x} {y}");
        }
        if closed {
            self.out.push('Z');
        }
    }
}

/// A number with at most two decimals and no needless zeros.
pub(super) fn num(v: f64) -> String {
    if !v.is_finite() {
        return "0".to_owned();
    }
    let rounded = (v * 100.0).round() / 100.0;
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// Writes text so that no mark of it can open an element, close an attribute or break XML.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::scene::{Builder, Lod};
    use super::*;

    fn one(title: &str) -> String {
        let mut b = Builder::default();
        let fill = b.style(Style::boxed(Role::Card, Role::Line, 1.0));
        let text = b.style(Style::text(Role::Ink, 14.0));
        b.group(title, "post", title);
        b.rect(1, fill, Rect::sized(0.0, 0.0, 100.0, 40.0), 2.0);
        b.text(2, text, 8.0, 24.5, title);
        paint(&b.finish(), Palette::Light, &Options::default())
    }

    #[test]
    fn p9_a_script_in_a_title_stays_text() {
        let svg = one("<script>alert('1')</script>\" onload=\"x\0]]>");
        assert!(!svg.contains("<script") && !svg.contains("]]>"));
        assert!(!svg.contains("\" onload=\"x") && !svg.contains('\0'));
        assert!(svg.contains("&lt;script&gt;alert(&#39;1&#39;)"));
    }

    #[test]
    fn p9_text_stays_text_and_groups_keep_their_ids() {
        let svg = one("文书岗");
        assert!(svg.contains("<g id=\"文书岗\" data-role=\"post\"><title>文书岗</title>"));
        assert!(svg.contains("x=\"8\" y=\"24.5\">文书岗</text>"));
    }

    #[test]
    fn what_is_too_small_at_the_asked_width_is_left_out() {
        let mut b = Builder::default();
        let text = b.style(Style::text(Role::Ink, 14.0));
        b.group("a", "post", "");
        b.lod(Lod::from(0.5));
        b.text(2, text, 0.0, 0.0, "细");
        b.lod(Lod::ALWAYS);
        b.text(2, text, 900.0, 0.0, "粗");
        let scene = b.finish();
        let small = Options { width: Some(200.0), ..Options::default() };
        let svg = paint(&scene, Palette::Light, &small);
        assert!(svg.contains('粗') && !svg.contains('细'));
    }
    #[test]
    fn p16_names_of_a_fixed_size_on_paper_are_those_that_have_room() {
        let mut b = Builder::default();
        let name = b.style(Style::text(Role::Ink, 14.0).fixed());
        let word = b.style(Style::text(Role::Ink, 14.0));
        b.group("a", "cell", "");
        b.lod(Lod::from(2.0));
        b.text(2, name, 0.0, 0.0, "网格");
        b.text(2, word, 900.0, 0.0, "岗位");
        let scene = b.finish();
        let paper = Options { detail: 2.2, ..Options::default() };
        let svg = paint(&scene, Palette::Print, &paper);
        assert!(svg.contains("岗位") && !svg.contains("网格"));
    }

    #[test]
    fn p16_the_texture_of_land_on_paper_is_strokes_cut_to_it() {
        let mut b = Builder::default();
        let style = b.style(Style::fill(Role::Jade).textured(Pattern::Rows, Role::Ink));
        for x in [0.0, 100.0] {
            b.group("cell", "cell", "");
            b.area(1, style, &[vec![[x, 0.0], [x + 90.0, 0.0], [x + 90.0, 90.0]]]);
        }
        let scene = b.finish();
        let svg = paint(&scene, Palette::Print, &Options { detail: 2.0, ..Options::default() });
        assert!(!svg.contains("url(#t"), "printers' programs make an image of a pattern");
        for id in ["c0", "c1"] {
            assert!(svg.contains(&format!("<clipPath id=\"{id}\">")));
            assert!(svg.contains(&format!("<g clip-path=\"url(#{id})\"><path fill=\"none\"")));
        }
    }

    #[test]
    fn p27_pictures_in_one_page_have_looks_of_their_own() {
        let of = |nth: usize, role: Role, pattern: Pattern| {
            let mut b = Builder::default();
            let style = b.style(Style::fill(role).textured(pattern, Role::Card));
            b.area(1, style, &[vec![[0.0, 0.0], [9.0, 0.0], [9.0, 9.0]]]);
            paint(&b.finish(), Palette::Light, &Options { nth, ..Options::default() })
        };
        let (first, second) = (of(1, Role::Jade, Pattern::Hatch), of(2, Role::Ink, Pattern::Dots));
        assert!(first.contains(".s1-0{") && first.contains("url(#t1-0)"), "{first}");
        assert!(second.contains(".s2-0{") && !second.contains("1-0"), "{second}");
    }
}
