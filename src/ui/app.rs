//! The page: what is around every screen, and which screen is shown. Holds no data of its own.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::commands::keys;
use super::components::banner::Banner;
use super::components::form::Unsaved;
use super::components::header::Header;
use super::components::navigation::Navigation;
use super::components::palette::Palette;
use super::components::screen::Screen;
use super::components::table::memory::TableMemory;
use super::components::toasts::ToastList;
use super::finder::Finder;
use super::pages;
use super::session::{Mode, Session, Stage, use_session};
use crate::route::Route;

#[component]
pub fn App() -> impl IntoView {
    let session = Session::begin();
    provide_context(session);
    let finder = Finder::follow(session);
    provide_context(finder);
    provide_context(TableMemory::new());
    provide_context(Unsaved::new());
    reflect_modes(session);
    keys::listen(session);
    spawn_local(async move {
        session.start().await;
        super::door::open(session, finder);
    });
    view! {
        <a class="skip" href="#main">"跳到正文"</a>
        {move || match session.stage.get() {
            Stage::Starting => view! { <p class="starting" role="status">"正在打开…"</p> }.into_any(),
            Stage::Empty { bases, trouble } => {
                view! { <pages::start::StartPage bases=bases trouble=trouble/> }.into_any()
            }
            Stage::Ready => view! { <Shell/> }.into_any(),
        }}
        <Palette/>
        <ToastList/>
    }
}

/// Modes and themes are attributes of the document: the style sheets do the rest.
fn reflect_modes(session: Session) {
    Effect::new(move || {
        let mode = match session.mode.get() {
            Mode::Desk => "desk",
            Mode::Projector => "projector",
            Mode::Lookup => "lookup",
        };
        let theme = if session.contrast.get() { "contrast" } else { "light" };
        let root = document().document_element();
        if let Some(root) = root {
            let _ = root.set_attribute("data-mode", mode);
            let _ = root.set_attribute("data-theme", theme);
        }
    });
}

#[component]
fn Shell() -> impl IntoView {
    let session = use_session();
    view! {
        <div class="shell">
            <Navigation/>
            <div class="shell-body">
                <Header/>
                <Banner/>
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
        Route::Home => view! { <pages::home::HomePage/> }.into_any(),
        Route::Chart => view! { <pages::chart::ChartPage/> }.into_any(),
        Route::Map => view! { <pages::map::MapPage/> }.into_any(),
        Route::Find { query } => view! { <pages::find::FindPage query=query/> }.into_any(),
        Route::List { kind } => view! { <pages::list::ListPage kind=kind/> }.into_any(),
        Route::Record { kind, id } => {
            view! { <pages::record::RecordPage kind=kind id=id/> }.into_any()
        }
        Route::Import => view! { <pages::import::ImportPage/> }.into_any(),
        Route::Data => view! { <pages::data::DataPage/> }.into_any(),
        Route::Log => view! { <pages::log::LogPage/> }.into_any(),
        Route::Findings => view! { <pages::findings::FindingsPage/> }.into_any(),
        Route::Settings => view! { <pages::settings::SettingsPage/> }.into_any(),
        Route::NotFound(hash) => view! { <pages::not_found::NotFoundPage hash=hash/> }.into_any(),
    }
}
