//! 发布居民查询页: what would go out, who is named, what must be decided before, and the file. Chooses and writes
//! nothing itself: `publishing` and `view::published` do.

mod deciding;
mod done;
mod hits;
mod names;

use std::sync::Arc;

use chrono::Days;

use crate::journal::Draft;
use crate::model::kinds::{Allowance, Publication};
use crate::model::value::day_words;
use crate::model::{Date, Text};
use crate::publishing::edition::Picture;
use crate::publishing::page::Program;
use crate::publishing::scan::Watch;
use crate::publishing::selection::{Selection, forbidden_names};
use crate::sorting::Sorting;
use crate::ui::components::button::TextButton;
use crate::ui::components::check::check;
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use crate::view::published::{Made, Order};
use crate::web::world::today;
use crate::web::{files, packed};
use hits::Hits;

/// What the file is called.
const FILE: &str = "便民查询.html";

/// Days for which a page may be used.
const TERMS: [(u64, &str); 4] = [(30, "30 天"), (90, "90 天"), (180, "半年"), (365, "一年")];

/// What is wanted of the file. `Copy`: handles only.
#[derive(Clone, Copy)]
struct Room {
    session: Session,
    map: RwSignal<bool>,
    pictures: RwSignal<Vec<Picture>>,
    days: RwSignal<u64>,
    /// Texts a scan of the written file found besides those of the fields.
    in_file: RwSignal<Vec<hits::Entry>>,
}

pub fn section() -> AnyView {
    let room = Room {
        session: use_session(),
        map: RwSignal::new(true),
        pictures: RwSignal::new(Picture::ALL.to_vec()),
        days: RwSignal::new(TERMS[1].0),
        in_file: RwSignal::new(Vec::new()),
    };
    let open = RwSignal::new(false);
    view! {
        <div class="setting publish" id="publish">
            <h2>"发布居民查询页"</h2>
            <p>
                "做一个单独的网页文件“" {FILE} "”：放在查询机、内网或发到微信群，居民打开就能查办什么事找谁。里面只有公开的内容，不能修改，也不会联网。"
            </p>
            <Show
                when=move || open.get()
                fallback=move || view! { <TextButton class="button" label="准备发布" act=move |()| open.set(true)/> }
            >
                {prepared(room)}
            </Show>
            {done::list(room.session)}
        </div>
    }
    .into_any()
}

fn prepared(room: Room) -> AnyView {
    let chosen = memo_untested(move || Arc::new(room.selection()));
    let waiting = memo_untested(move || hits::waiting(room, &chosen.get()));
    let clear = move || waiting.with(Vec::is_empty);
    view! {
        <div class="publish-steps">
            <h3>"一、放些什么"</h3>
            <Contents room=room chosen=chosen/>
            <h3>"二、写不写姓名"</h3>
            {names::section(room.session)}
            <h3>"三、检查"</h3>
            <Hits room=room waiting=waiting/>
            <h3>"四、做成文件"</h3>
            <div class="choices">
                <button
                    type="button"
                    class="button button-main"
                    disabled=move || !clear()
                    on:click=move |_| room.publish(&chosen.get_untracked())
                >
                    "生成查询页"
                </button>
                {done::check_button(room.session)}
            </div>
            <Show when=move || !clear()>
                <p class="quiet">"检查里还有没有决定的，改好或放行以后就能生成。"</p>
            </Show>
        </div>
    }
    .into_any()
}

