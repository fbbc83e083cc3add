//! Where in the program somebody is: the hash as an enum. Knows no browser; `web::hash` does.

use std::fmt;

use crate::model::{KindIx, RecordId, schema};

/// A place in the program.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    Home,
    Chart,
    Map,
    /// 找岗办事, with what was typed.
    Find {
        query: String,
    },
    /// All records of a kind.
    List {
        kind: KindIx,
    },
    Record {
        kind: KindIx,
        id: RecordId,
    },
    Import,
    /// Bundles in and out, where the data lies.
    Data,
    /// 操作记录
    Log,
    Findings,
    Settings,
    /// A hash nobody knows; the page says so instead of guessing.
    NotFound(String),
}

impl Route {
    /// Reads a hash without its `#`, already percent-decoded.
    pub fn parse(hash: &str) -> Route {
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let known = match parts[..] {
            [] => Some(Route::Home),
            ["chart"] => Some(Route::Chart),
            ["map"] => Some(Route::Map),
            ["find"] => Some(Route::Find { query: words(query) }),
            ["list", kind] => schema().kind(kind).map(|kind| Route::List { kind }),
            ["record", kind, id] => schema()
                .kind(kind)
                .zip(RecordId::parse(id))
                .map(|(kind, id)| Route::Record { kind, id }),
            ["import"] => Some(Route::Import),
            ["data"] => Some(Route::Data),
            ["log"] => Some(Route::Log),
            ["findings"] => Some(Route::Findings),
            ["settings"] => Some(Route::Settings),
            _ => None,
        };
        known.unwrap_or_else(|| Route::NotFound(hash.to_string()))
    }

    /// The link to this place.
    pub fn href(&self) -> String {
        format!("#{self}")
    }
}

/// What was typed, whatever signs are in it: there is no second parameter.
fn words(query: &str) -> String {
    query.strip_prefix("q=").unwrap_or_default().to_string()
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Route::Home => f.write_str("/"),
            Route::Chart => f.write_str("/chart"),
            Route::Map => f.write_str("/map"),
            Route::Find { query } if query.is_empty() => f.write_str("/find"),
            Route::Find { query } => write!(f, "/find?q={query}"),
            Route::List { kind } => write!(f, "/list/{}", schema().kinds[*kind].spec.id),
            Route::Record { kind, id } => {
                write!(f, "/record/{}/{id}", schema().kinds[*kind].spec.id)
            }
            Route::Import => f.write_str("/import"),
            Route::Data => f.write_str("/data"),
            Route::Log => f.write_str("/log"),
            Route::Findings => f.write_str("/findings"),
            Route::Settings => f.write_str("/settings"),
            Route::NotFound(hash) => f.write_str(hash),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_a_link_that_leads_back_to_it() {
        let kind = schema().kind("post").expect("kind");
        let id = RecordId::parse("p-1").expect("id");
        let places = [
            Route::Home,
            Route::Chart,
            Route::Map,
            Route::Find { query: String::new() },
            Route::Find { query: "老头子没了钱咋办".to_string() },
            Route::Find { query: "100%=a&b?c#d/e".to_string() },
            Route::List { kind },
            Route::Record { kind, id },
            Route::Import,
            Route::Data,
            Route::Log,
            Route::Findings,
            Route::Settings,
        ];
        for place in places {
            assert_eq!(Route::parse(&place.to_string()), place);
        }
    }

    #[test]
    fn what_nobody_knows_is_said_to_be_unknown() {
        for hash in ["/list/dragon", "/record/post", "/record/post/a b", "/nowhere"] {
            assert_eq!(Route::parse(hash), Route::NotFound(hash.to_string()));
        }
    }
}
