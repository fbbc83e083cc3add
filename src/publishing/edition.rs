//! What a published page says of itself, and how its data stands in it: a heading line, then a line a record.
//! The hash guards against damage, not against forgery.

use serde_json::{Map, Value as Json};

use crate::journal::hash::sha256_hex;
use crate::model::Date;
use crate::model::value::{day_words, parse_date, write_json_text};

/// The block of the page that holds it.
pub const BLOCK: &str = "gangtu-public";

/// Version of the lines; a program reads no higher.
pub const FORMAT: i64 = 1;

/// Days for which a page says nothing of its age.
const FRESH_DAYS: i64 = 30;

/// A picture residents may look at besides: which, and the block that holds its SVG.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    Chart,
    Board,
}

impl Picture {
    pub const ALL: [Picture; 2] = [Picture::Chart, Picture::Board];

    pub fn block(self) -> &'static str {
        match self {
            Picture::Chart => "gangtu-public-chart",
            Picture::Board => "gangtu-public-board",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Picture::Chart => "岗位架构图",
            Picture::Board => "公示栏",
        }
    }
}

/// What a page says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Edition {
    pub town: String,
    /// 第几版, from 1.
    pub no: i64,
    pub made: Date,
    /// 有效期至, the last day.
    pub until: Date,
    /// Whether the grid map is in it.
    pub map: bool,
    pub program: String,
    /// SHA-256 over everything else of it; empty while it is written.
    pub hash: String,
}

impl Edition {
    /// What whoever reads it on a day should know of its age; usually nothing.
    pub fn warning(&self, today: Date) -> Option<String> {
        if today > self.until {
            return Some(format!(
                "这份查询页是{}发布的，有效期到{}已经过了，内容可能变了。办事前请打电话问一声，或到窗口要新的。",
                day_words(self.made),
                day_words(self.until)
            ));
        }
        let days = today.signed_duration_since(self.made).num_days();
        (days > FRESH_DAYS).then(|| {
            format!("这份查询页发布已有 {days} 天，个别内容可能变了，拿不准时请打电话问一声。")
        })
    }

    /// The heading line.
    pub fn write(&self) -> String {
        let mut out = format!("{{\"gangtu\":\"public\",\"format\":{FORMAT},\"town\":");
        write_json_text(&self.town, &mut out);
        out.push_str(&format!(
            ",\"no\":{},\"made\":\"{}\",\"until\":\"{}\",\"map\":{},\"program\":",
            self.no, self.made, self.until, self.map
        ));
        write_json_text(&self.program, &mut out);
        out.push_str(",\"hash\":");
        write_json_text(&self.hash, &mut out);
        out.push('}');
        out
    }

    /// `None` where the line is no heading of a format this program reads.
    pub fn read(line: &str) -> Option<Edition> {
        let Ok(Json::Object(said)) = serde_json::from_str(line) else { return None };
        let text = |name: &str| Some(said.get(name)?.as_str()?.to_string());
        let day = |name: &str| parse_date(&text(name)?);
        let int = |name: &str| said.get(name)?.as_i64();
        let fits = text("gangtu")? == "public" && int("format")? <= FORMAT;
        fits.then_some(())?;
        Some(Edition {
            town: text("town")?,
            no: int("no")?,
            made: day("made")?,
            until: day("until")?,
            map: is(&said, "map"),
            program: text("program")?,
            hash: text("hash")?,
        })
    }

    /// The same with the hash of it, its lines and its pictures.
    pub fn sealed(self, lines: &str, pictures: &[&str]) -> Edition {
        let hash = self.hash_with(lines, pictures);
        Edition { hash, ..self }
    }

    /// Whether lines and pictures are those it was sealed with.
    pub fn holds(&self, lines: &str, pictures: &[&str]) -> bool {
        self.hash_with(lines, pictures) == self.hash
    }

    fn hash_with(&self, lines: &str, pictures: &[&str]) -> String {
        let bare = Edition { hash: String::new(), ..self.clone() };
        let mut whole = bare.write();
        for part in [&[lines], pictures].concat() {
            whole.push('\n');
            whole.push_str(part);
        }
        sha256_hex(whole.as_bytes())
    }
}

fn is(said: &Map<String, Json>, name: &str) -> bool {
    said.get(name) == Some(&Json::Bool(true))
}
