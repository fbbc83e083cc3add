//! Files opened again: one that was downloaded, and a backup as a restore would open it.

use std::rc::Rc;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::Keeping;
use crate::bundle::Bundle;
use crate::journal::memory::Memory;
use crate::saving::backups;
use crate::saving::held::unknown_here;
use crate::saving::{Rehearsed, Seen, Trouble, rehearse};
use crate::ui::session::{Open, Session};
use crate::web::files;
use crate::web::home::Home;
use crate::web::home::kept::Verified;
use crate::web::slices::{read_bundle, read_bundle_file};
use crate::web::store::Store;
use crate::web::world::BrowserWorld;

/// What a rehearsal found, in plain words.
#[derive(Clone, Debug, PartialEq)]
pub struct Rehearsal {
    pub good: bool,
    pub said: String,
}

/// A file to rehearse with, and the first letters of the state it must turn out to be.
struct Candidate {
    name: String,
    bytes: Result<Vec<u8>, Trouble>,
    mark: Option<String>,
}

pub(super) fn check((keeping, session): (Keeping, Session)) {
    keeping.check(session);
}

impl Keeping {
    /// Lets somebody pick a file, opens it and says what it holds.
    pub fn check(self, session: Session) {
        spawn_local(async move {
            let Some(file) = files::choose(".json,application/json").await else { return };
            match self.checked(session, &file).await {
                Ok(said) => session.toasts.done(said, false),
                Err(said) => session.toasts.failed(said),
            }
        });
    }

    async fn checked(self, session: Session, file: &web_sys::File) -> Result<String, String> {
        let open = session.base().ok_or("没有打开的乡镇。")?;
        let bundle = read_bundle_file(file, |_, _| ()).await?;
        let name = file.name();
        if bundle.header.township != open.township {
            return Err([
                "“",
                &name,
                "”是另一个乡镇（",
                &bundle.header.name,
                "）的数据包，不能算本镇的存档。",
            ]
            .concat());
        }
        let parked = open.desk.parked();
        let (held, lacks, more) = open.desk.read(|fold| {
            let held = Seen::of(bundle.lines()).held(fold.heads());
            let lacks = held.lacks(fold.heads());
            (held, lacks, unknown_here(bundle.lines(), fold.heads(), &parked))
        });
        let better = lacks < self.unsaved_now(session) || lacks == 0;
        if better {
            let (when, seq) = (js_sys::Date::now(), open.desk.meta().seq);
            let seq = if lacks == 0 { seq } else { 0 };
            self.verified(session, Verified { name: name.clone(), when, held, seq });
        }
        let missing = match lacks {
            0 => "全部改动都在里面。".to_string(),
            lacks => format!("但有 {lacks} 处改动不在里面，请再下载一次。"),
        };
        let more = match more {
            0 => String::new(),
            more => format!("里面另有 {more} 条操作这里没有，可以去合并。"),
        };
        Ok(["“", &name, "”打得开，校验无误，", &missing, &more].concat())
    }

    fn unsaved_now(self, session: Session) -> u64 {
        untrack(|| self.unsaved(session)).count
    }

    /// Opens the newest backup in a base of its own in memory and compares what it turns out to be.
    pub async fn rehearse(self, session: Session) -> Rehearsal {
        let Some((open, home)) = session.base().zip(self.home.get_untracked()) else {
            return Rehearsal { good: false, said: "还没有选存档位置。".into() };
        };
        match self.candidates(session, &open, &home).await {
            Ok(candidates) => rehearsed(&open, candidates).await,
            Err(trouble) => Rehearsal { good: false, said: trouble.to_string() },
        }
    }

    /// Backups, the newest first; where there are none, the file itself.
    async fn candidates(
        self,
        session: Session,
        open: &Open,
        home: &Home,
    ) -> Result<Vec<Candidate>, Trouble> {
        let stem = self.stem(session);
        let mut candidates = Vec::new();
        for backup in backups::found(&stem, &home.backup_names().await?) {
            let bytes = home.backup(&backup).await;
            let good = bytes.is_ok();
            candidates.push(Candidate { name: backup.name, bytes, mark: Some(backup.mark) });
            if good && candidates.len() > 2 {
                break;
            }
        }
        if candidates.is_empty() {
            let name = self.file_name(session, home);
            let bytes = home.current(&name).await?.ok_or(Trouble::Gone);
            let whole = self.unsaved_now(session) == 0;
            let mark = whole.then(|| open.desk.read(|fold| fold.state_hash()));
            candidates.push(Candidate { name, bytes, mark });
        }
        Ok(candidates)
    }
}

/// The first that can be restored; what is wrong with those before it is said as well.
async fn rehearsed(open: &Open, candidates: Vec<Candidate>) -> Rehearsal {
    let mut said = String::new();
    let mut good = true;
    for candidate in candidates {
        let (name, found) = (candidate.name.clone(), opened(open, candidate).await);
        match found {
            Ok(Rehearsed { actions, records, waiting, state }) => {
                let waits = if waiting > 0 {
                    format!("，{waiting} 条在等缺的部分")
                } else {
                    String::new()
                };
                said.push_str(&format!(
                    "“{name}”可以恢复：{actions} 条操作、{records} 条记录全部读出{waits}，校验码 {} 一致。",
                    &state[..backups::MARK]
                ));
                return Rehearsal { good, said };
            }
            Err(why) => {
                good = false;
                said.push_str(&["“", &name, "”不能用：", &why].concat());
            }
        }
    }
    said.push_str("请马上点“立即保存”，并换一个 U 盘再存一份。");
    Rehearsal { good, said }
}

async fn opened(open: &Open, candidate: Candidate) -> Result<Rehearsed, String> {
    let bytes = candidate.bytes.map_err(|_| "读不出来，可能 U 盘已拔出或快坏了。")?;
    let bundle: Bundle = read_bundle(&bytes, |_, _| ()).await.map_err(|error| error.to_string())?;
    if bundle.header.township != open.township {
        return Err("里面是另一个乡镇。".into());
    }
    let scratch = Store::Memory(Memory::default());
    let found = rehearse(bundle, scratch, Rc::new(BrowserWorld))
        .await
        .map_err(|error| error.to_string())?;
    let like = candidate.mark.is_none_or(|mark| found.state.starts_with(&mark));
    if like {
        Ok(found)
    } else {
        Err("打得开，但内容与当时登记的校验码不一致。".into())
    }
}
