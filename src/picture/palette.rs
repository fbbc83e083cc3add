//! The colours of the scenes, the only place where they are written down. Knows no layout.

use super::style::Role;

/// A theme: which of the three colours of a role is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// Paper and ink: the desk and the projector.
    Light,
    /// Pure white, black text, strong lines.
    Contrast,
    /// Black ink on white paper; patterns and words carry what colour said.
    Print,
}

impl Palette {
    /// The CSS colour of a role; `"none"` for [`Role::Clear`].
    pub fn css(self, role: Role) -> &'static str {
        row(role)[self as usize]
    }
}

/// Light, contrast, print.
#[rustfmt::skip]
fn row(role: Role) -> [&'static str; 3] {
    match role {
        Role::Clear => ["none"; 3],
        Role::Paper => ["#fbfaf6", "#ffffff", "#ffffff"],
        Role::Card => ["#ffffff", "#ffffff", "#ffffff"],
        Role::Panel => ["#f4f2ec", "#ffffff", "#ffffff"],
        Role::Line => ["#d9d5ca", "#4a4a4a", "#9a9a9a"],
        Role::LineStrong => ["#a9a497", "#000000", "#555555"],
        Role::Ink => ["#22211e", "#000000", "#000000"],
        Role::Quiet => ["#5c5952", "#1c1c1c", "#333333"],
        Role::Mute => ["#88847a", "#3c3c3c", "#555555"],
        Role::Inverse => ["#ffffff", "#ffffff", "#ffffff"],
        Role::Vermilion => ["#c2371c", "#a81d05", "#000000"],
        Role::VermilionSoft => ["#fcece6", "#ffffff", "#ffffff"],
        Role::Jade => ["#1d7866", "#00523f", "#000000"],
        Role::JadeSoft => ["#e3f1ec", "#ffffff", "#ffffff"],
        Role::Amber => ["#925906", "#6e4200", "#000000"],
        Role::AmberSoft => ["#faf0da", "#ffffff", "#ffffff"],
        Role::Steady => ["#3c5b80", "#14355f", "#222222"],
        Role::Vanguard => ["#84406f", "#5f1049", "#222222"],
        Role::Special => ["#6f6a1e", "#474200", "#222222"],
        Role::Far => ["#c9d2dc", "#8c8c8c", "#cccccc"],
        Role::Accent => ["#22211e", "#000000", "#000000"],
        Role::NoData => ["#efede7", "#ffffff", "#ffffff"],
        Role::Texture => ["#bdb6a4", "#3c3c3c", "#666666"],
        Role::Cat0 => ["#a6c5e3", "#a6c5e3", "#ffffff"],
        Role::Cat1 => ["#f0cb86", "#f0cb86", "#e6e6e6"],
        Role::Cat2 => ["#a5d3bb", "#a5d3bb", "#f4f4f4"],
        Role::Cat3 => ["#e5b4c9", "#e5b4c9", "#dadada"],
        Role::Cat4 => ["#d8cbe9", "#d8cbe9", "#efefef"],
        Role::Cat5 => ["#c8b59b", "#c8b59b", "#cfcfcf"],
        Role::Cat6 => ["#efe39a", "#efe39a", "#fafafa"],
        Role::Cat7 => ["#9fb3b5", "#9fb3b5", "#c4c4c4"],
        Role::Seq0 => ["#eaf0f5", "#eaf0f5", "#ffffff"],
        Role::Seq1 => ["#c6d7e6", "#c6d7e6", "#e3e3e3"],
        Role::Seq2 => ["#99b8d2", "#99b8d2", "#c6c6c6"],
        Role::Seq3 => ["#739dc2", "#739dc2", "#a3a3a3"],
        Role::Seq4 => ["#4a7bab", "#4a7bab", "#7d7d7d"],
        Role::LandRed => ["#e58c73", "#e58c73", "#b4b4b4"],
        Role::LandAmber => ["#f2c76e", "#f2c76e", "#dcdcdc"],
        Role::LandJade => ["#8ecbb0", "#8ecbb0", "#f6f6f6"],
    }
}

#[cfg(test)]
mod tests {
    use super::super::style::{CATEGORY, Role, SEQUENCE};
    use super::*;

    /// Relative luminance by WCAG 2.
    fn light(colour: &str) -> f64 {
        let part = |at: usize| {
            let v = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("hex")) / 255.0;
            if v <= 0.03928 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(palette: Palette, a: Role, b: Role) -> f64 {
        let (a, b) = (light(palette.css(a)), light(palette.css(b)));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// A picture stands on the page without an edge.
    #[test]
    fn the_paper_of_pictures_is_that_of_the_page() {
        let tokens = include_str!("../../style/00-tokens.css");
        for palette in [Palette::Light, Palette::Contrast] {
            let paper = format!("--paper: {};", palette.css(Role::Paper));
            assert!(tokens.contains(&paper), "{paper}");
        }
    }

    #[test]
    fn p10_words_read_on_every_ground_they_stand_on() {
        for palette in [Palette::Light, Palette::Contrast, Palette::Print] {
            for word in [Role::Ink, Role::Quiet, Role::Vermilion, Role::Amber, Role::Jade] {
                for ground in [Role::Paper, Role::Card, Role::Panel, Role::NoData] {
                    let got = contrast(palette, word, ground);
                    assert!(got >= 4.5, "{palette:?} {word:?} on {ground:?}: {got:.2}");
                }
            }
            assert!(contrast(palette, Role::Vermilion, Role::VermilionSoft) >= 4.5);
            assert!(contrast(palette, Role::Inverse, Role::Ink) >= 7.0);
            for ground in
                CATEGORY.into_iter().chain([Role::LandRed, Role::LandAmber, Role::LandJade])
            {
                assert!(contrast(palette, Role::Ink, ground) >= 4.5, "{ground:?}");
            }
            for pair in SEQUENCE.windows(2) {
                assert!(light(palette.css(pair[0])) > light(palette.css(pair[1])));
            }
        }
    }
}
