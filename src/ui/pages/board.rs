//! 公示栏 (`#/board`): posts chosen for the notice board on sheets of paper, or a sheet for each unit behind an index. The
//! core's `view::board` says what stands there, `picture::board` where; this page chooses, shows the sheets and prints.

use rustc_hash::FxHashSet;

use crate::model::RecordId;
use crate::picture::board::{Wish, sheets};
use crate::picture::geom::Rect;
use crate::picture::palette::Palette;
use crate::picture::press::{DETAIL, PAPERS, Wanted};
use crate::picture::scene::Scene;
use crate::picture::svg::{Options, paint};
use crate::ui::components::button::TextButton;
use crate::ui::components::check::check;
use crate::ui::components::last_print;
use crate::ui::components::picture::export::{Choice, PX, Printed, print_sheets};
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use crate::view::board::{BoardAsk, Said, board, units};
use crate::view::board_wishes::BoardWishes;
use crate::view::printed::Leaf;
use crate::web::leavings;

/// Sizes of type, in tenths, with what they are good for.
const SIZES: [(usize, &str); 3] = [(10, "标准"), (13, "大字"), (16, "特大字，隔一步能看清")];

/// What is wanted.
#[derive(Clone, Copy)]
struct Room {
    session: Session,
    title: RwSignal<String>,
    without: RwSignal<FxHashSet<RecordId>>,
    said: RwSignal<Vec<Said>>,
    everybody: RwSignal<bool>,
    apart: RwSignal<bool>,
    paper: RwSignal<usize>,
    lying: RwSignal<bool>,
    size: RwSignal<usize>,
    /// Which sheet is looked at, from 0.
    at: RwSignal<usize>,
    /// Only sheets that have changed since they were printed.
    changed: RwSignal<bool>,
    /// How often it was printed since the page was opened.
    printed: RwSignal<usize>,
}

pub fn page() -> AnyView {
    let session = use_session();
    let key = key(session);
    let wishes = BoardWishes::read(&leavings::get(&key).unwrap_or_default());
    let usual = usual_title(session);
    let size = SIZES.iter().map(|(size, _)| *size).find(|size| *size == wishes.size);
    let room = Room {
        session,
        title: RwSignal::new(wishes.title.unwrap_or_else(|| usual.clone())),
        without: RwSignal::new(wishes.without),
        said: RwSignal::new(wishes.said),
        everybody: RwSignal::new(false),
        apart: RwSignal::new(wishes.apart),
        paper: RwSignal::new(wishes.paper.min(PAPERS.len() - 1)),
        lying: RwSignal::new(wishes.lying),
        size: RwSignal::new(size.unwrap_or(SIZES[0].0)),
        at: RwSignal::new(0),
        changed: RwSignal::new(false),
        printed: RwSignal::new(0),
    };
    effect(move || leavings::set(&key, &room.wishes(&usual).to_text()));
    let made = memo_untested(move || room.sheets());
    view! {
        <section class="sheet sheet-wide board">
            <h1>"公示栏"</h1>
            <p class="sheet-note">"把岗位、电话、窗口印出来贴到墙上。内容来自台账，改了台账再印就是新的。"</p>
            <div class="board-beside">
                <div class="board-wishes">
                    <Paper room=room/>
                    <Words room=room/>
                    <Units room=room/>
                    {move || {
                        room.printed.track();
                        made.with(|list| last_print::told(session, PRINTED, &leaves(list), room.changed))
                    }}
                </div>
                <Preview room=room made=made/>
            </div>
        </section>
    }
    .into_any()
}

/// Where this township's wishes are kept: a browser may see several.
fn key(session: Session) -> String {
    let links = untrack(|| session.links());
    let town = links.town.as_ref().map_or("", |town| town.id.as_str());
    ["board:", town].concat()
}

fn usual_title(session: Session) -> String {
    format!("{}岗位公示栏", untrack(|| session.township_name()))
}

impl Room {
    /// As it is left now; the usual title follows the township's name.
    fn wishes(self, usual: &str) -> BoardWishes {
        BoardWishes {
            title: Some(self.title.get()).filter(|title| title != usual),
            without: self.without.get(),
            said: self.said.get(),
            apart: self.apart.get(),
            paper: self.paper.get(),
            lying: self.lying.get(),
            size: self.size.get(),
        }
    }

    fn wanted(self) -> Wanted {
        let paper = PAPERS.get(self.paper.get()).copied().unwrap_or(PAPERS[0]);
        Wanted { paper, lying: self.lying.get(), across: 1 }
    }

    fn sheets(self) -> Vec<Scene> {
        let ask = BoardAsk {
            title: self.title.get(),
            without: self.without.get(),
            said: self.said.get(),
            everybody: self.everybody.get(),
        };
        let room = self.wanted().room();
        let wish = Wish { room, apart: self.apart.get(), size: self.size.get() as f64 / 10.0 };
        sheets(&board(&self.session.links(), &ask), &wish)
    }

    fn painted(self, scene: &Scene, palette: Palette, nth: usize) -> String {
        let (w, h) = self.wanted().room();
        let options = Options {
            title: self.title.get(),
            window: Some(Rect::sized(0.0, 0.0, w, h)),
            width: Some(w * PX),
            detail: DETAIL,
            nth,
            ..Options::default()
        };
        paint(scene, palette, &options)
    }

