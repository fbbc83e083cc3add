//! Wasm, glue, styles and the sample township → one HTML file that asks for nothing else.
//!
//! `index.html` is the template: each `<!-- pack: … -->` line is replaced by its part. The packer
//! decides nothing about the page; it only puts in, hashes and weighs.

use crate::build::{self, Built, Make, Profile};
use crate::fingerprint::{read, trouble};
use crate::flags::Flags;
use crate::{fingerprint, place};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Bytes; above these the release file is refused.
const MOST_FILE: usize = 2_500_000;
/// Of what a township opens with; the rest waits in a block of its own (`split`).
const MOST_WASM_GZIPPED: usize = 700_000;

/// Rooms of each part that `--rooms` names.
const ROOMS: usize = 80;

/// What the packer reads beside the build's two files; `xtask/src` because it is the packer.
const INPUTS: &[&str] = &["index.html", "style", SAMPLE, READINGS, "xtask/src"];
const SAMPLE: &str = "samples/yunxi.json";
/// Not worth pressing: it is as dense as it gets.
const READINGS: &str = "src/search/readings.bin";

/// Builds what has changed and returns the packed file.
pub fn pack(flags: &Flags) -> Result<PathBuf, String> {
    let profile = if flags.has("--dev") { Profile::Dev } else { Profile::Release };
    let built = build::build(profile)?;
    let file = place::packed();
    let parts = Parts::read(&built)?;
    if flags.has("--rooms") {
        for part in [split::Part::First, split::Part::Hall, split::Part::Staff] {
            println!("pack: rooms of {part:?}");
            for (room, bytes) in split::rooms(&parts.wasm, part)?.iter().take(ROOMS) {
                println!("pack: {:>6}.{} kB {room}", bytes / 1000, bytes % 1000 / 100);
            }
        }
    }
    let inputs = fingerprint::of(&place::root(), INPUTS, &[profile.name()])?;
    let sources = [&parts.wasm, parts.glue.as_bytes(), &parts.vault, parts.worker.as_bytes()]
        .map(fingerprint::of_bytes)
        .join("\n");
    let stamp = |page: &[u8]| {
        [&inputs, &sources, &fingerprint::of_bytes(page)].map(String::as_str).join("\n")
    };
    if fs::read(&file)
        .is_ok_and(|old| fingerprint::unchanged(&place::target(), "pack", &stamp(&old)))
    {
        println!("pack: nothing changed");
        return Ok(file);
    }
    let (page, sizes) = assemble(&parts.arranged(profile, built.make)?, profile)?;
    sizes.print();
    if profile == Profile::Release {
        sizes.check(built.make)?;
    }
    write_whole(&file, page.as_bytes())?;
    fingerprint::keep(&place::target(), "pack", &stamp(page.as_bytes()))?;
    Ok(file)
}

/// The texts and bytes that go in.
struct Parts {
    template: String,
    style: String,
    glue: String,
    wasm: Vec<u8>,
    /// What of it waits: what residents use besides, and the rooms of the staff; nothing where it was not
    /// parted.
    hall: Option<Vec<u8>>,
    later: Option<Vec<u8>>,
    sample: Option<Vec<u8>>,
    readings: Vec<u8>,
    /// The vault's wasm, and the script of its worker.
    vault: Vec<u8>,
    worker: String,
}

impl Parts {
    fn read(built: &Built) -> Result<Self, String> {
        let root = place::root();
        let sample = root.join(SAMPLE);
        Ok(Self {
            template: text(&root.join("index.html"))?,
            style: styles(&root.join("style"))?,
            glue: text(&built.glue)?,
            wasm: read(&built.wasm)?,
            hall: None,
            later: None,
            readings: read(&root.join(READINGS))?,
            vault: read(&built.vault.wasm)?,
            worker: text(&built.vault.script)?,
            sample: if sample.is_file() { Some(read(&sample)?) } else { None },
        })
    }

    /// What people get is parted, glue and wasm call each other by short names, and functions and their locals are
    /// in the order that presses best. An older Rust merges functions and so mixes their names up: its page stays
    /// in one piece.
    fn arranged(self, profile: Profile, make: Make) -> Result<Self, String> {
        let arranged = |wasm: &[u8]| neighbours::arranged(&locals::renumbered(wasm)?);
        let (wasm, hall, later) = match (profile, make) {
            (Profile::Dev, _) => return Ok(self),
            (Profile::Release, Make::Ordinary) => (self.wasm.clone(), None, None),
            (Profile::Release, Make::Slim) => {
                let split::Parts { first, hall, later } = split::split(&self.wasm)?;
                (first, Some(arranged(&hall)?), Some(arranged(&later)?))
            }
        };
        let (glue, wasm) = names::shortened(&bare(&self.glue)?, &wasm)?;
        let (worker, vault) = names::shortened(&bare(&self.worker)?, &self.vault)?;
        let (wasm, vault) = (arranged(&wasm)?, arranged(&vault)?);
        Ok(Self { glue, wasm, hall, later, worker, vault, ..self })
    }
}

