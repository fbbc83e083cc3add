//! Choosing where the township is kept, and opening one from where it was kept.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::Keeping;
use crate::bundle::Bundle;
use crate::journal::hash::sha256_hex;
use crate::saving::backups::stem;
use crate::saving::{Seen, Trouble};
use crate::ui::session::Session;
use crate::web::files::Handed;
use crate::web::home::Home;
use crate::web::home::handle::{Handle, options, pick};
use crate::web::slices::{Refusal, read_or_look};
use crate::web::vault;

/// What is picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Folder,
    /// A file that is not there yet. The picker empties what it is given: for no other.
    NewFile,
    OldFile,
}

impl Place {
    async fn pick(self, suggested: Option<&str>) -> Result<Option<Handle>, Trouble> {
        let picker = match self {
            Place::Folder => "showDirectoryPicker",
            Place::NewFile => "showSaveFilePicker",
            Place::OldFile => "showOpenFilePicker",
        };
        pick(picker, &options(suggested)).await
    }

    fn home(self, handle: Handle) -> Home {
        if self == Place::Folder { Home::Folder(handle) } else { Home::File(handle) }
    }
}

/// A bundle that opened, and what it came from.
struct Found {
    bundle: Bundle,
    bytes: Vec<u8>,
    name: String,
    /// What its name begins with, where it is no backup.
    stem: String,
    /// It asked for a passphrase. What is written here is open to read: not in its place.
    sealed: bool,
}

impl Keeping {
    /// Asks for a place and writes the township there.
    pub fn choose(self, session: Session, place: Place) {
        spawn_local(async move {
            let name = [&stem(&session.township_name()), ".json"].concat();
            let suggested = (place == Place::NewFile).then_some(&*name);
            match place.pick(suggested).await {
                Ok(Some(handle)) => {
                    self.home.set(Some(place.home(handle)));
                    self.facts.update(|facts| {
                        facts.written.clear();
                        facts.file.clear();
                        facts.backups.clear();
                    });
                    self.trouble.set(None);
                    self.asks.set(false);
                    self.remembered(session).await;
                    self.look_for_permission(session).await;
                }
                Ok(None) => {}
                Err(trouble) => session.toasts.failed(trouble.to_string()),
            }
        });
    }

    /// No file home any more; what is in it stays there.
    pub fn leave(self, session: Session) {
        self.home.set(None);
        self.asks.set(false);
        self.trouble.set(None);
        self.remember(session);
    }

    /// Opens a township from where it was kept, and keeps it there from now on.
    pub async fn open_from(self, session: Session, place: Place) -> Result<(), Refusal> {
        let picked = place.pick(None).await.map_err(|trouble| trouble.to_string())?;
        let Some(handle) = picked else { return Ok(()) };
        let home = place.home(handle);
        let Found { bundle, bytes, name, stem, sealed } = found(&home).await?;
        let seen = Seen::of(bundle.lines());
        session.open_bundle(bundle, "").await?;
        if !sealed {
            self.home.set(Some(home));
            self.facts.update(|facts| {
                facts.written = sha256_hex(&bytes);
                facts.file = stem;
            });
        }
        self.saw(session, name, &seen);
        self.look_for_permission(session).await;
        Ok(())
    }

    /// Hands the file that was changed elsewhere to the merge room.
    pub fn merge_first(self, session: Session) {
        spawn_local(async move {
            let Some(home) = self.home.get_untracked() else { return };
            let name = self.file_name(session, &home);
            match home.file(&name).await {
                Ok(file) => {
                    self.to_merge.set_value(Some(file));
                    session.go(&crate::route::Route::Merge);
                }
                Err(trouble) => session.toasts.failed(trouble.to_string()),
            }
        });
    }
}

/// The township a place holds: of several files the one made last; where none opens, the newest
/// backup that does.
async fn found(home: &Home) -> Result<Found, Refusal> {
    let mut best: Option<Found> = None;
    let mut refused = None;
    for file in home.bundles().await.map_err(|trouble| trouble.to_string())? {
        match opened(&file).await {
            Ok(found) => {
                let made = &found.bundle.header.made;
                if best.as_ref().is_none_or(|best| *made > best.bundle.header.made) {
                    best = Some(found);
                }
            }
            Err(said) => refused = Some(said),
        }
    }
    if let Some(best) = best {
        return Ok(best);
    }
    for backup in home.backups().await.map_err(|trouble| trouble.to_string())? {
        if let Ok(found) = opened(&backup).await {
            return Ok(Found { stem: String::new(), ..found });
        }
    }
    let none = "这里没有岗图存档。请选存档所在的那个文件夹，或改用“选择文件”。";
    Err(refused.unwrap_or_else(|| none.to_string().into()))
}

async fn opened(file: &Handle) -> Result<Found, Refusal> {
    let bytes = file.bytes().await.map_err(|trouble| trouble.to_string())?;
    let name = file.name();
    let opened = vault::unsealed(Handed { name: name.clone(), bytes: bytes.clone() }).await?;
    let sealed = opened != bytes;
    let bundle = read_or_look(&opened, |_, _| ()).await?;
    let stem = name.strip_suffix(".json").unwrap_or(&name);
    let stem = stem.strip_suffix(".新").unwrap_or(stem).to_string();
    Ok(Found { bundle, bytes, name, stem, sealed })
}
