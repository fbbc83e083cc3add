//! Every change into the file home: wait a moment, look what the file holds, write, read back. One
//! writer at a time, over all tabs.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::{Keeping, Unsaved, lacking};
use crate::bundle::{BundleError, Since};
use crate::journal::Storage;
use crate::journal::hash::sha256_hex;
use crate::route::Route;
use crate::saving::backups::{self, Backup, Minute, stem};
use crate::saving::held::unknown_here;
use crate::saving::{Held, Trouble};
use crate::ui::session::{Open, Session};
use crate::web::frame::sleep;
use crate::web::home::Home;
use crate::web::home::kept::{self, Verified};
use crate::web::home::turn::in_turn;
use crate::web::slices::read_bundle;
use crate::web::world::today;

/// How long hands must be still before a change is written, in milliseconds.
const STILL_MS: i32 = 1_500;
/// Waited for no longer than this many times.
const MOST_WAITS: u32 = 6;

/// The township as it goes into a file.
struct Whole {
    bytes: Vec<u8>,
    held: Held,
    /// Number of the last row it certainly holds.
    seq: u64,
    /// Nothing was written meanwhile, by any tab: it holds exactly what was in memory.
    still: bool,
}

/// Writes when hands have been still for a moment.
pub(super) fn write_soon((keeping, session): (Keeping, Session)) {
    spawn_local(async move {
        loop {
            keeping.be_still().await;
            let before = keeping.beat.get_untracked();
            keeping.write(session, false).await;
            if keeping.beat.get_untracked() == before
                || keeping.trouble.with_untracked(Option::is_some)
            {
                break;
            }
        }
        keeping.busy.set_value(false);
    });
}

pub(super) fn write_now((keeping, session): (Keeping, Session)) {
    keeping.write_now(session);
}

impl Keeping {
    async fn be_still(self) {
        for _ in 0..MOST_WAITS {
            let before = self.beat.get_untracked();
            sleep(STILL_MS).await;
            if self.beat.get_untracked() == before {
                return;
            }
        }
    }

    /// By a button: asks for the permission where it is missing, and writes at once.
    pub fn write_now(self, session: Session) {
        self.press(session, false);
    }

    /// The same over a file that is no sound bundle any more.
    pub fn write_over(self, session: Session) {
        let sure = "文件里现在的内容会被本镇的数据换掉，换掉后找不回来。确定覆盖吗？";
        let window = web_sys::window();
        if window.is_some_and(|window| window.confirm_with_message(sure).unwrap_or(false)) {
            self.press(session, true);
        }
    }

