//! Who did something, and how sure that is: signed and compared, signed by a key nobody compared, or
//! only said. The words beside a name; what they mean is on the page of keys.

use crate::journal::action::signed;
use crate::journal::signed::Authorship;
use crate::journal::stamp::Stamp;
use crate::ui::prelude::*;
use crate::ui::session::use_session;

/// What is said beside a name; nothing for what was done here.
pub fn surety(authorship: &Authorship) -> (&'static str, &'static str) {
    match authorship {
        Authorship::Own => ("", ""),
        Authorship::Signed(_) => ("已签名", "签名的钥匙当面核对过"),
        Authorship::Unknown(_) => {
            ("签名未核对", "有签名，但钥匙还没有和本人核对过，见“设置”里的“签名”")
        }
        Authorship::Unsigned => ("未签名", "只是自报的姓名，没有签名可以证明"),
    }
}

#[component]
pub fn Author(by: crate::model::Text, stamp: Stamp) -> impl IntoView {
    let (word, why) = surety(&use_session().authorship(&stamp));
    view! {
        <span class="author">
            {signed(&by).to_string()}
            {(!word.is_empty()).then(|| view! { <span class="author-mark" title=why>{word}</span> })}
        </span>
    }
}
