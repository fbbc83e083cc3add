//! The styles of the architecture chart and the scales at which its parts show.

use crate::picture::scene::{Builder, Lod};
use crate::picture::style::{Dash, Pattern, Role, Style, StyleId};

/// Back to front.
pub(super) mod plane {
    pub const FRAME: u8 = 0;
    pub const LINK: u8 = 1;
    pub const CARD: u8 = 2;
    pub const DETAIL: u8 = 3;
    pub const TEXT: u8 = 4;
    pub const PLATE: u8 = 5;
    pub const NAME: u8 = 6;
}

/// Below this scale a card is a block.
pub(super) const NEAR: f64 = 0.24;
pub(super) const NEAR_LOD: Lod = Lod { from: NEAR as f32, to: f32::INFINITY };
pub(super) const FAR_LOD: Lod = Lod { from: 0.0, to: NEAR as f32 };
/// What stands below the topmost name.
pub(super) const HEAD: f64 = 0.3;
/// Names of units; from further away they stand large over their posts (`far`).
pub(super) const NAME: f64 = 0.4;
/// Titles and holders of posts, in large type and nothing beside them.
pub(super) const MID: f64 = 0.36;
/// From here on a post shows all it has, in small type.
pub(super) const FULL: f64 = 0.8;
/// Leaders with their offices, whose names fill their cards from further away (`far`); titles of posts
/// where there is no large type.
pub(super) const TITLE: f64 = 0.44;
/// Counts and notes.
pub(super) const BODY: f64 = 0.45;

pub(super) const POST_TITLE: Style = Style::text(Role::Ink, 14.0).bold();
pub(super) const UNIT_TITLE: Style = Style::text(Role::Ink, 22.0).bold().song();
pub(super) const UNIT_NOTE: Style = Style::text(Role::Quiet, 15.0);
pub(super) const ROOT_TITLE: Style = Style::text(Role::Inverse, 34.0).bold().song().middle();
pub(super) const ROOT_NOTE: Style = Style::text(Role::Inverse, 17.0).middle();
pub(super) const LEADER_NAME: Style = Style::text(Role::Ink, 28.0).bold().song().middle();
pub(super) const LEADER_POST: Style = Style::text(Role::Quiet, 17.0).middle();
pub(super) const MID_TITLE: Style = Style::text(Role::Ink, 18.0).bold();
pub(super) const MID_NAMES: Style = Style::text(Role::Ink, 15.0);
pub(super) const UPRIGHT_TITLE: Style = Style::text(Role::Ink, 17.0).bold().middle().upright();
pub(super) const UPRIGHT_PAIR: Style = Style::text(Role::Ink, 14.0).bold().middle();
pub(super) const UPRIGHT_NAME: Style = Style::text(Role::Ink, 15.0).middle().upright();
pub(super) const BODY_TEXT: Style = Style::text(Role::Quiet, 12.0);
pub(super) const FINE_TEXT: Style = Style::text(Role::Quiet, 10.0);

/// Sizes a heading is tried in, as parts of its own: a long name is set smaller before it is cut.
pub(super) const PARTS: [f32; 3] = [1.0, 0.84, 0.7];

/// A style at `size` times its size.
pub(super) const fn sized(style: Style, size: f32) -> Style {
    Style { size: style.size * size, ..style }
}

/// The style in each of [`PARTS`], `size` times as large.
#[inline(never)]
fn steps(b: &mut Builder, style: Style, size: f32) -> [StyleId; 3] {
    PARTS.map(|part| b.style(sized(style, size * part)))
}

macro_rules! looks {
    ($($name:ident: $style:expr;)*
     @steps $($step:ident: $wide:expr;)*
     @headings $($head:ident: $big:expr;)*) => {
        /// Ids of every style the chart uses; some in each of [`PARTS`].
        #[derive(Clone, Copy, Default)]
        pub(super) struct Looks {
            $(pub $name: StyleId,)*
            $(pub $step: [StyleId; 3],)*
            $(pub $head: [StyleId; 3],)*
        }

        impl Looks {
            /// With headings `heads` times their size.
            pub fn new(b: &mut Builder, heads: f32) -> Looks {
                Looks {
                    $($name: b.style($style),)*
                    $($step: steps(b, $wide, 1.0),)*
                    $($head: steps(b, $big, heads),)*
                }
            }
        }
    };
}

looks! {
    frame: Style::boxed(Role::Panel, Role::Line, 1.0);
    frame_far: Style::fill(Role::Panel);
    link: Style::line(Role::LineStrong, 1.25);
    card: Style::boxed(Role::Card, Role::Line, 1.0);
    vacant: Style::boxed(Role::VermilionSoft, Role::Vermilion, 1.5).dashed(Dash::Dashed);
    far: Style::fill(Role::Far);
    far_vacant: Style::fill(Role::Vermilion);
    root: Style::fill(Role::Ink);
    rule: Style::fill(Role::Ink);
    steady: Style::fill(Role::Steady);
    vanguard: Style::fill(Role::Vanguard).textured(Pattern::Hatch, Role::Card);
    special: Style::fill(Role::Special).textured(Pattern::Dots, Role::Card);
    // What stands there until a picture is decoded. Not the style of any box: items of one style are of one sort.
    face_picture: Style::fill(Role::Panel).alpha(0.99);
    face: Style::boxed(Role::Panel, Role::Line, 1.0);
    face_initial: Style::text(Role::Quiet, 19.0).song().middle();
    leader_initial: Style::text(Role::Quiet, 28.0).song().middle();
    chip: Style::fill(Role::Line);
    tag: Style::line(Role::Line, 1.0);
    post_title: POST_TITLE;
    body: BODY_TEXT;
    body_end: BODY_TEXT.end();
    body_ink: Style::text(Role::Ink, 13.0);
    missing: Style::text(Role::Vermilion, 13.0).bold();
    mid_missing: Style::text(Role::Vermilion, 16.0).bold();
    warning: Style::text(Role::Amber, 11.0).bold();
    warning_missing: Style::text(Role::Vermilion, 11.0).bold();
    tag_text: FINE_TEXT.middle();
    body_middle: BODY_TEXT.middle();
    upright_name: UPRIGHT_NAME;
    upright_second: Style { fill: Role::Quiet, ..UPRIGHT_NAME };
    upright_missing: Style { fill: Role::Vermilion, ..UPRIGHT_NAME }.bold();
    plate: Style::fill(Role::Panel).alpha(0.9);
    @steps
    mid_title: MID_TITLE;
    mid_names: MID_NAMES;
    upright_title: UPRIGHT_TITLE;
    upright_pair: UPRIGHT_PAIR;
    @headings
    unit_title: UNIT_TITLE;
    unit_note: UNIT_NOTE;
    unit_note_end: UNIT_NOTE.end();
    unit_missing: Style { fill: Role::Vermilion, ..UNIT_NOTE }.bold().end();
    root_title: ROOT_TITLE;
    root_note: ROOT_NOTE;
    leader_name: LEADER_NAME;
    leader_missing: Style { fill: Role::Vermilion, ..LEADER_NAME };
    leader_post: LEADER_POST;
}
