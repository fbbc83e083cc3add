//! A scene as lines of text, and the comparison with the recorded ones.

use gangtu::picture::scene::{GroupId, Item, Scene, Shape};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// One line per group with role, id and box; with `items`, one per primitive below it.
pub fn outline(scene: &Scene, items: bool) -> String {
    let b = scene.bounds;
    let mut out = format!("scene {:.0} {:.0} {:.0} {:.0}\n", b.x0, b.y0, b.x1, b.y1);
    for (at, group) in scene.groups.iter().enumerate() {
        let b = group.bounds;
        let place = format!("{:.0},{:.0} {:.0}x{:.0}", b.x0, b.y0, b.width(), b.height());
        out += &format!("{} {} {place} {}\n", group.role, group.id, group.title);
        let all = scene.group_items(GroupId(at as u32));
        for item in all.iter().filter(|item| items || matches!(item.shape, Shape::Text { .. })) {
            out += &format!("  {}\n", line(scene, item));
        }
    }
    out
}

fn line(scene: &Scene, item: &Item) -> String {
    let style = scene.style(item.style);
    let shape = match item.shape {
        Shape::Rect { x, y, w, h, .. } => format!("rect {x:.0},{y:.0} {w:.0}x{h:.0}"),
        Shape::Line(span) => format!("line {:.0?}", scene.points(span)),
        Shape::Lines(span) => format!("lines {}", span.len),
        Shape::Area(span) => format!("area {}", span.len),
        Shape::Image { x, y, w, h, .. } => format!("image {x:.0},{y:.0} {w:.0}x{h:.0}"),
        Shape::Text { x, y, chars } => format!("text {x:.0},{y:.0} {}", scene.text(chars)),
    };
    let (from, to) = (item.lod.from, item.lod.to);
    let scales =
        if from > 0.0 || to.is_finite() { format!(" @{from:.2}..{to:.2}") } else { String::new() };
    format!("{shape} {:?}/{:?}{scales}", style.fill, style.stroke)
}

/// A large scene in a few lines: its size, what it is made of, what its cards come to and how the first of them
/// stand. A difference shows in the counts if something is missing, in the last figure if anything moved.
pub fn brief(name: &str, scene: &Scene, first: usize) -> String {
    let whole = outline(scene, true);
    let mut roles: BTreeMap<&str, usize> = BTreeMap::new();
    for group in &scene.groups {
        *roles.entry(group.role).or_default() += 1;
    }
    let counts: Vec<String> = roles.iter().map(|(role, count)| format!("{role} {count}")).collect();
    let bounds = whole.lines().next().unwrap_or_default();
    let made = format!("{} · {} items", counts.join(", "), scene.items.len());
    let texts = outline(scene, false);
    let lines = texts.lines().skip(1).filter(|line| !line.starts_with("link "));
    let head: Vec<&str> = lines.take(first).collect();
    format!("# {name}\n{bounds}\n{made} · {:08x}\n{}\n", checksum(&whole), head.join("\n"))
}

/// FNV-1a: alike on every machine and in every version of the compiler.
fn checksum(text: &str) -> u32 {
    text.bytes()
        .fold(0x811c_9dc5, |sum: u32, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Compares with `tests/scenes/golden/<name>.txt`; `BLESS` in the environment writes it.
pub fn golden(name: &str, got: &str) {
    let file: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/scenes/golden", &format!("{name}.txt")]
        .iter()
        .collect();
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder can be made");
        fs::write(&file, got).expect("a file can be written");
    }
    let want = fs::read_to_string(&file).unwrap_or_default();
    let at = want.lines().zip(got.lines()).position(|(a, b)| a != b);
    let at = at.unwrap_or(want.lines().count().min(got.lines().count()));
    let line = |text: &str| text.lines().nth(at).unwrap_or("(end)").to_owned();
    assert!(want == got, "{name}, line {}:\n  was {}\n  now {}", at + 1, line(&want), line(got));
}