/// Bytes of each part as it lies in the file.
struct Sizes {
    wasm: usize,
    wasm_gzipped: usize,
    hall_gzipped: usize,
    later_gzipped: usize,
    glue: usize,
    style: usize,
    sample: usize,
    readings: usize,
    vault: usize,
    file: usize,
}

impl Sizes {
    fn print(&self) {
        let kb = |bytes: usize| format!("{:>6}.{} kB", bytes / 1000, bytes % 1000 / 100);
        println!("pack: wasm        {} ({} gzipped)", kb(self.wasm), kb(self.wasm_gzipped).trim());
        println!("pack: hall wasm   {} gzipped", kb(self.hall_gzipped));
        println!("pack: later wasm  {} gzipped", kb(self.later_gzipped));
        println!("pack: glue        {}", kb(self.glue));
        println!("pack: styles      {}", kb(self.style));
        println!("pack: sample      {}", kb(self.sample));
        println!("pack: readings    {}", kb(self.readings));
        println!("pack: vault       {}", kb(self.vault));
        println!("pack: whole file  {}", kb(self.file));
    }

    /// A larger page of an older Rust is better than none: its wasm is not held to the limit.
    fn check(&self, make: Make) -> Result<(), String> {
        let over = |what: &str, is: usize, most: usize| {
            Err(format!("{what} is {is} bytes, over the limit of {most}; nothing was written."))
        };
        if make == Make::Slim && self.wasm_gzipped > MOST_WASM_GZIPPED {
            return over("the gzipped wasm", self.wasm_gzipped, MOST_WASM_GZIPPED);
        }
        if self.file > MOST_FILE {
            return over("the packed file", self.file, MOST_FILE);
        }
        Ok(())
    }
}

fn assemble(parts: &Parts, profile: Profile) -> Result<(String, Sizes), String> {
    let glue = bare(&parts.glue)?;
    let worker = bare(&parts.worker)?;
    for (what, text, end) in [
        ("glue", &glue, "</script"),
        ("worker's script", &worker, "</script"),
        ("styles", &parts.style, "</style"),
    ] {
        if text.to_ascii_lowercase().contains(end) {
            return Err(format!("the {what} contain `{end}`, which would end their own block."));
        }
    }
    let wasm = press::gzip(&parts.wasm, profile)?;
    let pressed = |part: &Option<Vec<u8>>| match part {
        Some(part) => press::gzip(part, profile),
        None => Ok(Vec::new()),
    };
    let (hall, later) = (pressed(&parts.hall)?, pressed(&parts.later)?);
    let block = |id: &str, bytes: &[u8]| match bytes {
        [] => String::new(),
        bytes => data_block(id, bytes),
    };
    let sample = match &parts.sample {
        Some(json) => data_block("gangtu-sample", &press::gzip(json, profile)?),
        None => String::new(),
    };
    let readings = data_block("gangtu-readings", &parts.readings);
    let vault = [
        data_block("gangtu-vault", &press::gzip(&parts.vault, profile)?),
        format!("<script type=\"text/plain\" id=\"gangtu-vault-worker\">\n{worker}</script>"),
    ]
    .join("\n");
    let mut page = without_trunk_link(&parts.template);
    for (place, part) in [
        ("style", format!("<style>\n{}</style>", parts.style)),
        ("wasm", data_block("gangtu-wasm", &wasm)),
        ("hall", block("gangtu-hall", &hall)),
        ("later", block("gangtu-later", &later)),
        ("sample", sample.clone()),
        ("readings", readings.clone()),
        ("vault", vault.clone()),
        ("glue", format!("<script id=\"gangtu-glue\">\n{glue}</script>")),
    ] {
        page = fill(&page, place, &part)?;
    }
    let hashes = inline_scripts(&page).into_iter().map(script_hash).collect::<Vec<_>>().join(" ");
    if !page.contains(HASHES) {
        return Err(format!("index.html has no `{HASHES}` in its script policy."));
    }
    let page = page.replacen(HASHES, &hashes, 1);
    let sizes = Sizes {
        wasm: parts.wasm.len(),
        wasm_gzipped: wasm.len(),
        hall_gzipped: hall.len(),
        later_gzipped: later.len(),
        glue: glue.len(),
        style: parts.style.len(),
        sample: sample.len(),
        readings: readings.len(),
        vault: vault.len(),
        file: page.len(),
    };
    Ok((page, sizes))
}

