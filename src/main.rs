//! The page's entry: mounts the interface in the browser; on the host there is nothing to run.

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;
    mount_to_body(|| view! { <p id="gangtu-up">"岗图"</p> });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
