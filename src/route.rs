//! Where in the program somebody is: the hash as an enum. Knows no browser; `web::hash` does.

use std::fmt::{self, Write};

use crate::model::{KindIx, RecordId, schema};

/// What an address says for the kiosk.
const KIOSK: &str = "mode=kiosk";

/// A place in the program.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    Home,
    Chart,
    Map,
    /// 网格边界: in, out, made up, and codes.
    Borders,
    Drawing,
    /// 公示栏
    Board,
    /// 找岗办事, with what was typed.
    Find {
        query: String,
    },
    /// 查询机: the look-up for a machine in the hall.
    Kiosk,
    /// 查询记录
    Asked,
    /// 大厅图, to be drawn.
    Hall,
    /// All records of a kind.
    List {
        kind: KindIx,
    },
    Record {
        kind: KindIx,
        id: RecordId,
    },
    Import,
    /// Bundles out, where the data lies.
    Data,
    /// Bundles in, and what people changed apart.
    Merge,
    /// Two copies compared.
    Health,
    /// 操作记录
    Log,
    /// 看某天的记录
    Past,
    /// 试排: what is on trial beside what is.
    Trial,
    Findings,
    /// 统计
    Statistics,
    /// 演示: the deck, or the page that is shown, counted from 1, with or without names.
    Show {
        page: Option<usize>,
        names: bool,
    },
    Settings,
    /// A hash nobody knows; the page says so instead of guessing.
    NotFound(String),
}

impl Route {
    /// Reads a hash without its `#`, percent-coded as browsers hand it out.
    pub fn parse(hash: &str) -> Route {
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let known = match parts[..] {
            [] => Some(Route::Home),
            ["chart"] => Some(Route::Chart),
            ["map"] => Some(Route::Map),
            ["map", "borders"] => Some(Route::Borders),
            ["map", "draw"] => Some(Route::Drawing),
            ["board"] => Some(Route::Board),
            ["find"] if query == KIOSK => Some(Route::Kiosk),
            ["find"] => Some(Route::Find { query: words(query) }),
            ["list", kind] => schema().kind(kind).map(|kind| Route::List { kind }),
            ["record", kind, id] => schema()
                .kind(kind)
                .zip(RecordId::parse(id))
                .map(|(kind, id)| Route::Record { kind, id }),
            ["import"] => Some(Route::Import),
            ["data"] => Some(Route::Data),
            ["data", "merge"] => Some(Route::Merge),
            ["data", "health"] => Some(Route::Health),
            ["log"] => Some(Route::Log),
            ["asked"] => Some(Route::Asked),
            ["hall"] => Some(Route::Hall),
            ["past"] => Some(Route::Past),
            ["trial"] => Some(Route::Trial),
            ["findings"] => Some(Route::Findings),
            ["statistics"] => Some(Route::Statistics),
            ["show"] => Some(Route::Show { page: None, names: false }),
            ["show", page] => page
                .parse()
                .ok()
                .map(|page| Route::Show { page: Some(page), names: query == "names" }),
            ["settings"] => Some(Route::Settings),
            _ => None,
        };
        known.unwrap_or_else(|| Route::NotFound(hash.to_string()))
    }

    /// Whether residents may be here too; every other place is for staff.
    pub fn is_public(&self) -> bool {
        matches!(
            self,
            Route::Chart | Route::Map | Route::Find { .. } | Route::Kiosk | Route::NotFound(_)
        )
    }

    /// Whether there is nothing here without a base of this program's own: what is only looked at has
    /// no log, no files and no settings.
    pub fn needs_base(&self) -> bool {
        use Route::{
            Asked, Borders, Data, Drawing, Hall, Health, Import, Log, Merge, Past, Settings, Trial,
        };
        matches!(
            self,
            Asked
                | Borders
                | Drawing
                | Hall
                | Import
                | Data
                | Merge
                | Health
                | Log
                | Past
                | Settings
                | Trial
        )
    }

    /// Whether what is done here needs all of a township: tables would be matched against the records
    /// of one person, and figures compared that cannot be equal.
    pub fn needs_whole(&self) -> bool {
        matches!(self, Route::Borders | Route::Drawing | Route::Import | Route::Health)
    }

    /// The link to this place.
    pub fn href(&self) -> String {
        format!("#{self}")
    }
}

/// What was typed, whatever signs are in it: no parameter stands behind it.
fn words(query: &str) -> String {
    let behind = || query.split_once("&q=").map(|(_, words)| words);
    decoded(query.strip_prefix("q=").or_else(behind).unwrap_or_default())
}

/// What stands for itself in a parameter; Chinese stays readable in the address.
fn is_plain(at: char) -> bool {
    !at.is_ascii() && !at.is_whitespace() && !at.is_control()
        || at.is_ascii_alphanumeric()
        || "-_.~!*'(),;:@/?$".contains(at)
}

fn write_encoded(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for at in text.chars() {
        if is_plain(at) {
            f.write_char(at)?;
            continue;
        }
        for byte in at.encode_utf8(&mut [0; 4]).bytes() {
            write!(f, "%{byte:02X}")?;
        }
    }
    Ok(())
}

