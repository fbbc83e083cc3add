//! The deck: pages in their order, their titles, what each shows and what is said to it.

use crate::model::kinds::Post;
use crate::model::kinds::slide::{Slide, SlideView};
use crate::model::value::parse_date;
use crate::model::{Date, RecordId, Value};
use crate::picture::chart::Form;
use crate::route::Route;
use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use crate::view::map::ColourBy;
use crate::view::show::{added, changed, first_deck, kept, moved, removed};
use crate::view::statistics::all;
use crate::web::full_screen;

use super::own;

pub fn page() -> AnyView {
    let session = use_session();
    view! {
        <section class="sheet show-deck">
            <h1>"演示"</h1>
            <p class="sheet-note">
                "把台账里的图和数排成一套，投到会议室的屏幕上。图是放映时现画的，总是最新的；默认不显示姓名。"
            </p>
            <div class="choices">
                <TextButton class="button button-main" label="从头放映" act=move |()| begin(session, 1)/>
                <span class="quiet">"翻页笔、方向键、空格都能翻页；B 黑屏，N 讲稿，Esc 退出。"</span>
            </div>
            {move || {
                let slides = own(session);
                if slides.is_empty() { beginning(session) } else { list(session, &slides) }
            }}
        </section>
    }
}

/// Shows from a page on, in full screen where the browser lets it.
fn begin(session: Session, at: usize) {
    full_screen::fill();
    session.go(&Route::Show { page: Some(at), names: false });
}

fn beginning(session: Session) -> AnyView {
    let keep = move |()| {
        let slides = first_deck(&mut || session.fresh_id());
        session.commit(kept(&slides));
    };
    let lines = first_deck(&mut RecordId::default).into_iter().map(|slide| {
        view! { <li>{heading(session, &slide)} <span class="quiet">{slide.view.map(SlideView::label)}</span></li> }
    });
    view! {
        <p>"现在放映的是默认的一套："</p>
        <ol class="show-first">{lines.collect_view()}</ol>
        <div class="choices"><TextButton class="button" label="改成自己的一套" act=keep/></div>
    }
    .into_any()
}

/// What a page is called; one without a title by what it shows.
pub fn heading(session: Session, slide: &Slide) -> String {
    if !slide.title.is_empty() {
        return slide.title.to_string();
    }
    match slide.view {
        Some(SlideView::Heading) | None => session.township_name(),
        Some(view) => view.label().to_string(),
    }
}

fn list(session: Session, slides: &[Slide]) -> AnyView {
    let rows = (0..slides.len()).map(|at| row(session, slides, at)).collect_view();
    let all = slides.to_vec();
    let add = move |event| {
        if let Some(view) = SlideView::from_id(&event_target_value(&event)) {
            session.commit(added(&all, view, session.fresh_id()));
        }
    };
    view! {
        <ol class="show-list">{rows}</ol>
        <label class="field field-inline">
            <span class="field-label">"添加一页"</span>
            <select class="input show-add" on:change=add>
                <option value="">"请选择"</option>
                {SlideView::ALL.iter().map(|view| view! { <option value=view.id()>{view.label()}</option> }).collect_view()}
            </select>
        </label>
    }
    .into_any()
}

fn write(session: Session, slide: &Slide, field: &str, value: Value) {
    session.commit(changed(slide, field, value));
}

