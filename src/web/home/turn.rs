//! One writer of a file at a time, whatever tab it sits in. Web Locks are there wherever the file
//! pickers are; where they are not, nobody writes files.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::handle::member;

/// Waits for its turn, does the work, and lets the next one.
pub async fn in_turn<T>(name: &str, work: impl Future<Output = T>) -> T {
    let over = turn(name).await;
    let done = work.await;
    if let Some(over) = over {
        let _ = over.call0(&JsValue::NULL);
    }
    done
}

/// What gives the turn back; `None` where the browser knows none.
async fn turn(name: &str) -> Option<Function> {
    let locks = member(&web_sys::window()?.navigator(), "locks")?;
    let request: Function = member(&locks, "request")?.dyn_into().ok()?;
    let release: Rc<RefCell<Option<Function>>> = Rc::default();
    let granted = Promise::new(&mut |granted, refused| {
        let release = release.clone();
        // The turn lasts until what this answers is settled.
        let hold = Closure::once_into_js(move || -> Promise {
            let until = Promise::new(&mut |over, _| drop(release.replace(Some(over))));
            let _ = granted.call0(&JsValue::NULL);
            until
        });
        if request.call2(&locks, &name.into(), &hold).is_err() {
            let _ = refused.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(granted).await;
    release.take()
}
