//! The page's entry: mounts the interface in the browser; on the host there is nothing to run.

#[cfg(target_arch = "wasm32")]
fn main() {
    leptos::mount::mount_to_body(|| leptos::prelude::view! { <p id="gangtu-up">"岗图"</p> });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
