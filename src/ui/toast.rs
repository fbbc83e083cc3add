//! Short words at the edge of the page: done, failed, undo. Says nothing that must be answered.

use crate::ui::prelude::*;

/// Where the browser does not print.
pub const NOT_PRINTED: &str =
    "浏览器没有打开打印窗口，数据没有变化。请用浏览器菜单里的“打印”，或先导出 SVG 再打印。";

/// Why a download did not begin.
pub const NOT_SAVED: &str = "浏览器没有允许保存文件，数据没有变化。请检查下载设置后重试。";

/// How a toast is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Done,
    /// Stays until it is put away.
    Failed,
}

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    pub id: u32,
    pub tone: Tone,
    pub text: String,
    /// Offers to take the last step back.
    pub undo: bool,
}

/// The messages on show.
#[derive(Clone, Copy)]
pub struct Toasts {
    pub list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

/// A done message leaves by itself after this many milliseconds.
const LEAVES_AFTER_MS: u32 = 6_000;
/// More than this many at once is noise.
const MOST: usize = 4;

impl Toasts {
    pub fn none() -> Toasts {
        Toasts { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }

    pub fn done(self, text: impl Into<String>, undo: bool) {
        let id = self.push(Tone::Done, text.into(), undo);
        gloo::timers::callback::Timeout::new(LEAVES_AFTER_MS, move || self.close(id)).forget();
    }

    pub fn failed(self, text: impl Into<String>) {
        self.push(Tone::Failed, text.into(), false);
    }

    /// Of what may still be averted: whoever says so puts it away when it is.
    pub fn warned(self, text: impl Into<String>) -> u32 {
        self.push(Tone::Failed, text.into(), false)
    }

    pub fn close(self, id: u32) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }

    fn push(self, tone: Tone, text: String, undo: bool) -> u32 {
        self.next.update_value(|next| *next += 1);
        let id = self.next.get_value();
        self.list.update(|list| {
            // Only the last step is taken back: an older offer would take back another than it names.
            list.retain(|toast| !(undo && toast.undo));
            list.push(Toast { id, tone, text, undo });
            let over = list.len().saturating_sub(MOST);
            list.drain(..over);
        });
        id
    }
}
