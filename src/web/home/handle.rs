//! Handles of files and folders as the browser gives them out. One way to call them, by name: what a
//! browser does not have fails there and nowhere else.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::saving::Trouble;
use crate::web::files;

/// A file or a folder.
#[derive(Clone, Debug)]
pub struct Handle(pub JsValue);

/// Whether this browser lets a page write to files people choose.
pub fn can_pick() -> bool {
    let pickers = ["showSaveFilePicker", "showDirectoryPicker", "showOpenFilePicker"];
    web_sys::window().is_some_and(|window| {
        let has = |name: &&str| member(&window, name).is_some_and(|found| found.is_function());
        window.is_secure_context() && pickers.iter().all(has)
    })
}

/// A picker opened; `None` where it was closed without a choice.
pub async fn pick(picker: &str, options: &JsValue) -> Result<Option<Handle>, Trouble> {
    let window = web_sys::window().ok_or(Trouble::Denied)?;
    match called(&window, picker, &[options]).await {
        // An open picker answers a list.
        Ok(picked) if Array::is_array(&picked) => Ok(Some(Handle(Array::from(&picked).get(0)))),
        Ok(picked) => Ok(Some(Handle(picked))),
        Err(error) if name_of(&error) == "AbortError" => Ok(None),
        Err(error) => Err(trouble(&error)),
    }
}

/// What a picker is asked for: JSON bundles, or a folder to write in.
pub fn options(suggested: Option<&str>) -> JsValue {
    let options = Object::new();
    let accept = Object::new();
    put(&accept, "application/json", &Array::of1(&".json".into()));
    let kind = Object::new();
    put(&kind, "description", &"岗图数据包".into());
    put(&kind, "accept", &accept);
    put(&options, "types", &Array::of1(&kind));
    put(&options, "mode", &"readwrite".into());
    if let Some(name) = suggested {
        put(&options, "suggestedName", &name.into());
    }
    options.into()
}

fn put(target: &Object, name: &str, value: &JsValue) {
    // Setting a member of an object of our own cannot fail.
    let _ = Reflect::set(target, &name.into(), value);
}

pub(crate) fn member(target: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(target, &name.into()).ok()
}

/// Calls a method and waits for what it promises.
pub(crate) async fn called(
    target: &JsValue,
    method: &str,
    words: &[&JsValue],
) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(target, &method.into())?.dyn_into()?;
    let list = Array::new();
    for word in words {
        list.push(word);
    }
    let answer = function.apply(target, &list)?;
    match answer.dyn_into::<Promise>() {
        Ok(promise) => JsFuture::from(promise).await,
        Err(answer) => Ok(answer),
    }
}

fn text_of(value: &JsValue, name: &str) -> String {
    member(value, name).and_then(|found| found.as_string()).unwrap_or_default()
}

fn name_of(error: &JsValue) -> String {
    text_of(error, "name")
}

fn trouble(error: &JsValue) -> Trouble {
    Trouble::named(&name_of(error), &text_of(error, "message"))
}

impl Handle {
    async fn call(&self, method: &str, words: &[&JsValue]) -> Result<JsValue, Trouble> {
        called(&self.0, method, words).await.map_err(|error| trouble(&error))
    }

    /// The file's or folder's own name.
    pub fn name(&self) -> String {
        text_of(&self.0, "name")
    }

    pub fn is_folder(&self) -> bool {
        text_of(&self.0, "kind") == "directory"
    }

    /// Whether it may be written; `ask` opens the browser's question, which only a click may do.
    pub async fn writable(&self, ask: bool) -> Result<bool, Trouble> {
        let method = if ask { "requestPermission" } else { "queryPermission" };
        // Handles that ask nobody (the browser's own store) have no such method in some versions.
        if !member(&self.0, method).is_some_and(|found| found.is_function()) {
            return Ok(true);
        }
        let wanted = Object::new();
        put(&wanted, "mode", &"readwrite".into());
        let answer = self.call(method, &[&wanted]).await?;
        Ok(answer.as_string().as_deref() == Some("granted"))
    }

    /// The file as it is now.
    pub async fn file(&self) -> Result<web_sys::File, Trouble> {
        Ok(self.call("getFile", &[]).await?.unchecked_into())
    }

    pub async fn bytes(&self) -> Result<Vec<u8>, Trouble> {
        let file = self.file().await?;
        Ok(files::read(&file).await.ok_or(Trouble::Gone)?.bytes)
    }

    /// Writes bytes; the browser puts them in place when the writer is closed.
    async fn write(&self, bytes: &[u8]) -> Result<(), Trouble> {
        let writer = Handle(self.call("createWritable", &[]).await?);
        let written = writer.call("write", &[&Uint8Array::from(bytes)]).await;
        if written.is_err() {
            let _ = writer.call("abort", &[]).await;
            return written.map(drop);
        }
        writer.call("close", &[]).await.map(drop)
    }

    /// Reads the file again: it must be the same, byte for byte.
    pub async fn verify(&self, bytes: &[u8]) -> Result<(), Trouble> {
        if self.bytes().await? == bytes { Ok(()) } else { Err(Trouble::Unlike) }
    }

    pub async fn write_verified(&self, bytes: &[u8]) -> Result<(), Trouble> {
        self.write(bytes).await?;
        self.verify(bytes).await
    }

    /// Takes another name, in place of what had it; false where the browser cannot.
    pub async fn moved(&self, name: &str) -> bool {
        self.call("move", &[&name.into()]).await.is_ok()
    }

    /// A file of a folder; `None` where there is none and none is made.
    pub async fn child(&self, name: &str, make: bool) -> Result<Option<Handle>, Trouble> {
        self.inside("getFileHandle", name, make).await
    }

    /// A folder in a folder.
    pub async fn folder(&self, name: &str, make: bool) -> Result<Option<Handle>, Trouble> {
        self.inside("getDirectoryHandle", name, make).await
    }

    pub async fn made(&self, name: &str) -> Result<Handle, Trouble> {
        self.child(name, true).await?.ok_or(Trouble::Gone)
    }

    async fn inside(
        &self,
        method: &str,
        name: &str,
        make: bool,
    ) -> Result<Option<Handle>, Trouble> {
        let how = Object::new();
        put(&how, "create", &make.into());
        match called(&self.0, method, &[&name.into(), &how]).await {
            Ok(found) => Ok(Some(Handle(found))),
            Err(error) if !make && name_of(&error) == "NotFoundError" => {
                // The folder itself may be what is not there: then listing it fails as well.
                self.names().await.map(|_| None)
            }
            Err(error) => Err(trouble(&error)),
        }
    }

    /// The names of what is in a folder.
    pub async fn names(&self) -> Result<Vec<String>, Trouble> {
        let mut names = Vec::new();
        let list = Handle(self.call("keys", &[]).await?);
        loop {
            let next = list.call("next", &[]).await?;
            if member(&next, "done").is_none_or(|done| done.is_truthy()) {
                return Ok(names);
            }
            names.push(text_of(&next, "value"));
        }
    }

    pub async fn remove(&self, name: &str) -> Result<(), Trouble> {
        self.call("removeEntry", &[&name.into()]).await.map(drop)
    }
}
