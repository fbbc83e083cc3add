//! The page's entry: mounts the interface in the browser; on the host there is nothing to run.

#[cfg(target_arch = "wasm32")]
fn main() {
    leptos::mount::mount_to_body(gangtu::ui::app::App);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
