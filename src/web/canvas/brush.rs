//! The context with a memory: a style is set only when it differs from the last one set.

use std::fmt::Write;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasPattern, CanvasRenderingContext2d, HtmlCanvasElement};

use crate::picture::palette::Palette;
use crate::picture::style::{Anchor, Dash, Face, Pattern, Role, Style};
use crate::picture::svg::defs::{TILE, stroke_width, strokes};
use crate::picture::svg::{HEI_STACK, SONG_STACK};

pub(super) struct Brush {
    context: CanvasRenderingContext2d,
    /// Last values set, compared by content; colours are static strings.
    fill: &'static str,
    stroke: &'static str,
    width: f64,
    dash: Option<(Dash, f64)>,
    font: Option<(Face, bool, f64)>,
    anchor: Option<Anchor>,
    alpha: f32,
    scratch: String,
    textures: Vec<(Pattern, &'static str, u32, CanvasPattern)>,
}

impl Brush {
    pub fn new(context: CanvasRenderingContext2d) -> Brush {
        // Borders of many short pieces join without spikes.
        context.set_line_join("round");
        Brush {
            context,
            fill: "",
            stroke: "",
            width: f64::NAN,
            dash: None,
            font: None,
            anchor: None,
            alpha: f32::NAN,
            scratch: String::new(),
            textures: Vec::new(),
        }
    }

    pub fn context(&self) -> &CanvasRenderingContext2d {
        &self.context
    }

    /// A resized canvas has lost its state.
    pub fn forget(&mut self) {
        let textures = std::mem::take(&mut self.textures);
        *self = Brush { textures, ..Brush::new(self.context.clone()) };
    }

    pub fn fill(&mut self, colour: &'static str) {
        if self.fill != colour {
            self.context.set_fill_style_str(colour);
            self.fill = colour;
        }
    }

    pub fn alpha(&mut self, alpha: f32) {
        if self.alpha != alpha {
            self.context.set_global_alpha(f64::from(alpha));
            self.alpha = alpha;
        }
    }

    pub fn stroke(&mut self, colour: &'static str, width: f64, dash: Dash) {
        if self.stroke != colour {
            self.context.set_stroke_style_str(colour);
            self.stroke = colour;
        }
        if self.width != width {
            self.context.set_line_width(width);
            self.width = width;
        }
        if self.dash != Some((dash, width)) {
            self.set_dash(dash, width);
            self.dash = Some((dash, width));
        }
    }

    fn set_dash(&self, dash: Dash, width: f64) {
        let segments = js_sys::Array::new();
        let parts: &[f64] = match dash {
            Dash::Solid => &[],
            Dash::Dashed => &[4.0, 3.0],
            Dash::Dotted => &[1.0, 2.0],
        };
        for part in parts {
            segments.push(&JsValue::from_f64(part * width));
        }
        // Fails only for values no dash has.
        let _ = self.context.set_line_dash(&segments);
    }

    /// Sets font and anchor; `px` in device pixels.
    pub fn font(&mut self, style: &Style, px: f64) {
        let key = (style.face, style.bold, px);
        if self.font != Some(key) {
            self.scratch.clear();
            let weight = if style.bold { "bold " } else { "" };
            let stack = if style.face == Face::Song { SONG_STACK } else { HEI_STACK };
            let _ = write!(self.scratch, "{weight}{px}px {stack}");
            self.context.set_font(&self.scratch);
            self.font = Some(key);
        }
        if self.anchor != Some(style.anchor) {
            self.context.set_text_align(match style.anchor {
                Anchor::Start => "left",
                Anchor::Middle => "center",
                Anchor::End => "right",
            });
            self.anchor = Some(style.anchor);
        }
    }

    /// Makes the fill a texture; `false` where there is none to make.
    pub fn texture(&mut self, style: &Style, palette: Palette, dpr: f64) -> bool {
        if style.pattern == Pattern::None || style.stroke == Role::Clear {
            return false;
        }
        let colour = palette.css(style.stroke);
        let side = (TILE * dpr).round().max(2.0) as u32;
        let known = |t: &&(Pattern, &str, u32, CanvasPattern)| {
            t.0 == style.pattern && t.1 == colour && t.2 == side
        };
        if self.textures.iter().find(known).is_none() {
            let Some(made) = self.weave(style.pattern, colour, side) else { return false };
            self.textures.push((style.pattern, colour, side, made));
        }
        let Some(found) = self.textures.iter().find(known) else { return false };
        self.context.set_fill_style_canvas_pattern(&found.3);
        self.fill = "";
        true
    }

    fn weave(&self, pattern: Pattern, colour: &str, side: u32) -> Option<CanvasPattern> {
        let document = self.context.canvas()?.owner_document()?;
        let tile: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
        tile.set_width(side);
        tile.set_height(side);
        let context = tile.get_context("2d").ok()??;
        let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
        let unit = f64::from(side);
        context.set_stroke_style_str(colour);
        context.set_line_width(stroke_width(pattern) * unit);
        context.set_line_cap("round");
        for [x0, y0, x1, y1] in strokes(pattern) {
            context.begin_path();
            context.move_to(x0 * unit, y0 * unit);
            // A line of no length is no dot everywhere: give it a hair.
            context.line_to(x1 * unit + 0.01, y1 * unit);
            context.stroke();
        }
        self.context.create_pattern_with_html_canvas_element(&tile, "repeat").ok()?
    }
}
