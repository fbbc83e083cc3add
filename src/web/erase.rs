//! Everything of ours out of this browser, and looking whether it is gone. Asks nobody: the page has.

use futures_util::future::select;
use indexed_db_futures::database::Database;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

use super::bases::{self, database_name};
use super::frame::sleep;
use super::home::handle::called;
use super::home::kept;
use super::idb::{Idb, database_exists};
use super::leavings;
use crate::journal::Storage;
use crate::sorting::Sorting;

/// How long a deletion that another tab holds up is waited for, in milliseconds.
const PATIENCE_MS: i32 = 5_000;

/// What of ours is in this browser.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub databases: Vec<String>,
    pub settings: Vec<String>,
    /// The browser listed its databases; otherwise each name we know was tried.
    pub listed: bool,
}

impl Found {
    pub fn is_empty(&self) -> bool {
        self.databases.is_empty() && self.settings.is_empty()
    }
}

/// What there was and what a second look found.
#[derive(Clone, PartialEq)]
pub struct Erasure {
    pub before: Found,
    pub left: Found,
}

/// Looks what there is. `known` are databases to try where the browser does not list them.
pub async fn look(known: &[String]) -> Found {
    let settings = leavings::names();
    match listed().await {
        Some(databases) => Found { databases, settings, listed: true },
        None => {
            let mut databases = Vec::new();
            for name in known {
                if database_exists(name).await != Ok(false) {
                    databases.push(name.clone());
                }
            }
            Found { databases, settings, listed: false }
        }
    }
}

/// Names of every database of ours that this program can know of.
pub async fn known_names() -> Vec<String> {
    let mut names = vec![bases::DATABASE.to_string(), kept::DATABASE.to_string()];
    let list = bases::list().await.unwrap_or_default();
    names.extend(list.iter().map(|base| database_name(&base.township)));
    names
}

fn is_ours(name: &str) -> bool {
    name == bases::DATABASE
        || name.strip_prefix(bases::DATABASE).is_some_and(|rest| rest.starts_with([':', '-']))
}

/// Our databases as the browser lists them; `None` where it lists none at all.
async fn listed() -> Option<Vec<String>> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).ok()?;
    let list = called(&factory, "databases", &[]).await.ok()?;
    let name = |one: JsValue| Reflect::get(&one, &"name".into()).ok()?.as_string();
    let mut names: Vec<String> =
        Array::from(&list).iter().filter_map(name).filter(|name| is_ours(name)).collect();
    names.arrange(Ord::cmp);
    Some(names)
}

/// Removes what was found. What another tab holds on to may outlast this: look again.
pub async fn erase(found: &Found) {
    for name in &found.databases {
        if name.starts_with("gangtu:")
            && let Ok(base) = Idb::open(name).await
        {
            // Emptied before it is deleted: another tab may keep its shell for a while.
            let _ = base.erase().await;
        } else if let Ok(deleting) = Database::delete_by_name(name) {
            select(Box::pin(deleting.into_future()), Box::pin(sleep(PATIENCE_MS))).await;
        }
    }
    for name in &found.settings {
        leavings::remove(name);
    }
}
