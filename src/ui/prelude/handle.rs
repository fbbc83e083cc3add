//! State that every closure of a page holds, as one pointer.

use std::ops::Deref;

/// Signals that belong together, held by pointer. Closures capture this instead of a copy of every
/// signal: with a few hundred closures on a page the copying was a tenth of the wasm.
///
/// The parts are never given back: some hundred bytes for a page opened. What the signals hold is
/// not in them and goes with the page.
pub struct Handle<T: 'static>(&'static T);

impl<T> Handle<T> {
    pub fn to(parts: T) -> Self {
        Self(Box::leak(Box::new(parts)))
    }
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Handle<T> {}

impl<T> Deref for Handle<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0
    }
}
