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
/// Headings and names.
pub(super) const HEAD: f64 = 0.36;
/// Names of units; from further away they stand large over their posts (`far`).
pub(super) const NAME: f64 = 0.45;
/// Titles of posts.
pub(super) const TITLE: f64 = 0.44;
/// Holders and counts.
pub(super) const BODY: f64 = 0.5;
/// Tags and small marks.
pub(super) const FINE: f64 = 0.62;

pub(super) const POST_TITLE: Style = Style::text(Role::Ink, 14.0).bold();
pub(super) const UNIT_TITLE: Style = Style::text(Role::Ink, 16.0).bold().song();
pub(super) const ROOT_TITLE: Style = Style::text(Role::Inverse, 24.0).bold().song().middle();
pub(super) const LEADER_NAME: Style = Style::text(Role::Ink, 18.0).bold().song().middle();
pub(super) const LEADER_POST: Style = Style::text(Role::Quiet, 12.0).middle();
pub(super) const BODY_TEXT: Style = Style::text(Role::Quiet, 12.0);
pub(super) const FINE_TEXT: Style = Style::text(Role::Quiet, 10.0);

macro_rules! looks {
    ($($name:ident: $style:expr;)*) => {
        /// Ids of every style the chart uses.
        #[derive(Clone, Copy)]
        pub(super) struct Looks { $(pub $name: StyleId,)* }

        impl Looks {
            pub fn new(b: &mut Builder) -> Looks {
                Looks { $($name: b.style($style),)* }
            }
        }

        impl Default for Looks {
            fn default() -> Looks {
                Looks { $($name: StyleId(0),)* }
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
    chip: Style::fill(Role::Line);
    tag: Style::line(Role::Line, 1.0);
    post_title: POST_TITLE;
    unit_title: UNIT_TITLE;
    root_title: ROOT_TITLE;
    root_note: Style::text(Role::Inverse, 12.5).middle();
    leader_name: LEADER_NAME;
    leader_post: LEADER_POST;
    body: BODY_TEXT;
    body_end: BODY_TEXT.end();
    body_ink: Style::text(Role::Ink, 13.0);
    missing: Style::text(Role::Vermilion, 13.0).bold();
    missing_end: Style::text(Role::Vermilion, 12.0).bold().end();
    missing_middle: Style::text(Role::Vermilion, 18.0).bold().song().middle();
    warning: Style::text(Role::Amber, 11.0).bold();
    warning_missing: Style::text(Role::Vermilion, 11.0).bold();
    tag_text: FINE_TEXT.middle();
    plate: Style::fill(Role::Panel).alpha(0.9);
}
