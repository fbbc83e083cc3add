//! What the marks of the chart mean: a scene of its own, shown beside the world and on paper.

use super::Form;
use super::looks::{Looks, plane};
use super::measure::width;
use crate::picture::geom::Rect;
use crate::picture::scene::{Builder, Scene};
use crate::picture::style::{Role, Style};

const WORD: Style = Style::text(Role::Ink, 13.0);

/// Rows of swatches and words, 24 units high each and no wider than `room` where an entry fits.
pub fn legend(form: Form, room: f64) -> Scene {
    let holders = match form {
        // Upright names are read from the right.
        Form::Wall => "右 A 主岗　左 B 备岗",
        Form::Chain => "包村 包村干部",
        Form::Work => "岗 责任岗位和任职的人",
        _ => "A 主岗　B 备岗",
    };
    let mut b = Builder::default();
    let looks = Looks::new(&mut b, 1.0);
    b.group("legend", "legend", "图例");
    let bar = 12.0;
    let entries = [
        (Some(looks.steady), bar, "精业实干岗"),
        (Some(looks.vanguard), bar, "勤政先锋岗"),
        (Some(looks.special), bar, "专项工作岗"),
        (Some(looks.vacant), 26.0, form.vacancy()),
        (None, -7.0, holders),
    ];
    let (mut x, mut y) = (0.0, 0.0);
    // Villages and tasks run on no track.
    let first = if matches!(form, Form::Chain | Form::Work) { 3 } else { 0 };
    for (style, wide, word) in entries.into_iter().skip(first) {
        let words = wide + 7.0;
        let end = words + width(word, &WORD);
        if x > 0.0 && x + end > room {
            (x, y) = (0.0, y + 24.0);
        }
        if let Some(style) = style {
            b.rect(plane::CARD, style, Rect::sized(x, y + 4.0, wide, 16.0), 0.0);
        }
        let style = b.style(WORD);
        b.text(plane::TEXT, style, x + words, y + 16.7, word);
        x += end + 20.0;
    }
    b.finish()
}
