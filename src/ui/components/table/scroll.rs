//! Which rows are in sight. Rows stand at fixed heights; a pool of elements moves along with the eye.
//!
//! Browsers stop growing an element at some 17 to 33 million pixels. Longer tables get a scroll bar of
//! [`TALLEST`] that stands for the whole: small movements move by pixels, leaps move in proportion.

use crate::ui::prelude::*;
use leptos::html::Div;

use super::state::TableState;
use crate::web::frame::on_next_frame;
use crate::web::sizes::Sizes;

/// Tallest element made, in pixels; well within every browser and exact for the compositor.
const TALLEST: f64 = 8_000_000.0;
/// Rows kept ready above and below.
const SPARE: usize = 4;
/// In a scaled table, rows stand relative to a row that changes this seldom.
const REBASE: usize = 50_000;

/// The window onto a table.
pub type Scroll = Handle<ScrollParts>;

/// The signals of a [`Scroll`].
pub struct ScrollParts {
    state: TableState,
    frame: NodeRef<Div>,
    /// Rows there are elements for.
    pub pool: RwSignal<usize>,
    /// First row of the pool.
    pub first: RwSignal<usize>,
    pub row_height: RwSignal<f64>,
    /// Height of the space that makes the scroll bar.
    pub height: Memo<f64>,
    /// The row at the top of the rows' layer, and where the layer stands.
    pub base: RwSignal<usize>,
    pub shift: RwSignal<f64>,
    /// First pixel in sight if the table were as tall as it is.
    top: StoredValue<f64>,
    /// `scrollTop` when it was last looked at.
    seen: StoredValue<f64>,
    /// Height of the names, height of the frame.
    measures: StoredValue<(f64, f64)>,
    pending: StoredValue<bool>,
}

impl Scroll {
    pub fn new(state: TableState, frame: NodeRef<Div>) -> Scroll {
        let row_height = RwSignal::new(36.0);
        let height = memo(move || (state.count() as f64 * row_height.get()).min(TALLEST));
        let scroll = Handle::to(ScrollParts {
            state,
            frame,
            pool: RwSignal::new(0),
            first: RwSignal::new(0),
            row_height,
            height,
            base: RwSignal::new(0),
            shift: RwSignal::new(0.0),
            top: StoredValue::new(state.top.get_value()),
            seen: StoredValue::new(0.0),
            measures: StoredValue::new((0.0, 0.0)),
            pending: StoredValue::new(false),
        });
        scroll.restore();
        scroll
    }

    /// Goes back to where the reader left, once there are rows and a frame.
    fn restore(self) {
        let wanted = self.top.get_value();
        Effect::new(move |done: Option<bool>| {
            let ready = self.state.count() > 0 && self.frame.get().is_some();
            self.height.track();
            if done == Some(true) || !ready {
                return done.unwrap_or(false);
            }
            self.next_frame(move || {
                self.measure();
                self.go_to(wanted);
            });
            true
        });
    }

    /// With the next frame, if the page is still there then.
    fn next_frame(self, work: impl FnOnce() + 'static) {
        on_next_frame(move |_| {
            if self.pending.try_get_value().is_some() {
                work();
            }
        });
    }

    /// Follows the size of the frame and of its type.
    pub fn watch_size(self) {
        let sizes = StoredValue::new_local(Sizes::watch(move || {
            self.measure();
            self.place();
        }));
        effect(move || {
            let Some(frame) = self.frame.get() else { return };
            sizes.with_value(|sizes| {
                sizes.of(&frame);
                for part in [".grid-probe", ".grid-head"] {
                    if let Ok(Some(part)) = frame.query_selector(part) {
                        sizes.of(&part);
                    }
                }
            });
        });
        effect(move || {
            self.state.view.track();
            self.measure();
            self.place();
        });
    }

    fn measure(self) {
        let Some(frame) = self.frame.get_untracked() else { return };
        let height_of = |part: &str| {
            let part = frame.query_selector(part).ok().flatten();
            part.map_or(0.0, |part| part.get_bounding_client_rect().height())
        };
        let (row, head) = (height_of(".grid-probe"), height_of(".grid-head"));
        self.measures.set_value((head, f64::from(frame.client_height())));
        if row > 1.0 && row != self.row_height.get_untracked() {
            self.row_height.set(row);
        }
        let rows = (f64::from(frame.client_height()) / row.max(1.0)).ceil() as usize;
        let pool = if rows == 0 { 0 } else { rows + 1 + 2 * SPARE };
        if pool != self.pool.get_untracked() {
            self.pool.set(pool);
        }
    }

