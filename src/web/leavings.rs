//! Small settings in the browser's local storage, all under names of ours. For a guest there is none:
//! nothing is read and nothing is left.

use std::cell::Cell;

const PREFIX: &str = "gangtu:";

thread_local! {
    static GUEST: Cell<bool> = const { Cell::new(false) };
}

/// From now on nothing is left (or it is again).
pub fn leave_nothing(guest: bool) {
    GUEST.set(guest);
}

pub fn is_guest() -> bool {
    GUEST.get()
}

pub fn get(name: &str) -> Option<String> {
    if is_guest() {
        return None;
    }
    storage()?.get_item(&key(name)).ok()?
}

/// Keeps a setting where the browser lets us; a private window does without.
pub fn set(name: &str, value: &str) {
    if let Some(storage) = storage().filter(|_| !is_guest()) {
        let _ = storage.set_item(&key(name), value);
    }
}

/// Takes a setting away.
pub fn forget(name: &str) {
    remove(&key(name));
}

/// The names of everything of ours.
pub fn names() -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let count = storage.length().unwrap_or(0);
    let all = (0..count).filter_map(|at| storage.key(at).ok()?);
    all.filter(|name| name.starts_with(PREFIX)).collect()
}

/// Removes one by its whole name.
pub fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

fn key(name: &str) -> String {
    [PREFIX, name].concat()
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
