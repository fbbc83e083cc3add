//! The page's entry: mounts the interface in the browser; on the host there is nothing to run.

#[cfg(target_arch = "wasm32")]
fn main() {
    // A fault says where it happened; without this the console shows a bare `unreachable`.
    std::panic::set_hook(Box::new(|fault| {
        web_sys::console::error_1(&fault.to_string().into());
    }));
    gangtu_search::sound::hand_in(gangtu::web::packed::readings);
    leptos::mount::mount_to_body(gangtu::ui::app::App);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
