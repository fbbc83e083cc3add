//! Signing what goes out and checking what comes in, with the vault's arithmetic. Where the vault
//! cannot run nothing is signed, and what comes counts as unsigned. Shows nothing.

use gangtu_seal::names::Scheme;

use super::session::{Open, Session};
use crate::journal::Meta;
use crate::journal::signed::{Authorship, Checkpoint};
use crate::journal::stamp::Stamp;
use crate::model::Text;
use crate::web::signatures;

/// Signs what this copy has written, before it goes out. The first time makes the key.
pub async fn sign_own(open: &Open) {
    if open.demo {
        return;
    }
    let mut meta = open.desk.meta();
    let fresh = meta.keys.own.is_none();
    if fresh {
        meta.keys.own = signatures::make_key(Scheme::default()).await;
    }
    let Some(own) = &meta.keys.own else { return };
    let signed = match Checkpoint::next(&meta).filter(|next| meta.keys.lack(next)) {
        Some(next) => signatures::signed(next, own, &meta.township).await,
        None => None,
    };
    if !fresh && signed.is_none() {
        return;
    }
    let keep = |there: &mut Meta| {
        // Another tab may have made a key in the meantime: the first one stays.
        let kept = there.keys.own.get_or_insert_with(|| own.clone());
        if let Some(signed) = signed.as_ref().filter(|_| kept == own) {
            there.keys.keep(signed);
        }
    };
    // Not signed is no reason not to go out.
    let _ = open.desk.note(&keep).await;
}

/// A key for this copy; `None` where the vault or the storage did not do it.
async fn make_key(open: &Open, scheme: Scheme) -> Option<()> {
    let own = signatures::make_key(scheme).await?;
    // Another tab may have made one in the meantime: the first one stays.
    let keep = |meta: &mut Meta| {
        meta.keys.own.get_or_insert(own.clone());
    };
    open.desk.note(&keep).await.ok()
}

/// Another key, under a new name of this copy: nobody takes one name with two keys.
pub async fn renew(open: &Open, scheme: Scheme) -> Option<()> {
    open.desk.rename().await.ok()?;
    make_key(open, scheme).await
}

impl Session {
    /// How sure the author of an action is.
    pub fn authorship(self, stamp: &Stamp) -> Authorship {
        let Some(open) = self.base() else { return Authorship::Unsigned };
        let meta = open.desk.meta();
        open.desk.read(|fold| {
            let heads = fold.heads();
            let counter = heads.find(stamp).map(|at| heads.head(at).counter);
            counter.map_or(Authorship::Unsigned, |counter| {
                meta.authorship(heads, &stamp.replica, counter)
            })
        })
    }

    /// Keeps a key as compared with its owner, or no longer.
    pub async fn trust(self, key: Text, name: Option<Text>) {
        let Some(open) = self.base() else { return };
        let noted = open
            .desk
            .note(&|meta| match &name {
                Some(name) => drop(meta.keys.trusted.insert(key.clone(), name.clone())),
                None => {
                    meta.keys.trusted.remove(&key);
                }
            })
            .await;
        if let Err(error) = noted {
            self.toasts.failed(error.to_string());
        }
    }
}