    /// The frame was scrolled; looked at once a frame.
    pub fn scrolled(self) {
        if self.pending.get_value() {
            return;
        }
        self.pending.set_value(true);
        self.next_frame(move || {
            self.pending.set_value(false);
            self.look();
        });
    }

    fn look(self) {
        let Some(frame) = self.frame.get_untracked() else { return };
        let now = f64::from(frame.scroll_top());
        let moved = now - self.seen.get_value();
        self.seen.set_value(now);
        let (whole, sight) = (self.whole(), self.sight());
        let bar = self.height.get_untracked();
        let top = if whole <= bar {
            now
        } else if now <= 0.0 {
            0.0
        } else if now >= bar - sight - 1.0 {
            whole - sight
        } else if moved.abs() < sight * 2.0 {
            self.top.get_value() + moved
        } else {
            now * (whole - sight) / (bar - sight)
        };
        self.top.set_value(top.clamp(0.0, (whole - sight).max(0.0)));
        self.place();
    }

    /// Puts the pool around what is in sight.
    fn place(self) {
        let (row, pool) = (self.row_height.get_untracked(), self.pool.get_untracked());
        let (top, whole) = (self.top.get_value(), self.whole());
        let count = self.state.view.with_untracked(|view| view.as_ref().map_or(0, |v| v.len()));
        let first = ((top / row) as usize).saturating_sub(SPARE).min(count.saturating_sub(pool));
        let scaled = whole > self.height.get_untracked();
        let base = if scaled { first - first % REBASE } else { 0 };
        let shift = if scaled { self.seen.get_value() - top + base as f64 * row } else { 0.0 };
        self.state.top.set_value(top);
        for (signal, value) in [(self.first, first), (self.base, base)] {
            if signal.get_untracked() != value {
                signal.set(value);
            }
        }
        if self.shift.get_untracked() != shift {
            self.shift.set(shift);
        }
    }

    fn whole(self) -> f64 {
        let count = self.state.view.with_untracked(|view| view.as_ref().map_or(0, |v| v.len()));
        count as f64 * self.row_height.get_untracked()
    }

    /// Pixels of rows in sight.
    fn sight(self) -> f64 {
        let (head, frame) = self.measures.get_value();
        (frame - head).max(1.0)
    }

    /// Rows that fit.
    pub fn rows_in_sight(self) -> usize {
        (self.sight() / self.row_height.get_untracked()) as usize
    }

    /// Scrolls just so far that a row is wholly in sight.
    pub fn show(self, row: usize) {
        let height = self.row_height.get_untracked();
        let (top, sight) = (self.top.get_value(), self.sight());
        let (upper, lower) = (row as f64 * height, (row + 1) as f64 * height);
        if upper < top {
            self.go_to(upper);
        } else if lower > top + sight {
            self.go_to(lower - sight);
        }
    }

    /// Puts a pixel of the whole table at the top.
    fn go_to(self, top: f64) {
        let Some(frame) = self.frame.get_untracked() else { return };
        let (whole, sight) = (self.whole(), self.sight());
        let top = top.clamp(0.0, (whole - sight).max(0.0));
        let bar = self.height.get_untracked();
        let now = if whole <= bar { top } else { top * (bar - sight) / (whole - sight) };
        self.top.set_value(top);
        self.seen.set_value(now.round());
        frame.set_scroll_top(now.round() as i32);
        self.place();
    }

    /// The row each place of the pool shows now.
    pub fn rows(self) -> impl Iterator<Item = Option<usize>> {
        let (first, pool, count) = (self.first.get(), self.pool.get(), self.state.count());
        (0..pool).map(move |place| {
            let row = first - first % pool + place;
            let row = if row < first { row + pool } else { row };
            (row < count).then_some(row)
        })
    }

    /// Where a row stands in the rows' layer.
    pub fn offset(self, row: usize) -> f64 {
        (row as f64 - self.base.get() as f64) * self.row_height.get()
    }
}
