//! A text as it lies in the browser: its UTF-8 bytes, which go in and out several times as fast as a
//! string, in pieces. Bases of version 1 hold whole strings, those of version 2 smaller pieces. Knows nothing
//! of what a text says.
//!
//! Chromium puts values of more than 64 KiB into files beside its database: they are written and read more
//! than twice as fast as what goes through its log and is sorted into tables.

use indexed_db_futures::error::SimpleValueError;
use indexed_db_futures::primitive::{TryFromJs, TryToJs};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

/// Bytes of a piece.
const PIECE: usize = 128 << 10;

/// Bytes of a piece in bases of version 2; small enough to go through the browser's log.
const SMALL_PIECE: usize = 48 << 10;

/// Whether a piece of so many bytes has another of its text behind it, in whatever version.
fn goes_on(bytes: usize) -> bool {
    bytes == PIECE || bytes == SMALL_PIECE
}

/// Pieces a text may have: as many keys stand between two numbers.
const PIECES: f64 = 8_192.0;

/// Where the pieces of the text with this number lie: at it, and between it and the next.
pub fn pieces(number: f64, text: &str) -> impl Iterator<Item = (f64, Keep<'_>)> {
    let mut rest = Some(text.as_bytes());
    let pieces = std::iter::from_fn(move || {
        let (piece, behind) = rest?.split_at(rest?.len().min(PIECE));
        rest = goes_on(piece.len()).then_some(behind);
        Some(Keep(piece))
    });
    (0..).map(move |at| number + f64::from(at) / PIECES).zip(pieces)
}

/// Nothing, which fills the browser's log and is kept nowhere else.
pub fn nothing() -> JsValue {
    Uint8Array::new_with_length(SMALL_PIECE as u32).into()
}

/// Where it is to lie to make so many bytes, from this place on.
pub fn places_of_nothing(place: f64, bytes: usize) -> impl Iterator<Item = f64> {
    (0..bytes / SMALL_PIECE).map(move |at| place + at as f64 / PIECES)
}

/// A piece on its way in.
pub struct Keep<'a>(&'a [u8]);

impl TryToJs for Keep<'_> {
    fn try_to_js(&self) -> indexed_db_futures::Result<JsValue> {
        // The database copies what it is handed before `put` returns, so whole pieces go through one array:
        // a new one each is fresh memory, and that costs more than the copying.
        thread_local!(static IN_HAND: Uint8Array = Uint8Array::new_with_length(PIECE as u32));
        if self.0.len() < PIECE {
            return Ok(Uint8Array::from(self.0).into());
        }
        Ok(IN_HAND.with(|in_hand| {
            in_hand.copy_from(self.0);
            in_hand.into()
        }))
    }
}

/// What lies at a key.
pub enum Kept {
    /// As version 1 kept it.
    Whole(String),
    Piece(Vec<u8>),
}

impl TryFromJs for Kept {
    fn from_js(js: JsValue) -> Result<Kept, SimpleValueError> {
        if let Some(text) = js.as_string() {
            return Ok(Kept::Whole(text));
        }
        let bytes: Uint8Array = js.dyn_into().map_err(SimpleValueError::DynCast)?;
        Ok(Kept::Piece(bytes.to_vec()))
    }
}

/// Puts pieces together again, in the order in which they lie.
#[derive(Default)]
pub struct Joined {
    texts: Vec<String>,
    open: Vec<u8>,
}

impl Joined {
    /// `None` where the bytes are no text.
    pub fn take(&mut self, kept: Kept) -> Option<()> {
        match kept {
            Kept::Whole(text) => self.texts.push(text),
            Kept::Piece(piece) => {
                let last = !goes_on(piece.len());
                if self.open.is_empty() {
                    self.open = piece;
                } else {
                    self.open.extend_from_slice(&piece);
                }
                if last {
                    self.texts.push(String::from_utf8(std::mem::take(&mut self.open)).ok()?);
                }
            }
        }
        Some(())
    }

    pub fn texts(self) -> Vec<String> {
        self.texts
    }
}
