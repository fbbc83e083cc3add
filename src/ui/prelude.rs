//! What every page and component is written with: Leptos's prelude, with those of its parts that
//! are compiled anew at each use replaced by ones that are compiled once.

pub(crate) use leptos::prelude::*;

/// Leptos's own `view!`, as one type for all views. A page is made of some four hundred of them;
/// with a type for each, a good part of the wasm is copies of how a view is put in and taken out.
macro_rules! view_of_one_type {
    ($($markup:tt)*) => {
        ::leptos::prelude::IntoAny::into_any(::leptos::view! { $($markup)* })
    };
}

mod handle;
mod list;
mod reactive;
mod show;

pub(crate) use view_of_one_type as view;

pub use handle::Handle;
pub use list::{For, ForProps};
pub use reactive::{effect, memo, memo_untested};
pub use show::{Show, ShowProps};
