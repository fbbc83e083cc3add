//! What is open as bundles: the whole, what one copy lacks, or parts of a size. Writes no record.

use super::{Open, Session};
use crate::bundle::{Header, Since, compose, content_hash, split};
use crate::journal::peer::Sent;
use crate::journal::{DeskError, StoreError};
use crate::saving::Held;
use crate::ui::keeping::Offered;
use crate::ui::later::enter;
use crate::ui::prelude::*;
use crate::ui::signing::sign_own;
use crate::ui::toast::NOT_SAVED;
use crate::web::slices::finish;
use crate::web::world::today;
use crate::web::{files, frame};
use futures_util::future::join;
use leptos::task::spawn_local;

/// Rows that hold what goes out.
async fn rows_for(open: &Open, since: &Since) -> Result<Vec<String>, DeskError> {
    match since {
        Since::Version(known) => open.desk.rows_lacked(known).await,
        Since::Start | Since::Millis(_) => open.desk.rows().await,
    }
}

fn export_whole(session: Session) {
    spawn_local(session.export_file());
}

impl Session {
    /// Offers the whole township as a file, from whatever part of the program.
    pub fn export(self) {
        enter(self.toasts, export_whole, self);
    }

    /// The bundle of what is open.
    pub async fn bundle_text(self, since: &Since) -> Result<String, DeskError> {
        self.may_pass_on()?;
        let Some(open) = self.base() else { return Err(StoreError::Gone.into()) };
        let (rows, ()) = join(rows_for(&open, since), sign_own(&open)).await;
        // Rows that are gone leave what the page holds: values without their past.
        let mut rows = rows.unwrap_or_else(|_| open.desk.rescue());
        if *since == Since::Start {
            // What waits for others is as much worth as the rest.
            rows.extend(open.desk.parked_behind_gaps());
        }
        let lines = rows.iter().flat_map(|row| row.lines());
        let unhashed = compose(&self.next_header(&open), lines, since);
        // As large as what is made of them.
        drop(rows);
        Ok(finish(unhashed).await)
    }

    pub(super) fn next_header(self, open: &Open) -> Header {
        let knows = open.desk.knows();
        let now = js_sys::Date::now() as u64;
        Header::next(&open.desk.meta(), &self.township_name(), knows, now)
    }

    /// Counts a bundle that went out, so that the next one names it.
    async fn note_sent(self, open: &Open, header: &Header, hash: &str) {
        let sent = Sent { number: header.number, hash: hash.into() };
        // Without it the number is given again: the bundle itself is whole.
        let _ = open.desk.note_sent(&sent).await;
    }

    /// Offers a part of the township, or all of it, as files of at most `limit` bytes.
    pub async fn send_files(self, since: &Since, limit: usize) {
        let Some(open) = self.base() else { return };
        let (rows, ()) = join(rows_for(&open, since), sign_own(&open)).await;
        let rows = match rows {
            Ok(rows) => rows,
            Err(error) => return self.toasts.failed(error.to_string()),
        };
        let header = self.next_header(&open);
        let parts = split(&header, &rows, since, limit);
        if parts.is_empty() {
            return self.toasts.done("对方已经有这里的全部内容，不用再发", false);
        }
        let count = parts.len();
        for (at, text) in (1..).zip(&parts) {
            let part = if count > 1 { format!("-第{at}份共{count}份") } else { String::new() };
            let name =
                format!("{}-{}-第{}号{part}.json", self.township_name(), today(), header.number);
            if files::save_text(&name, "application/json", text).is_err() {
                return self.toasts.failed(NOT_SAVED);
            }
            // Browsers drop downloads that begin at once.
            frame::sleep(400).await;
        }
        self.note_sent(&open, &header, parts.last().map_or("", |text| content_hash(text))).await;
        self.toasts.done(format!("已导出第 {} 号数据包，共 {count} 个文件", header.number), false);
    }

    /// Offers the whole township as a file.
    async fn export_file(self) {
        let held = self.read_now(|fold| Held::all(fold.heads()));
        match self.bundle_text(&Since::Start).await {
            Ok(text) => {
                let of = self.extract_of().map(|of| ["-", &*of.name, "的改动"].concat());
                let of = of.unwrap_or_default();
                let name = format!("{}{of}-{}.json", self.township_name(), today());
                if files::save_text(&name, "application/json", &text).is_ok() {
                    self.toasts.done(
                        format!("已下载 {name}。存到 U 盘后请点“待核对”选它，打开核对过才算存好"),
                        false,
                    );
                    self.keeping.offered.set(Some(Offered { name, held }));
                } else {
                    self.toasts.failed(NOT_SAVED);
                }
            }
            Err(error) => self.toasts.failed(error.to_string()),
        }
    }
}