    fn print(self, list: &[Scene]) {
        let (title, wanted) = (self.title.get(), self.wanted());
        let cut = wanted.page();
        let now = leaves(list);
        let chosen = last_print::wanted(self.session, PRINTED, &now, self.changed.get());
        let sheets = (1..).zip(list).zip(chosen).filter(|(_, chosen)| *chosen);
        let sheets = sheets.map(|((number, scene), _)| Printed {
            number,
            svg: self.painted(scene, Palette::Contrast, number),
            titled: cut.says(scene, &title),
        });
        print_sheets(self.session, &title, &wanted, (sheets.collect(), list.len()));
        last_print::note(self.session, PRINTED, now);
        self.printed.update(|times| *times += 1);
    }
}

/// What each print of the board is kept under.
const PRINTED: &str = "公示栏";

fn leaves(list: &[Scene]) -> Vec<Leaf> {
    let name = |at: usize| format!("第 {} 张", at + 1);
    list.iter().enumerate().map(|(at, scene)| Leaf::of(&name(at), scene, "")).collect()
}

#[component]
fn Paper(room: Room) -> impl IntoView {
    let papers =
        PAPERS.iter().enumerate().map(|(at, paper)| (at, paper.name.to_string())).collect();
    let sizes = SIZES.iter().map(|(size, words)| (*size, words.to_string())).collect();
    view! {
        <div class="picture-press">
            <Choice
                label="样式"
                options=vec![(0, "连着排".to_string()), (1, "一个机构一张，前面有目录".to_string())]
                chosen=usize::from(room.apart.get_untracked())
                choose=move |apart| room.apart.set(apart == 1)
            />
            <Choice label="纸张" options=papers chosen=room.paper.get_untracked() choose=move |at| room.paper.set(at)/>
            <Choice
                label="方向"
                options=vec![(1, "横向".to_string()), (0, "纵向".to_string())]
                chosen=usize::from(room.lying.get_untracked())
                choose=move |lying| room.lying.set(lying == 1)
            />
            <Choice label="字号" options=sizes chosen=room.size.get_untracked() choose=move |size| room.size.set(size)/>
        </div>
    }
}

/// Title, what a card says, and whether everybody is named.
#[component]
fn Words(room: Room) -> impl IntoView {
    let said = |said: Said| {
        check(
            said.label(),
            move || room.said.with(|list| list.contains(&said)),
            move |on| {
                room.said.update(|list| {
                    list.retain(|other| *other != said);
                    if on {
                        list.push(said);
                    }
                });
            },
        )
    };
    let named = move || room.said.with(|list| list.contains(&Said::Names));
    view! {
        <label class="field">
            <span class="field-label">"标题"</span>
            <input class="input" prop:value=room.title on:input=move |event| room.title.set(event_target_value(&event))/>
        </label>
        <fieldset class="board-said">
            <legend>"写上什么"</legend>
            {Said::ALL.iter().copied().map(said).collect_view()}
        </fieldset>
        <Show when=named>
            {check(
                "班子成员以外的人也写姓名",
                move || room.everybody.get(),
                move |on| room.everybody.set(on),
            )}
            <Show when=move || room.everybody.get()>
                <p class="notice notice-soon">"姓名贴出去就收不回来：请先问过本人，同意了再贴。"</p>
            </Show>
        </Show>
    }
}

/// Which units are on it.
#[component]
fn Units(room: Room) -> impl IntoView {
    let list = move || {
        let links = room.session.links();
        let with_posts = |id: &RecordId| !links.posts_in(id).is_empty();
        let line = |id: RecordId, name: String| {
            let (known, own) = (id.clone(), id);
            check(
                name,
                move || room.without.with(|without| !without.contains(&known)),
                move |on| {
                    room.without.update(|without| {
                        if on {
                            without.remove(&own);
                        } else {
                            without.insert(own.clone());
                        }
                    });
                },
            )
        };
        let units = units(&links).into_iter().filter(|unit| with_posts(&unit.id));
        units.map(|unit| line(unit.id.clone(), unit.name.to_string())).collect_view()
    };
    let all = move |()| room.without.set(FxHashSet::default());
    let none = move |()| {
        let links = room.session.links();
        room.without.set(units(&links).into_iter().map(|unit| unit.id.clone()).collect());
    };
    view! {
        <fieldset class="board-said">
            <legend>"贴哪些机构"</legend>
            <div class="choices">
                <TextButton class="button button-small" label="全选" act=all/>
                <TextButton class="button button-small" label="全不选" act=none/>
            </div>
            {list}
        </fieldset>
    }
}

#[component]
fn Preview(room: Room, made: Memo<Vec<Scene>>) -> impl IntoView {
    let count = move || made.with(Vec::len);
    let at = move || room.at.get().min(count().saturating_sub(1));
    let last = move || at() + 1 == count().max(1);
    let source = move || {
        let svg =
            made.with(|list| list.get(at()).map(|scene| room.painted(scene, Palette::Contrast, 0)));
        let svg = svg.unwrap_or_default();
        format!("data:image/svg+xml;charset=utf-8,{}", js_sys::encode_uri_component(&svg))
    };
    let told = move || format!("第 {} 张，共 {} 张", at() + 1, count());
    view! {
        <div class="board-preview">
            <div class="choices">
                <button type="button" class="button button-main" on:click=move |_| untrack(|| made.with(|list| room.print(list)))>"打印"</button>
                <button type="button" class="button" aria-label="上一张" disabled=move || at() == 0 on:click=move |_| room.at.set(untrack(at) - 1)>"‹"</button>
                <span class="number" role="status">{told}</span>
                <button type="button" class="button" aria-label="下一张" disabled=last on:click=move |_| room.at.set(untrack(at) + 1)>"›"</button>
                <span class="quiet">"在打印窗口里也能存为 PDF。"</span>
            </div>
            <img class="board-sheet" src=source alt=move || format!("{}，{}", room.title.get(), told())/>
        </div>
    }
}