fn row(session: Session, slides: &[Slide], at: usize) -> AnyView {
    let slide = slides[at].clone();
    let title = slide.title.to_string();
    let note = slide.note.to_string();
    let last = at + 1 == slides.len();
    let turn = |down: bool| {
        let slides = slides.to_vec();
        move |_| {
            if let Some(draft) = moved(&slides, at, down) {
                session.commit(draft);
            }
        }
    };
    let (up, down) = (turn(false), turn(true));
    let text = |field: &'static str| {
        let slide = slide.clone();
        move |event| write(session, &slide, field, Value::text(event_target_value(&event).trim()))
    };
    let (titled, noted) = (text("title"), text("note"));
    let gone = slide.clone();
    let remove = move |()| {
        if let Some(draft) = removed(&gone, session.day.get_untracked()) {
            session.commit(draft);
        }
    };
    let name = format!("第 {} 页的标题", at + 1);
    view! {
        <li class="show-row">
            <span class="show-no">{at + 1}</span>
            <div class="show-what">
                <input class="input" aria-label=name placeholder=heading(session, &slide) value=title on:change=titled/>
                <div class="show-choices">{view_choice(session, &slide)} {look_choice(session, &slide)}</div>
                <details>
                    <summary class="quiet">"讲稿"</summary>
                    <textarea class="input" rows="3" aria-label="讲稿" on:change=noted prop:value=note></textarea>
                </details>
            </div>
            <div class="show-acts">
                <TextButton class="button button-small" label="放映" act=move |()| begin(session, at + 1)/>
                <button class="button button-small" aria-label="上移" disabled=at == 0 on:click=up>"↑"</button>
                <button class="button button-small" aria-label="下移" disabled=last on:click=down>"↓"</button>
                <TextButton class="button button-small" label="移除" act=remove/>
            </div>
        </li>
    }
    .into_any()
}

/// A list of which one is chosen for a field of a page.
fn choice(
    session: Session,
    slide: &Slide,
    (field, label): (&'static str, &'static str),
    list: Vec<(String, String)>,
    chosen: &str,
) -> AnyView {
    let known = slide.clone();
    let choose =
        move |event| write(session, &known, field, Value::text(&event_target_value(&event)));
    let option = |(id, words): (String, String)| {
        let selected = id == chosen;
        view! { <option value=id selected=selected>{words}</option> }
    };
    let options = list.into_iter().map(option).collect_view();
    view! { <select class="input" aria-label=label on:change=choose>{options}</select> }.into_any()
}

fn pairs<'a>(list: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<(String, String)> {
    list.into_iter().map(|(id, words)| (id.to_string(), words.to_string())).collect()
}

fn view_choice(session: Session, slide: &Slide) -> AnyView {
    let list = pairs(SlideView::LIST.iter().copied());
    choice(session, slide, ("view", "内容"), list, slide.view.map_or("", SlideView::id))
}

/// What else a page of this view has to know.
fn look_choice(session: Session, slide: &Slide) -> AnyView {
    let list: Vec<(String, String)> = match slide.view {
        Some(SlideView::Chart) => pairs(Form::ALL.map(|form| (form.id(), form.label()))),
        Some(SlideView::Map) => pairs(ColourBy::LIST.iter().copied()),
        Some(SlideView::Statistic) => {
            let (links, day) = (session.links(), session.day.get_untracked());
            let list = session.read(|fold| all(&fold.township().on(day), &links));
            pairs(list.iter().map(|one| (one.id, one.title)))
        }
        Some(SlideView::Post) => return post_choice(session, slide),
        Some(SlideView::Change) => return day_choice(session, slide),
        _ => return ().into_any(),
    };
    choice(session, slide, ("look", "样式"), list, &slide.look)
}

fn post_choice(session: Session, slide: &Slide) -> AnyView {
    let links = session.links();
    let name = |post: &Post| (post.id.to_string(), links.post_name(post));
    let mut list = vec![(String::new(), "选一个岗位".to_string())];
    list.extend(links.posts.all().iter().map(name));
    let chosen = slide.post.as_ref().map_or(String::new(), |post| post.id.to_string());
    choice(session, slide, ("post", "岗位"), list, &chosen)
}

fn day_choice(session: Session, slide: &Slide) -> AnyView {
    let known = slide.clone();
    let choose = move |event| {
        let day = parse_date(&event_target_value(&event));
        write(session, &known, "before", day.map_or(Value::Null, Value::date));
    };
    let day = slide.before.as_ref().map(Date::to_string);
    view! {
        <label class="field field-inline">
            <span class="field-label">"和这一天比"</span>
            <input class="input" type="date" value=day on:change=choose/>
        </label>
    }
    .into_any()
}
