//! `dist/便民查询.html`: what residents of 云溪镇 would be given, made from the packed page as the page itself
//! makes it. Held to the same scan; allows nothing.

use std::path::PathBuf;

use gangtu::bundle::Bundle;
use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::journal::seeded::{SeededWorld, now};
use gangtu::model::Date;
use gangtu::publishing::edition::Picture;
use gangtu::publishing::page::{DATA_BLOCKS, Program, SCRIPTS};
use gangtu::publishing::scan::Watch;
use gangtu::publishing::selection::forbidden_names;
use gangtu::view::published::{Made, Order};

use crate::place;

/// The day it is published, a day after the sample was exported, and its last.
const MADE: (i32, u32, u32) = (2026, 11, 4);
const UNTIL: (i32, u32, u32) = (2027, 2, 2);

/// Writes it beside the packed page.
pub fn write(bundle: &str, page: &str) -> Result<PathBuf, String> {
    let program = program(page)
        .ok_or("the packed page has no parts to publish: an older Rust made it in one piece.")?;
    let made = made(bundle, &program)?;
    let file = place::dist().join("便民查询.html");
    std::fs::write(&file, &made.text)
        .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    eprintln!("dist/便民查询.html: {} kB", made.text.len() / 1000);
    Ok(file)
}

fn made(bundle: &str, program: &Program) -> Result<Made, String> {
    let fault = |error: &dyn std::fmt::Display| format!("publishing the sample: {error}");
    let mut bundle =
        Bundle::open(bundle.as_bytes(), &gangtu::encoding::gb18030).map_err(|e| fault(&e))?;
    bundle.read_all().map_err(|e| fault(&e))?;
    let township = bundle.header.township.as_str().into();
    let world = SeededWorld::new(1_793_700_000_000, 1, 1);
    let desk = now(Desk::create(Memory::default(), world, township, "")).map_err(|e| fault(&e))?;
    now(desk.take(bundle.into_lines(), "")).map_err(|e| fault(&e))?;
    let (made, until) = (day(MADE)?, day(UNTIL)?);
    let order = Order { no: 1, made, until, map: true, pictures: Picture::ALL.to_vec() };
    desk.read(|fold| {
        let selection = order.selection(fold.township());
        let made = Made::of(&selection, &order, program).ok_or("what was written does not read")?;
        let watch = Watch::for_names(forbidden_names(fold.township(), order.made));
        match made.found(program, &watch.knowing_codes(&selection))[..] {
            [] => Ok(made),
            [ref first, ..] => Err(fault(&format!("{}: {}", first.0.label(), first.1))),
        }
    })
}

fn day((year, month, day): (i32, u32, u32)) -> Result<Date, String> {
    Date::from_ymd_opt(year, month, day).ok_or_else(|| "the sample's day is none".to_string())
}

/// The parts of a packed page that go into a published one.
fn program(page: &str) -> Option<Program> {
    let between = |begin: &str, end: &str| {
        let (_, after) = page.split_once(begin)?;
        Some(after.split_once(end)?.0.to_string())
    };
    let block = |id: &&str| between(&format!(" id=\"{id}\">"), "</script>");
    Some(Program {
        style: between("<style>", "</style>")?,
        data: DATA_BLOCKS.iter().map(block).collect::<Option<_>>()?,
        scripts: SCRIPTS.iter().map(block).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gangtu::view::published::check;

    fn page() -> String {
        let data = DATA_BLOCKS
            .map(|id| format!("<script type=\"text/plain\" id=\"{id}\">of {id}</script>"));
        let scripts = SCRIPTS.map(|id| format!("<script id=\"{id}\">of {id}</script>"));
        ["<style>.a{}</style>", &data.concat(), &scripts.concat()].concat()
    }

    #[test]
    fn f5_the_sample_is_published_whole_and_nothing_is_found_in_it() {
        let program = program(&page()).unwrap();
        assert_eq!((program.data.len(), program.scripts.len()), (3, 2));
        let made = made(include_str!("../../../samples/yunxi.json"), &program).unwrap();
        assert!(made.contents.lines.contains("最低生活保障"));
        for (picture, svg) in &made.contents.pictures {
            assert!(svg.contains("云溪镇"), "{picture:?}");
        }
        assert_eq!(made.contents.pictures.len(), 2);
        let checked = check(&made.text, &program, Watch::default()).unwrap();
        assert!(checked.whole && checked.found.is_empty(), "{:?}", checked.found);
    }

    #[test]
    fn a_page_in_one_piece_has_nothing_to_publish() {
        assert_eq!(program("<style></style>"), None);
    }
}
