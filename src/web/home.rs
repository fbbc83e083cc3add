//! A place in the file system that somebody chose for the township: one file, or a folder with its
//! backups. Writes bytes and reads them back; judges no content and decides no when.
//!
//! Needs the file pickers (Chromium 86 and later, secure pages only). What browsers lack is asked for
//! at run time: nothing here is called where `can_pick` says no.

pub mod handle;
pub mod kept;
pub mod turn;

use handle::Handle;

use crate::saving::Trouble;
use crate::saving::backups::Backup;
use crate::sorting::Sorting;

/// Name of the folder that backups lie in.
pub const BACKUPS: &str = "岗图备份";

/// The place chosen.
#[derive(Clone, Debug)]
pub enum Home {
    File(Handle),
    Folder(Handle),
}

impl Home {
    pub fn handle(&self) -> &Handle {
        match self {
            Home::File(handle) | Home::Folder(handle) => handle,
        }
    }

    pub fn is_folder(&self) -> bool {
        matches!(self, Home::Folder(_))
    }

    /// What the file holds now; `None` where there is none or nothing in it.
    pub async fn current(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let bytes = match self {
            Home::File(file) => Some(file.bytes().await?),
            Home::Folder(folder) => match folder.child(name, false).await? {
                Some(file) => Some(file.bytes().await?),
                None => None,
            },
        };
        Ok(bytes.filter(|bytes| !bytes.is_empty()))
    }

    /// Writes the file and reads it back. In a folder it is first written beside the old
    /// one and read back there; only then it takes its place. A single file is swapped by the browser, which
    /// writes beside it on its own.
    pub async fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        match self {
            Home::File(file) => file.write_verified(bytes).await,
            Home::Folder(folder) => {
                let beside = beside(name);
                let new = folder.made(&beside).await?;
                new.write_verified(bytes).await?;
                if new.moved(name).await {
                    let file = folder.child(name, false).await?.ok_or(Trouble::Gone)?;
                    return file.verify(bytes).await;
                }
                folder.made(name).await?.write_verified(bytes).await?;
                // Left behind it harms nobody: it is what the file is.
                let _ = folder.remove(&beside).await;
                Ok(())
            }
        }
    }

    /// The files a township may be opened by.
    pub async fn bundles(&self) -> Result<Vec<Handle>, Trouble> {
        match self {
            Home::File(file) => Ok(vec![file.clone()]),
            Home::Folder(folder) => bundles_in(folder).await,
        }
    }

    /// All its backups, the newest first.
    pub async fn backups(&self) -> Result<Vec<Handle>, Trouble> {
        let Home::Folder(folder) = self else { return Ok(Vec::new()) };
        match folder.folder(BACKUPS, false).await? {
            Some(backups) => bundles_in(&backups).await,
            None => Ok(Vec::new()),
        }
    }

    /// The file as the browser hands it out.
    pub async fn file(&self, name: &str) -> Result<web_sys::File, Trouble> {
        match self {
            Home::File(file) => file.file().await,
            Home::Folder(folder) => {
                folder.child(name, false).await?.ok_or(Trouble::Gone)?.file().await
            }
        }
    }

    /// Writes a backup beside the others and reads it back.
    pub async fn put_backup(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let Home::Folder(folder) = self else { return Ok(()) };
        let backups = folder.folder(BACKUPS, true).await?.ok_or(Trouble::Gone)?;
        backups.made(name).await?.write_verified(bytes).await
    }

    /// The names of everything that lies among the backups.
    pub async fn backup_names(&self) -> Result<Vec<String>, Trouble> {
        let Home::Folder(folder) = self else { return Ok(Vec::new()) };
        match folder.folder(BACKUPS, false).await? {
            Some(backups) => backups.names().await,
            None => Ok(Vec::new()),
        }
    }

    pub async fn backup(&self, backup: &Backup) -> Result<Vec<u8>, Trouble> {
        let Home::Folder(folder) = self else { return Err(Trouble::Gone) };
        let backups = folder.folder(BACKUPS, false).await?.ok_or(Trouble::Gone)?;
        backups.child(&backup.name, false).await?.ok_or(Trouble::Gone)?.bytes().await
    }

    /// Removes backups; one that will not go stays for the next time.
    pub async fn remove_backups(&self, names: &[String]) -> Result<(), Trouble> {
        let Home::Folder(folder) = self else { return Ok(()) };
        let Some(backups) = folder.folder(BACKUPS, false).await? else { return Ok(()) };
        for name in names {
            let _ = backups.remove(name).await;
        }
        Ok(())
    }
}

/// The JSON files of a folder, the last name first.
async fn bundles_in(folder: &Handle) -> Result<Vec<Handle>, Trouble> {
    let mut names = folder.names().await?;
    names.retain(|name| name.ends_with(".json"));
    names.arrange(|a, b| b.cmp(a));
    let mut found = Vec::new();
    for name in names {
        found.extend(folder.child(&name, false).await?);
    }
    Ok(found)
}

/// Where a file is written before it takes its place.
fn beside(name: &str) -> String {
    format!("{}.新.json", name.strip_suffix(".json").unwrap_or(name))
}
