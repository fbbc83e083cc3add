//! The page: what is around every screen, and which screen is shown. Holds no data of its own.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::asking::Asking;
use super::commands::keys;
use super::components::banner::Banner;
use super::components::erased::Erased;
use super::components::form::Unsaved;
use super::components::header::Header;
use super::components::navigation::Navigation;
use super::components::palette::palette;
use super::components::passphrase::{PassphraseDialog, Passphrases};
use super::components::screen::Screen;
use super::components::table::memory::TableMemory;
use super::components::toasts::ToastList;
use super::finder::Finder;
use super::later::{Part, later, later_piece, later_with};
use super::lock;
use super::pages;
use super::session::{Mode, Session, Stage, use_session};
use crate::route::Route;
use crate::web::frame;

#[component]
pub fn App() -> impl IntoView {
    let session = Session::begin();
    provide_context(session);
    let asking = Asking::follow(session);
    provide_context(asking);
    let finder = Finder::follow(session, asking);
    provide_context(finder);
    provide_context(TableMemory::new());
    provide_context(Unsaved::new());
    let part = Part::outside();
    provide_context(part);
    provide_context(Passphrases::begin());
    ask_before_leaving(session);
    reflect_modes(session);
    keys::listen(session);
    lock::watch(session);
    spawn_local(async move {
        session.start().await;
        if !session.is_published() {
            super::door::open(session, finder);
        }
        super::door::ready();
        if session.base().is_some() {
            // The first screen stands without the second part, and is seen sooner without its compiling.
            frame::until_painted().await;
        }
        part.bring().await;
    });
    view! {
        <a class="skip" href="#main">"跳到正文"</a>
        {move || match session.stage.get() {
            Stage::Starting => view! { <p class="starting" role="status">"正在打开…"</p> },
            Stage::Empty { .. } => later(pages::start::page),
            Stage::Ready => view! { <Shell/> },
            Stage::Published => later(pages::published::page),
        }}
        <Show when=move || session.palette.get() && session.shows_something()>
            {later_piece(palette)}
        </Show>
        <PassphraseDialog/>
        <Erased/>
        <ToastList/>
    }
}

/// What is in memory only and in no verified file goes with the page: the browser asks first.
fn ask_before_leaving(session: Session) {
    let _ = window_event_listener(leptos::ev::beforeunload, move |event| {
        if session.would_lose() {
            event.prevent_default();
            event.set_return_value("1");
        }
    });
}

/// Modes and themes are attributes of the document: the style sheets do the rest.
fn reflect_modes(session: Session) {
    effect(move || {
        let mode = match session.mode.get() {
            Mode::Desk => "desk",
            Mode::Projector => "projector",
            Mode::Lookup => "lookup",
        };
        let theme = if session.contrast.get() { "contrast" } else { "light" };
        let size = if session.large.get() { "large" } else { "usual" };
        let root = document().document_element();
        if let Some(root) = root {
            let _ = root.set_attribute("data-mode", mode);
            let _ = root.set_attribute("data-theme", theme);
            let _ = root.set_attribute("data-size", size);
        }
    });
}

#[component]
fn Shell() -> impl IntoView {
    let session = use_session();
    // A machine in the hall has nothing around the look-up that leads away from it.
    let around = move || !session.kiosk.get();
    view! {
        <div class="shell">
            <Show when=around><Navigation/></Show>
            <div class="shell-body">
                <Show when=around><Header/><Banner/></Show>
                <main class="shell-main" id="main" tabindex="-1">
                    {move || {
                        let route = session.route.get();
                        view! { <Screen>{page(route)}</Screen> }
                    }}
                </main>
            </div>
        </div>
    }
}

fn page(route: Route) -> AnyView {
    match route {
        Route::Home => view! { <pages::home::HomePage/> },
        Route::Chart => later(pages::chart::page),
        Route::Map => view! { <pages::map::MapPage/> },
        Route::Find { query } => view! { <pages::find::FindPage query=query/> },
        Route::Kiosk => later(pages::kiosk::page),
        Route::Asked => later(pages::asked::page),
        Route::Hall => later(pages::hall::page),
        Route::List { .. } => later(pages::list::page),
        Route::Record { .. } => later(pages::record::page),
        Route::Import => later(pages::import::page),
        Route::Data => later(pages::data::page),
        Route::Merge => later(pages::merge::page),
        Route::Health => later(pages::health::page),
        Route::Past => later(pages::past::page),
        Route::Log => later(pages::log::page),
        Route::Borders => later(pages::borders::page),
        Route::Drawing => later(pages::drawing::page),
        Route::Board => later(pages::board::page),
        Route::Show { page: None, .. } => later(pages::show::page),
        Route::Show { page: Some(at), names } => later_with(pages::show::showing, (at, names)),
        Route::Statistics => later(pages::statistics::page),
        Route::Trial => later(pages::trial::page),
        Route::Findings => later(pages::findings::page),
        Route::Settings => later(pages::settings::page),
        Route::NotFound(hash) => view! { <pages::not_found::NotFoundPage hash=hash/> },
    }
}