/// What goes in, and how much of it there is.
#[component]
fn Contents(room: Room, chosen: Memo<Arc<Selection>>) -> impl IntoView {
    let counted = move || {
        let counts = chosen.with(|chosen| {
            [
                ("matter", "办事事项"),
                ("post", "岗位"),
                ("window", "窗口"),
                ("village", "村（社区）"),
                ("grid_cell", "网格"),
                ("proxy_point", "代办点"),
            ]
            .map(|(kind, label)| (label, chosen.count(kind)))
        });
        let some = counts.into_iter().filter(|(_, count)| *count > 0);
        some.map(|(label, count)| format!("{label} {count}")).collect::<Vec<_>>().join("，")
    };
    let picture = move |which: Picture| {
        let has = move || room.pictures.with(|list| list.contains(&which));
        let choose = move |on: bool| {
            room.pictures.update(|list| {
                list.retain(|one| *one != which);
                if on {
                    list.push(which);
                }
                list.arrange_by(|one| *one as u8);
            });
        };
        check(which.label(), has, choose)
    };
    let terms = TERMS.map(|(days, label)| {
        view! { <option value=days selected=days == room.days.get_untracked()>{label}</option> }
    });
    let until = move || day_words(room.until());
    view! {
        <p>{move || match counted() {
            counted if counted.is_empty() => "还没有可以公开的内容，先登记岗位和办事事项。".to_string(),
            counted => ["里面有：", &counted, "。"].concat(),
        }}</p>
        <div class="publish-choices">
            {check("网格图（含边界）", move || room.map.get(), move |on| room.map.set(on))}
            {Picture::ALL.map(picture).into_iter().collect_view()}
            <label class="field publish-term">
                <span class="field-label">"有效期"</span>
                <select class="input" on:change=move |event| room.days.set(event_target_value(&event).parse().unwrap_or(TERMS[1].0))>
                    {terms.into_iter().collect_view()}
                </select>
            </label>
            <span class="quiet">"到" {until} "；过期后页面自己会提醒。"</span>
        </div>
    }
}

impl Room {
    fn until(self) -> Date {
        today().checked_add_days(Days::new(self.days.get())).unwrap_or_else(today)
    }

    fn selection(self) -> Selection {
        self.session.watch_all(|_| ());
        let order = self.order(0);
        self.session.read_now(|fold| order.selection(fold.township()))
    }

    fn order(self, no: i64) -> Order {
        let (map, pictures) = (self.map.get(), self.pictures.get());
        Order { no, made: today(), until: self.until(), map, pictures }
    }

    /// What is looked for.
    fn watch(self, selection: &Selection) -> Watch {
        watch(self.session).knowing_codes(selection)
    }

    /// Writes the file, looks through it, saves it and notes it. What must not go out stops it.
    fn publish(self, selection: &Selection) {
        let Some(program) = program(self.session) else { return };
        let no = 1 + self.session.read_now(|fold| {
            let made = fold.township().all::<Publication>();
            made.iter().filter_map(|made| made.no).max().unwrap_or(0)
        });
        let Some(made) = Made::of(selection, &untrack(|| self.order(no)), &program) else {
            return self.session.toasts.failed("查询页没有做成，内容读不回来。数据没有变化。");
        };
        let found = made.found(&program, &self.watch(selection));
        let allowed = allowed(self.session);
        let left: Vec<hits::Entry> = found
            .into_iter()
            .filter(|(_, text)| !allowed.contains(&**text))
            .map(hits::Entry::in_file)
            .collect();
        let clear = left.is_empty();
        self.in_file.set(left);
        if !clear {
            return self
                .session
                .toasts
                .failed("写成的文件里又查到不该公开的内容，没有保存。请看上面的检查。");
        }
        if files::save_text(FILE, "text/html;charset=utf-8", &made.text).is_err() {
            return self
                .session
                .toasts
                .failed("浏览器没有让文件存下来，请再试一次。数据没有变化。");
        }
        self.note(&made);
    }

    fn note(self, made: &Made) {
        let edition = &made.contents.edition;
        let record = Publication {
            no: Some(edition.no),
            made: Some(edition.made),
            last: Some(edition.until),
            hash: Text::from(&*edition.hash),
            id: self.session.fresh_id(),
            ..Publication::default()
        };
        let mut draft = Draft::new(&format!("发布居民查询页第 {} 版", edition.no));
        draft.put(&record);
        self.session.commit(draft);
    }
}

/// The parts of this page that go along; where there are none, people are told.
fn program(session: Session) -> Option<Program> {
    let program = packed::program();
    if program.is_none() {
        session
            .toasts
            .failed("这个岗图文件是整块的，做不出查询页。请换正式发布的岗图文件；数据没有变化。");
    }
    program
}

/// Names that must not go out.
fn watch(session: Session) -> Watch {
    Watch::for_names(session.read_now(|fold| forbidden_names(fold.township(), today())))
}

/// What was found before and may go out, each with its reason.
fn allowed(session: Session) -> rustc_hash::FxHashSet<String> {
    session.read_now(|fold| {
        let all = fold.township().on(today()).all::<Allowance>();
        let reasoned = all.iter().filter(|one| !one.why.trim().is_empty());
        reasoned.map(|one| one.found.to_string()).collect()
    })
}