/// Percent-codes read; what is none stays as it is written.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|code| code.iter().all(u8::is_ascii_hexdigit));
        let code = code.filter(|_| *first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_string())
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Route::Home => f.write_str("/"),
            Route::Chart => f.write_str("/chart"),
            Route::Map => f.write_str("/map"),
            Route::Find { query } if query.is_empty() => f.write_str("/find"),
            Route::Find { query } => {
                f.write_str("/find?q=")?;
                write_encoded(query, f)
            }
            Route::Kiosk => write!(f, "/find?{KIOSK}"),
            Route::Asked => f.write_str("/asked"),
            Route::Hall => f.write_str("/hall"),
            Route::List { kind } => write!(f, "/list/{}", schema().kinds[*kind].spec.id),
            Route::Record { kind, id } => {
                write!(f, "/record/{}/{id}", schema().kinds[*kind].spec.id)
            }
            Route::Import => f.write_str("/import"),
            Route::Data => f.write_str("/data"),
            Route::Merge => f.write_str("/data/merge"),
            Route::Health => f.write_str("/data/health"),
            Route::Log => f.write_str("/log"),
            Route::Past => f.write_str("/past"),
            Route::Trial => f.write_str("/trial"),
            Route::Findings => f.write_str("/findings"),
            Route::Borders => f.write_str("/map/borders"),
            Route::Drawing => f.write_str("/map/draw"),
            Route::Board => f.write_str("/board"),
            Route::Statistics => f.write_str("/statistics"),
            Route::Show { page: None, .. } => f.write_str("/show"),
            Route::Show { page: Some(page), names } => {
                write!(f, "/show/{page}{}", if *names { "?names" } else { "" })
            }
            Route::Settings => f.write_str("/settings"),
            Route::NotFound(hash) => f.write_str(hash),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn u1_whatever_was_typed_comes_back_from_its_link(query in any::<String>()) {
            let place = Route::Find { query };
            let link = place.to_string();
            prop_assert!(!link.contains([' ', '#', '\n', '"', '<']));
            prop_assert_eq!(Route::parse(&link), place);
        }

        #[test]
        fn u1_any_address_leads_somewhere_and_its_link_to_the_same_place(
            hash in prop_oneof!["\\PC{0,40}", "/(find|list|record|map)[/?q=%a-f0-9&é岗]{0,20}"],
        ) {
            let place = Route::parse(&hash);
            prop_assert_eq!(Route::parse(&place.to_string()), place);
        }
    }

    #[test]
    fn u1_addresses_are_read_as_browsers_write_them() {
        let query = |hash: &str| match Route::parse(hash) {
            Route::Find { query } => query,
            other => panic!("{other:?}"),
        };
        assert_eq!(query("/find?q=%E4%BD%8E%E4%BF%9D%20a%26b"), "低保 a&b");
        assert_eq!(query("/find?q=50%"), "50%");
        assert_eq!(query("/find?q=%FF%zz"), "%FF%zz");
        assert_eq!(query("/find?x=1&q=甲"), "甲");
    }

    #[test]
    fn u1_every_place_has_a_link_that_leads_back_to_it() {
        let kind = schema().kind("post").expect("kind");
        let id = RecordId::parse("p-1").expect("id");
        let places = [
            Route::Home,
            Route::Chart,
            Route::Map,
            Route::Find { query: String::new() },
            Route::Find { query: "老头子没了钱咋办".to_string() },
            Route::Find { query: "100%=a&b?c#d/e".to_string() },
            Route::Kiosk,
            Route::Asked,
            Route::Hall,
            Route::List { kind },
            Route::Record { kind, id },
            Route::Import,
            Route::Data,
            Route::Merge,
            Route::Health,
            Route::Log,
            Route::Past,
            Route::Findings,
            Route::Settings,
        ];
        for place in places {
            assert_eq!(Route::parse(&place.to_string()), place);
        }
    }

    #[test]
    fn u6_residents_may_be_where_no_record_is_shown_whole() {
        let public = ["/chart", "/map", "/find", "/find?q=低保", "/find?mode=kiosk", "/nowhere"];
        assert!(public.iter().all(|hash| Route::parse(hash).is_public()));
        let staff = [
            "/",
            "/list/person",
            "/record/post/p-1",
            "/import",
            "/data",
            "/data/merge",
            "/data/health",
            "/log",
            "/asked",
            "/past",
            "/findings",
            "/settings",
        ];
        assert!(!staff.iter().any(|hash| Route::parse(hash).is_public()));
    }

    #[test]
    fn b15_what_is_only_looked_at_has_pages_of_records_and_pictures_only() {
        let shown =
            ["/", "/chart", "/map", "/find", "/list/person", "/record/post/p-1", "/findings"];
        assert!(!shown.iter().any(|hash| Route::parse(hash).needs_base()));
        let not = ["/import", "/data", "/data/merge", "/data/health", "/log", "/past", "/settings"];
        assert!(not.iter().all(|hash| Route::parse(hash).needs_base()));
        let whole = |hash: &&&str| Route::parse(hash).needs_whole();
        assert!(not.iter().filter(whole).eq(["/import", "/data/health"].iter()));
    }

    #[test]
    fn u1_what_nobody_knows_is_said_to_be_unknown() {
        for hash in ["/list/dragon", "/record/post", "/record/post/a b", "/nowhere"] {
            assert_eq!(Route::parse(hash), Route::NotFound(hash.to_string()));
        }
    }
}