    fn press(self, session: Session, over: bool) {
        spawn_local(async move {
            let Some(home) = self.home.get_untracked() else { return };
            match home.handle().writable(true).await {
                Ok(true) => {
                    self.asks.set(false);
                    self.write(session, over).await;
                }
                Ok(false) => self.trouble.set(Some(Trouble::Denied)),
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }

    /// Writes now, and says how it went.
    async fn write(self, session: Session, over: bool) {
        let (Some(open), Some(home)) = (session.base(), self.home.get_untracked()) else { return };
        self.writing.set(true);
        let lock = ["gangtu-file:", &*open.key].concat();
        let done = in_turn(&lock, self.write_in_turn(session, &open, &home, over)).await;
        self.writing.set(false);
        self.beat.update(|beat| *beat += 1);
        let trouble = done.err();
        let told = trouble == self.trouble.get_untracked();
        let seen = session.route.get_untracked() == Route::Data;
        if let Some(trouble) = trouble.as_ref().filter(|_| !told && !seen) {
            session.toasts.failed(trouble.to_string());
        }
        self.trouble.set(trouble);
    }

    async fn write_in_turn(
        self,
        session: Session,
        open: &Open,
        home: &Home,
        over: bool,
    ) -> Result<(), Trouble> {
        // What another tab wrote in the meantime is no stranger's.
        if open.remembers() {
            let kept = kept::load(&open.key).await;
            if !kept.facts.written.is_empty() {
                self.facts.set(kept.facts);
            }
        }
        let name = self.file_name(session, home);
        let facts = self.facts.get_untracked();
        let found = home.current(&name).await?;
        let sha = found.as_deref().map(sha256_hex);
        let as_written = sha.as_deref() == Some(&*facts.written);
        if as_written && lacking(open, &facts) == Unsaved::default() {
            return Ok(());
        }
        if let Some(bytes) = found.filter(|_| !as_written && !over) {
            contained(open, &bytes).await?;
        }
        let whole = whole(session, open).await?;
        home.put(&name, &whole.bytes).await?;
        let stem = self.stem(session);
        self.facts.update(|facts| {
            facts.written = sha256_hex(&whole.bytes);
            facts.file = stem;
        });
        let (when, held) = (js_sys::Date::now(), whole.held.clone());
        let name = home_name(home, &name);
        self.verified(session, Verified { name, when, held, seq: whole.seq });
        self.back_up(session, open, home, &whole).await
    }

    /// A dated backup where one is due; then those that may go, go.
    async fn back_up(
        self,
        session: Session,
        open: &Open,
        home: &Home,
        whole: &Whole,
    ) -> Result<(), Trouble> {
        if !home.is_folder() || !whole.still || open.desk.meta().seq != whole.seq {
            return Ok(());
        }
        let stem = self.stem(session);
        let list = backups::found(&stem, &home.backup_names().await?);
        let (minute, hour, at) = this_minute();
        if !backups::due(&list, minute) {
            return Ok(());
        }
        let state = open.desk.read(|fold| fold.state_hash());
        let backup = Backup::new(&stem, today(), hour, at, &state);
        home.put_backup(&backup.name, &whole.bytes).await?;
        let list = backups::found(&stem, &home.backup_names().await?);
        self.facts.update(|facts| {
            facts.backups.retain(|name| list.iter().any(|backup| backup.name == *name));
            facts.backups.push(backup.name);
        });
        let keep = self.wishes.get_untracked().keep;
        let verified = self.facts.with_untracked(|facts| facts.backups.clone());
        home.remove_backups(&backups::to_remove(&list, minute, keep, &verified)).await?;
        self.remember(session);
        Ok(())
    }
}

impl Keeping {
    /// `云溪镇.json`, or what the chosen file is called.
    pub(super) fn file_name(self, session: Session, home: &Home) -> String {
        match home {
            Home::File(file) => file.name(),
            Home::Folder(_) => [&self.stem(session), ".json"].concat(),
        }
    }

    /// What the names of the file and its backups begin with.
    pub(super) fn stem(self, session: Session) -> String {
        let known = self.facts.with_untracked(|facts| facts.file.clone());
        if known.is_empty() { stem(&session.township_name()) } else { known }
    }
}

/// With its folder, as people look for it.
fn home_name(home: &Home, name: &str) -> String {
    match home {
        Home::File(_) => name.to_string(),
        Home::Folder(folder) => [&folder.name(), "/", name].concat(),
    }
}

/// The minute it is by the computer's own clock; its hour and minute.
fn this_minute() -> (Minute, u32, u32) {
    let now = js_sys::Date::new_0();
    let (hour, at) = (now.get_hours(), now.get_minutes());
    (backups::minute(today(), hour, at), hour, at)
}

/// What a file holds may be written over if this copy has all of it.
async fn contained(open: &Open, bytes: &[u8]) -> Result<(), Trouble> {
    let foreign = |error: BundleError| Trouble::Foreign(error.to_string());
    let bundle = read_bundle(bytes, |_, _| ()).await.map_err(foreign)?;
    if bundle.header.township != open.township {
        return Err(Trouble::OtherTownship { theirs: bundle.header.name });
    }
    let parked = open.desk.parked();
    let unknown = open.desk.read(|fold| unknown_here(bundle.lines(), fold.heads(), &parked));
    match unknown {
        0 => Ok(()),
        actions => Err(Trouble::Changed { actions }),
    }
}

/// The whole township as a bundle; what it holds is what was there before its rows were read.
async fn whole(session: Session, open: &Open) -> Result<Whole, Trouble> {
    let held = open.desk.read(|fold| Held::all(fold.heads()));
    let seq = open.desk.meta().seq;
    let text = session.bundle_text(&Since::Start).await;
    let text = text.map_err(|error| Trouble::Other(error.to_string()))?;
    let after = open.desk.storage().rows_after(seq).await;
    let still = after.is_ok_and(|(meta, _)| meta.seq == seq);
    Ok(Whole { bytes: text.into_bytes(), held, seq, still })
}
