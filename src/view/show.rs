//! 演示: the pages of a deck in their order, those to begin with where nobody made any, and what a page of figures or of
//! one post says. Draws nothing.

use crate::journal::Draft;
use crate::model::kinds::Post;
use crate::model::kinds::duty::DutyList;
use crate::model::kinds::duty_link::DutyRole;
use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::slide::{Slide, SlideView};
use crate::model::{Date, Day, Record, RecordId, Ref, Value, schema};
use crate::rules::{Links, Staffing};
use crate::sorting::Sorting;

/// The pages of a township's deck on a day; empty where nobody made any.
pub fn deck(day: &Day) -> Vec<Slide> {
    let mut slides: Vec<Slide> = day.all();
    slides.arrange_by(|slide| (slide.no.unwrap_or(i64::MAX), slide.id.clone()));
    slides
}

/// What there is to show of any township.
pub fn first_deck(fresh: &mut dyn FnMut() -> RecordId) -> Vec<Slide> {
    let pages = [
        (SlideView::Heading, "", ""),
        (SlideView::Figures, "基本情况", ""),
        (SlideView::Chart, "岗位架构", "boards"),
        (SlideView::Chart, "责任链", "chain"),
        (SlideView::Map, "网格划分", "zone"),
        (SlideView::Statistic, "各机构人员", "units"),
        (SlideView::Statistic, "履职事项分类", "classes"),
    ];
    let page = |(at, (view, title, look)): (usize, (SlideView, &str, &str))| Slide {
        id: fresh(),
        no: Some(at as i64 + 1),
        title: title.into(),
        view: Some(view),
        look: look.into(),
        ..Slide::default()
    };
    pages.into_iter().enumerate().map(page).collect()
}

/// The deck as records.
pub fn kept(slides: &[Slide]) -> Draft {
    let mut draft = Draft::new("新建演示");
    slides.iter().for_each(|slide| draft.put(slide));
    draft
}

/// A new page behind the others.
pub fn added(slides: &[Slide], view: SlideView, id: RecordId) -> Draft {
    let mut draft = Draft::new("添加演示页");
    let last = slides.iter().filter_map(|slide| slide.no).max().unwrap_or(0);
    draft.put(&Slide { id, no: Some(last + 1), view: Some(view), ..Slide::default() });
    draft
}

/// A page one place up or down: everybody's number is written where it is another.
pub fn moved(slides: &[Slide], at: usize, down: bool) -> Option<Draft> {
    let other = if down { at + 1 } else { at.checked_sub(1)? };
    if other >= slides.len() {
        return None;
    }
    let mut order: Vec<&Slide> = slides.iter().collect();
    order.swap(at, other);
    let mut draft = Draft::new("调整演示顺序");
    for (no, slide) in (1i64..).zip(order) {
        if slide.no != Some(no) {
            draft.set_named(Slide::ID, &slide.id, "no", Value::Int(no));
        }
    }
    Some(draft)
}

/// A page taken out from a day on.
pub fn removed(slide: &Slide, day: Date) -> Option<Draft> {
    let mut draft = Draft::new("移除演示页");
    draft.end(schema().kind(Slide::ID)?, &slide.id, day);
    Some(draft)
}

/// One field of a page.
pub fn changed(slide: &Slide, field: &str, value: Value) -> Draft {
    let mut draft = Draft::new("修改演示页");
    draft.set_named(Slide::ID, &slide.id, field, value);
    draft
}

/// A figure large enough for a wall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Big {
    pub label: &'static str,
    pub value: i64,
    pub unit: &'static str,
    /// Something is missing.
    pub missing: bool,
}

/// What a township is made of; what is not there at all is not named.
pub fn figures(links: &Links) -> Vec<Big> {
    let staffing = Staffing::of(links);
    let listed = |list| links.duties.all().iter().filter(|duty| duty.list == Some(list)).count();
    let big = |label, value: usize, unit| Big { label, value: value as i64, unit, missing: false };
    let mut all = vec![
        big("机构", links.units.all().len(), "个"),
        big("岗位", staffing.posts, "个"),
        big("在岗人员", staffing.force, "人"),
        Big { missing: true, ..big("空岗", staffing.vacant_posts, "个") },
        big("基本履职事项", listed(DutyList::Basic), "项"),
        big("配合履职事项", listed(DutyList::Assist), "项"),
        big("片区", links.zones.all().len(), "个"),
        big("村（社区）", links.villages.all().len(), "个"),
        big("网格", links.cells.all().len(), "个"),
        big("办事事项", links.matters.all().len(), "项"),
    ];
    all.retain(|figure| figure.value > 0);
    all
}

/// What a wall says of one post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostSheet {
    pub title: String,
    pub unit: String,
    pub track: String,
    /// `A岗 王小满`; without names only which seats are taken.
    pub holders: Vec<String>,
    pub vacant: bool,
    pub leads: Vec<String>,
    pub assists: Vec<String>,
    pub place: String,
    pub phone: String,
}

pub fn post_sheet(links: &Links, post: &Ref<Post>, names: bool) -> Option<PostSheet> {
    let post = links.posts.find(Some(post))?;
    let seats = links.holders(&post.id);
    let holder = |seat: &crate::rules::Seat| {
        let role = match seat.role {
            HoldRole::Backup => "B 岗",
            _ => "A 岗",
        };
        match names || seat.person.may_be_named() {
            true => format!("{role} {}", seat.person.name),
            false => format!("{role} 有人"),
        }
    };
    let mut sheet = PostSheet {
        title: post.title.to_string(),
        unit: links
            .units
            .find(post.unit.as_ref())
            .map(|unit| unit.name.to_string())
            .unwrap_or_default(),
        track: post.track.map(|track| track.label().to_string()).unwrap_or_default(),
        holders: seats.iter().map(holder).collect(),
        vacant: seats.is_empty(),
        place: post.place.to_string(),
        phone: post.phone.to_string(),
        ..PostSheet::default()
    };
    for (duty, link) in links.duties_of(&post.id) {
        let name = duty.name.to_string();
        if link.role == Some(DutyRole::Assist) {
            sheet.assists.push(name);
        } else {
            sheet.leads.push(name);
        }
    }
    Some(sheet)
}