/// Stands in the template's policy for the hashes of the scripts that may run.
const HASHES: &str = "'sha256-pack'";

fn fill(page: &str, place: &str, part: &str) -> Result<String, String> {
    let mark = format!("<!-- pack: {place} -->");
    match page.matches(&mark).count() {
        1 => Ok(page.replacen(&mark, part, 1)),
        count => Err(format!("index.html has `{mark}` {count} times; it must be there once.")),
    }
}

/// The line by which Trunk knows what to compile means nothing in the finished page.
fn without_trunk_link(template: &str) -> String {
    template.split_inclusive('\n').filter(|line| !line.contains("data-trunk")).collect()
}

fn data_block(id: &str, bytes: &[u8]) -> String {
    format!("<script type=\"text/plain\" id=\"{id}\">{}</script>", letters::encode(bytes))
}

/// Texts of the scripts a browser would run; data blocks carry a type and are none.
fn inline_scripts(page: &str) -> Vec<&str> {
    let mut scripts = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find("<script") {
        let Some(open) = rest[start..].find('>').map(|at| start + at + 1) else { break };
        let Some(close) = rest[open..].find("</script>").map(|at| open + at) else { break };
        if !rest[start..open].contains("type=") {
            scripts.push(&rest[open..close]);
        }
        rest = &rest[close..];
    }
    scripts
}

fn script_hash(script: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script.as_bytes())))
}

/// The generated glue is half documentation, and a quarter of the rest indentation; the browser need not read
/// them. A text over several lines would be another without its indentation, so the glue must have none.
fn bare(glue: &str) -> Result<String, String> {
    let mut inside = false;
    let mut kept = String::with_capacity(glue.len());
    for line in glue.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("/**") {
            inside = true;
        }
        if !inside && trimmed.matches('`').count() % 2 == 1 {
            return Err(format!("the glue has a text over several lines: {trimmed}"));
        }
        if !inside && !trimmed.is_empty() && !trimmed.starts_with("//") {
            kept.push_str(trimmed);
            kept.push('\n');
        }
        if inside && trimmed.ends_with("*/") {
            inside = false;
        }
    }
    Ok(kept)
}

/// `style/` in cascade order: plain names by number, folders where `components` and `pages` belong.
fn styles(folder: &Path) -> Result<String, String> {
    let mut sheet = String::new();
    for file in style_files(folder)? {
        sheet.push_str(&without_css_comments(&text(&file)?));
    }
    Ok(sheet)
}

fn style_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let late = |path: &PathBuf| name(path).starts_with('9');
    let top = css_files(folder)?;
    let (modes, ground): (Vec<_>, Vec<_>) = top.into_iter().partition(late);
    let mut files = ground;
    files.extend(css_files(&folder.join("components"))?);
    files.extend(css_files(&folder.join("pages"))?);
    files.extend(modes);
    Ok(files)
}

fn css_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(|e| trouble("reading", folder, &e))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "css"))
        .collect();
    files.sort();
    Ok(files)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Comments, indentation and spaces that say nothing out; line breaks stay, so that a fault can still be found.
fn without_css_comments(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        bare.push_str(&rest[..start]);
        rest = rest[start + 2..].split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |sheet, line| sheet + &without_spaces(line) + "\n")
}

/// A line of CSS without the spaces that follow or precede its marks; what stands in quotes stays.
fn without_spaces(line: &str) -> String {
    let mut bare = String::with_capacity(line.len());
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        quoted ^= c == '"';
        let after = bare.ends_with(['{', '}', ';', ':', ',']);
        let before = chars.peek().is_some_and(|next| matches!(next, '{' | '}'));
        if c != ' ' || quoted || !(after || before) {
            bare.push(c);
        }
    }
    bare
}

fn text(path: &Path) -> Result<String, String> {
    let bytes = read(path)?;
    // A browser hashes scripts after turning CRLF into LF; so must we.
    String::from_utf8(bytes)
        .map(|text| text.replace("\r\n", "\n"))
        .map_err(|_| format!("{} is not UTF-8.", path.display()))
}

/// A file that is there is whole: written beside and moved into place.
fn write_whole(file: &Path, bytes: &[u8]) -> Result<(), String> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).map_err(|e| trouble("making", folder, &e))?;
    let beside = file.with_extension("html.part");
    fs::write(&beside, bytes).map_err(|e| {
        drop(fs::remove_file(&beside));
        trouble("writing", &beside, &e)
    })?;
    fs::rename(&beside, file).map_err(|e| trouble("writing", file, &e))
}

mod letters;
mod locals;
mod names;
mod neighbours;
mod press;
mod split;
#[cfg(test)]
mod tests;
