//! What a rule found, as a line that leads to the place to put it right. Judges nothing.

use crate::model::schema;
use crate::route::Route;
use crate::rules::Finding;
use crate::rules::finding::Severity;
use crate::ui::prelude::*;

pub fn tone(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "act",
        Severity::Warning => "soon",
        Severity::Note => "quiet",
    }
}

#[component]
pub fn FindingLine(finding: Finding) -> impl IntoView {
    let route =
        schema().kind(finding.kind).map(|kind| Route::Record { kind, id: finding.record.clone() });
    view! {
        <li class=format!("finding finding-{}", tone(finding.severity))>
            <a href=route.map(|route| route.href())>{finding.sentence}</a>
        </li>
    }
}
