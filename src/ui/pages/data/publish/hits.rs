//! What the scan found: put right at its record, or allowed by name with a reason.

use super::deciding::{Deciding, Line};
use super::{Room, allowed};
use crate::journal::Draft;
use crate::model::kinds::Allowance;
use crate::model::{Text, schema};
use crate::publishing::scan::{Found, Hit, Sign, find_hits};
use crate::publishing::selection::Selection;
use crate::route::Route;
use crate::sorting::Sorting;
use crate::ui::prelude::*;
use crate::web::world::today;

/// Places named of a text that stands in many.
const PLACES: usize = 3;

/// A text that waits for a decision, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    sign: Sign,
    text: String,
    places: Vec<(String, Option<String>)>,
    /// Places not named.
    more: usize,
}

impl Entry {
    pub fn in_file((sign, text): Found) -> Entry {
        Entry { sign, text, places: vec![("写成的文件里".to_string(), None)], more: 0 }
    }

    fn line(self) -> Line {
        let mut side = vec![(self.sign.label().to_string(), None)];
        side.extend(self.places);
        if self.more > 0 {
            side.push((format!("等 {} 处", self.more + PLACES), None));
        }
        Line { id: self.text.clone(), main: self.text, side }
    }
}

/// Everything found that nobody decided on.
pub fn waiting(room: Room, selection: &Selection) -> Vec<Entry> {
    let allowed = allowed(room.session);
    let mut hits = find_hits(selection, &room.watch(selection));
    hits.retain(|hit| !allowed.contains(&hit.text));
    hits.arrange(|a, b| (a.sign, &a.text).cmp(&(b.sign, &b.text)));
    let mut entries: Vec<Entry> = Vec::new();
    for hit in hits {
        match entries.last_mut().filter(|last| last.sign == hit.sign && last.text == hit.text) {
            Some(last) if last.places.len() < PLACES => last.places.push(place(room, &hit)),
            Some(last) => last.more += 1,
            None => {
                let places = vec![place(room, &hit)];
                entries.push(Entry { sign: hit.sign, text: hit.text, places, more: 0 });
            }
        }
    }
    let in_file = room.in_file.get().into_iter();
    entries.extend(in_file.filter(|entry| !allowed.contains(&entry.text)));
    entries
}

fn place(room: Room, hit: &Hit) -> (String, Option<String>) {
    let title = room.session.read_now(|fold| {
        fold.township().title_of(schema().kinds[hit.kind].spec.id, hit.id.as_str())
    });
    let href = Route::Record { kind: hit.kind, id: hit.id.clone() }.href();
    (format!("{title} · {}", hit.field), Some(href))
}

#[component]
pub fn Hits(room: Room, waiting: Memo<Vec<Entry>>) -> impl IntoView {
    let lines =
        Signal::derive(move || waiting.get().into_iter().map(Entry::line).collect::<Vec<_>>());
    let count = move || waiting.with(Vec::len);
    let decide = Callback::new(move |(texts, why): (Vec<String>, String)| {
        let signs = waiting.get_untracked();
        let mut draft = Draft::new(&format!("放行 {} 处公开内容", texts.len()));
        for text in texts {
            let sign = signs.iter().find(|entry| entry.text == text).map(|entry| entry.sign);
            draft.put(&Allowance {
                found: Text::from(&*text),
                what: sign.map_or("", Sign::label).into(),
                why: Text::from(&*why),
                day: Some(today()),
                id: room.session.fresh_id(),
                ..Allowance::default()
            });
        }
        room.session.commit(draft);
    });
    view! {
        {move || match count() {
            0 => view! { <p class="publish-clear" role="status">"没有查到没决定的手机号、身份证号、银行卡号、邮箱和姓名。"</p> }.into_any(),
            count => view! {
                <p class="notice notice-soon" role="status">
                    "查到 " <strong>{count}</strong> " 处可能不该公开的内容。点右边的名字去改；确实要公开的，勾上、写理由、放行。"
                </p>
            }.into_any(),
        }}
        <Deciding lines=lines hint="如 网格员工作手机，已公示" verb="放行勾选的" decide=decide/>
    }
}
