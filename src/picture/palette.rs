//! The colours of the scenes, the only place where they are written down. Knows no layout.

use super::style::{ROLES, Role};

/// One colour (CSS hex) per [`Role`], in the order of the enum.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    pub name: &'static str,
    colours: [&'static str; ROLES],
}

impl Palette {
    /// The CSS colour of a role; `"none"` for [`Role::Clear`].
    pub fn css(&self, role: Role) -> &'static str {
        self.colours[role as usize]
    }

    /// Paper and ink: the desk and the projector.
    pub fn light() -> Palette {
        Palette { name: "light", colours: LIGHT }
    }

    /// High contrast: pure white, black text, strong lines.
    pub fn contrast() -> Palette {
        let mut colours = LIGHT;
        let set = |colours: &mut [&'static str; ROLES], pairs: &[(Role, &'static str)]| {
            for (role, colour) in pairs {
                colours[*role as usize] = colour;
            }
        };
        set(&mut colours, &CONTRAST);
        Palette { name: "contrast", colours }
    }

    /// Black ink on white paper; patterns and words carry what colour said.
    pub fn print() -> Palette {
        Palette { name: "print", colours: PRINT }
    }
}

const LIGHT: [&str; ROLES] = [
    "none", "#fdfcf9", "#ffffff", "#f4f2ec", "#d9d5ca", "#a9a497", "#22211e", "#5c5952", "#88847a",
    "#ffffff", "#c2371c", "#fcece6", "#1d7866", "#e3f1ec", "#a3660a", "#faf0da", "#3c5b80",
    "#84406f", "#6f6a1e", "#c9d2dc", "#22211e",
    "#efede7", // categories: tints that carry ink text
    "#a6c5e3", "#f0cb86", "#a5d3bb", "#e5b4c9", "#d8cbe9", "#c8b59b", "#efe39a", "#9fb3b5",
    // one quantity: slate blue from pale to deep
    "#eaf0f5", "#c6d7e6", "#99b8d2", "#6490b7", "#3a6896",
];

const CONTRAST: [(Role, &str); 15] = [
    (Role::Paper, "#ffffff"),
    (Role::Panel, "#ffffff"),
    (Role::Line, "#4a4a4a"),
    (Role::LineStrong, "#000000"),
    (Role::Ink, "#000000"),
    (Role::Quiet, "#1c1c1c"),
    (Role::Mute, "#3c3c3c"),
    (Role::Vermilion, "#a81d05"),
    (Role::VermilionSoft, "#ffffff"),
    (Role::Jade, "#00523f"),
    (Role::Amber, "#6e4200"),
    (Role::Steady, "#14355f"),
    (Role::Vanguard, "#5f1049"),
    (Role::Special, "#474200"),
    (Role::Far, "#8c8c8c"),
];

const PRINT: [&str; ROLES] = [
    "none", "#ffffff", "#ffffff", "#ffffff", "#9a9a9a", "#555555", "#000000", "#333333", "#555555",
    "#ffffff", "#000000", "#ffffff", "#000000", "#ffffff", "#000000", "#ffffff", "#222222",
    "#222222", "#222222", "#cccccc", "#000000",
    "#ffffff", // categories: greys, patterns tell them
    "#ffffff", "#e6e6e6", "#f4f4f4", "#dadada", "#efefef", "#cfcfcf", "#fafafa", "#c4c4c4",
    "#ffffff", "#e3e3e3", "#c6c6c6", "#a3a3a3", "#7d7d7d",
];
