//! Values worked out from signals, and things done when signals change.

use leptos::prelude::{Effect, Memo};

/// A value worked out anew when what it reads changes; those who read it hear of it if it differs.
pub fn memo<T>(made: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let made: Box<dyn Fn() -> T + Send + Sync> = Box::new(made);
    Memo::new(move |_| made())
}

/// For values that are not worth comparing: those who read it hear of it every time.
pub fn memo_untested<T>(made: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Send + Sync + 'static,
{
    let made: Box<dyn Fn() -> T + Send + Sync> = Box::new(made);
    Memo::new_with_compare(move |_| made(), |_, _| true)
}

/// Done now, and again whenever what it reads changes.
pub fn effect(done: impl FnMut() + 'static) {
    let done: Box<dyn FnMut()> = Box::new(done);
    Effect::new(done);
}
