//! How a primitive looks, by role: what it means, not which colour it is.
//!
//! A style names token roles; `palette` gives the colours of one theme. So one scene paints on
//! screen, in high contrast and on paper.

/// What a colour stands for. `palette::Palette` gives one colour for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Role {
    /// No paint at all.
    Clear,
    Paper,
    Card,
    Panel,
    Line,
    LineStrong,
    Ink,
    Quiet,
    Mute,
    /// Text on a block of ink.
    Inverse,
    /// The thing missing or to be done (朱).
    Vermilion,
    VermilionSoft,
    /// In order (青).
    Jade,
    JadeSoft,
    /// Soon due.
    Amber,
    AmberSoft,
    /// 精业实干岗
    Steady,
    /// 勤政先锋岗
    Vanguard,
    /// 专项工作岗
    Special,
    /// A card seen from so far away that only its place counts.
    Far,
    /// Hover and selection.
    Accent,
    NoData,
    /// Ink of the textures that go with category colours.
    Texture,
    Cat0,
    Cat1,
    Cat2,
    Cat3,
    Cat4,
    Cat5,
    Cat6,
    Cat7,
    Seq0,
    Seq1,
    Seq2,
    Seq3,
    Seq4,
    /// What is wrong, to be looked after and well, as land: light enough for names and borders to stand on.
    LandRed,
    LandAmber,
    LandJade,
}

/// Category colours in their order of use; told apart with the common kinds of colour blindness.
pub const CATEGORY: [Role; 8] = [
    Role::Cat0,
    Role::Cat1,
    Role::Cat2,
    Role::Cat3,
    Role::Cat4,
    Role::Cat5,
    Role::Cat6,
    Role::Cat7,
];

/// Five classes of one quantity, from little to much.
pub const SEQUENCE: [Role; 5] = [Role::Seq0, Role::Seq1, Role::Seq2, Role::Seq3, Role::Seq4];

/// A drawn texture over a fill, so that a class reads without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Pattern {
    None,
    /// Lines rising to the right.
    Hatch,
    /// Lines falling to the right.
    BackHatch,
    Cross,
    Dots,
    Bars,
    Rows,
}

/// Textures in their order of use beside [`CATEGORY`].
pub const PATTERNS: [Pattern; 7] = [
    Pattern::None,
    Pattern::Hatch,
    Pattern::Dots,
    Pattern::BackHatch,
    Pattern::Rows,
    Pattern::Cross,
    Pattern::Bars,
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Dash {
    Solid,
    Dashed,
    Dotted,
}

/// Hei for text and figures, Song for headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Face {
    Hei,
    Song,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// One row of a scene's style table; items refer to it by [`StyleId`].
///
/// Lengths are world units, except where `fixed` says they are screen pixels at any scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Area colour, or the colour of the letters.
    pub fill: Role,
    /// Outline colour; with `pattern`, also the colour of the texture.
    pub stroke: Role,
    pub width: f32,
    pub dash: Dash,
    pub pattern: Pattern,
    /// Opacity of the fill, 0 to 1.
    pub alpha: f32,
    pub size: f32,
    pub bold: bool,
    pub face: Face,
    pub anchor: Anchor,
    /// Text runs downwards, one character below the other (竖排).
    pub vertical: bool,
    /// Paper-coloured rim around letters, so that they read on any fill.
    pub halo: bool,
    /// Text size is in screen pixels and does not grow with the scale.
    pub fixed: bool,
    /// How far below its point a fixed text hangs, in ems: lines of one label share their point.
    pub drop: f32,
}

/// Index into a scene's style table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StyleId(pub u16);

impl Style {
    const BARE: Style = Style {
        fill: Role::Clear,
        stroke: Role::Clear,
        width: 0.0,
        dash: Dash::Solid,
        pattern: Pattern::None,
        alpha: 1.0,
        size: 0.0,
        bold: false,
        face: Face::Hei,
        anchor: Anchor::Start,
        vertical: false,
        halo: false,
        fixed: false,
        drop: 0.0,
    };

    pub const fn fill(role: Role) -> Style {
        Style { fill: role, ..Style::BARE }
    }

    pub const fn line(role: Role, width: f32) -> Style {
        Style { stroke: role, width, ..Style::BARE }
    }

    /// A filled box with an outline.
    pub const fn boxed(fill: Role, stroke: Role, width: f32) -> Style {
        Style { fill, stroke, width, ..Style::BARE }
    }

    pub const fn text(role: Role, size: f32) -> Style {
        Style { fill: role, size, ..Style::BARE }
    }

    pub const fn bold(self) -> Style {
        Style { bold: true, ..self }
    }

    pub const fn song(self) -> Style {
        Style { face: Face::Song, ..self }
    }

    /// One character below the other.
    pub const fn upright(self) -> Style {
        Style { vertical: true, ..self }
    }

    pub const fn middle(self) -> Style {
        Style { anchor: Anchor::Middle, ..self }
    }

    pub const fn end(self) -> Style {
        Style { anchor: Anchor::End, ..self }
    }

    pub const fn dashed(self, dash: Dash) -> Style {
        Style { dash, ..self }
    }

    pub const fn textured(self, pattern: Pattern, ink: Role) -> Style {
        Style { pattern, stroke: ink, ..self }
    }

    pub const fn fixed(self) -> Style {
        Style { fixed: true, ..self }
    }

    pub const fn haloed(self) -> Style {
        Style { halo: true, ..self }
    }

    pub const fn alpha(self, alpha: f32) -> Style {
        Style { alpha, ..self }
    }

    /// With its lengths `k` times as large, where they are world units.
    pub fn times(&self, k: f32) -> Style {
        let k = if self.fixed { 1.0 } else { k };
        Style { width: self.width * k, size: self.size * k, ..*self }
    }

    /// The font of this style, as the metrics know it.
    pub const fn font(&self) -> Font {
        Font { face: self.face, bold: self.bold, size: self.size as f64 }
    }
}

/// What a width depends on. `size` is the em in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    pub face: Face,
    pub bold: bool,
    pub size: f64,
}
