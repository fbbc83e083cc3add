//! A picture out of the program: as a vector file, as an image of a chosen size, or on paper. Draws nothing: the
//! scene, its sheet and its cuts come from `picture`.

use std::rc::Rc;

use leptos::task::spawn_local;

use super::{Shown, Viewer};
use crate::journal::hash::spoken;
use crate::model::value::day_words;
use crate::picture::palette::Palette;
use crate::picture::press::{Book, Cut, DETAIL, HEAD, MARGIN, PAPERS, Paper, Sheets, Wanted};
use crate::picture::scene::Scene;
use crate::picture::sheet::{Words, sheet};
use crate::picture::svg::{Options, paint};
use crate::ui::components::button::TextButton;
use crate::ui::components::dialog::{Dialog, Shape};
use crate::ui::components::last_print;
use crate::ui::prelude::*;
use crate::ui::session::Session;
use crate::ui::toast::NOT_PRINTED;
use crate::view::printed::Leaf;
use crate::web::canvas::photos;
use crate::web::canvas::still::still;
use crate::web::{files, press};

/// What becomes of the picture.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Vector,
    Image,
    Print,
}

/// Pixels across of an image, with what it is good for.
const WIDTHS: [(u32, &str); 3] = [
    (1_920, "1920 像素，投影、发微信"),
    (3_840, "3840 像素，高清屏"),
    (7_680, "7680 像素，大幅面喷绘"),
];

/// Sheets beside each other.
const ACROSS: [usize; 5] = [1, 2, 3, 4, 6];

/// CSS pixels of a millimetre.
pub const PX: f64 = 96.0 / 25.4;

#[derive(Clone, Copy)]
struct Asked {
    way: RwSignal<Way>,
    width: RwSignal<u32>,
    paper: RwSignal<usize>,
    lying: RwSignal<bool>,
    across: RwSignal<usize>,
    /// Each unit of a chart on sheets of its own.
    apart: RwSignal<bool>,
    /// Whether the printer has colours.
    coloured: RwSignal<bool>,
    /// Only sheets that have changed since they were printed.
    changed: RwSignal<bool>,
}

/// The dialog. Entered by its address: its code waits in the second part.
pub(super) fn dialog(viewer: Viewer) -> AnyView {
    let close = Callback::new(move |()| viewer.exporting.set(false));
    let asked = Asked {
        way: RwSignal::new(Way::Vector),
        width: RwSignal::new(WIDTHS[1].0),
        paper: RwSignal::new(1),
        lying: RwSignal::new(true),
        across: RwSignal::new(1),
        apart: RwSignal::new(false),
        coloured: RwSignal::new(true),
        changed: RwSignal::new(false),
    };
    let go = move || {
        close.run(());
        viewer.export(asked);
    };
    let label = move || if asked.way.get() == Way::Print { "打印" } else { "导出" };
    view! {
        <Dialog title="导出图片" shape=Shape::Question close=close>
            <div class="dialog-body">
                <Ways asked=asked/>
                <Show when=move || asked.way.get() == Way::Image>
                    <Choice
                        label="大小"
                        options=WIDTHS.iter().map(|(width, words)| (*width as usize, words.to_string())).collect()
                        chosen=asked.width.get_untracked() as usize
                        choose=move |width: usize| asked.width.set(width as u32)
                    />
                </Show>
                <Show when=move || asked.way.get() == Way::Print>
                    <Press asked=asked viewer=viewer/>
                </Show>
            </div>
            <div class="dialog-foot">
                <button class="button button-main" on:click=move |_| go()>{label}</button>
                <TextButton class="button" label="取消" act=move |()| close.run(())/>
            </div>
        </Dialog>
    }
    .into_any()
}

#[component]
fn Ways(asked: Asked) -> impl IntoView {
    let line = move |(way, words): (Way, &'static str)| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="export-way"
                    prop:checked=move || asked.way.get() == way
                    on:change=move |_| asked.way.set(way)
                />
                <span>{words}</span>
            </label>
        }
    };
    let ways = [
        (Way::Vector, "矢量图（SVG）：放多大都清楚，可以再编辑"),
        (Way::Image, "图片（PNG）：放进文档、投影、微信"),
        (Way::Print, "打印，或在打印窗口里存为 PDF"),
    ];
    view! { <div class="field">{ways.into_iter().map(line).collect_view()}</div> }
}

/// Paper and how many sheets beside each other; says how many that makes.
#[component]
fn Press(asked: Asked, viewer: Viewer) -> impl IntoView {
    let papers =
        PAPERS.iter().enumerate().map(|(at, paper)| (at, paper.name.to_string())).collect();
    let across: Vec<(usize, String)> =
        ACROSS.iter().map(|across| (*across, sheets_across(*across))).collect();
    let by_units = viewer.shown.get_untracked().is_some_and(|shown| shown.by_units.is_some());
    let told = move || {
        if asked.apart.get() {
            return Some(told_apart(&viewer.book(&asked.wanted())?));
        }
        let scene = viewer.on_sheet()?;
        let sheets = asked.wanted().sheets(&scene);
        Some(match sheets.cuts.len() {
            1 => "共 1 张。".to_string(),
            count => format!("共 {count} 张，相邻两张重叠 8 毫米，按虚线裁开后粘贴。"),
        })
    };
    view! {
        <div class="picture-press">
            <Show when=move || by_units>
                <Choice
                    label="分张"
                    options=vec![(0, "整幅".to_string()), (1, "每个单位一张，前面有目录".to_string())]
                    chosen=usize::from(asked.apart.get_untracked())
                    choose=move |apart| asked.apart.set(apart == 1)
                />
            </Show>
            <Choice label="纸张" options=papers chosen=asked.paper.get_untracked() choose=move |at| asked.paper.set(at)/>
            <Choice
                label="方向"
                options=vec![(1, "横向".to_string()), (0, "纵向".to_string())]
                chosen=usize::from(asked.lying.get_untracked())
                choose=move |lying| asked.lying.set(lying == 1)
            />
            <Choice
                label="颜色"
                options=vec![(1, "彩色".to_string()), (0, "黑白".to_string())]
                chosen=usize::from(asked.coloured.get_untracked())
                choose=move |coloured| asked.coloured.set(coloured == 1)
            />
            <Show when=move || !asked.apart.get()>
                <Choice label="拼接" options=across.clone() chosen=asked.across.get_untracked() choose=move |count| asked.across.set(count)/>
            </Show>
        </div>
        <p class="field-hint" role="status">{told}</p>
        {move || {
            let leaves = viewer.leaves(&asked.wanted(), asked.apart.get())?;
            let now: Vec<Leaf> = leaves.into_iter().map(|(leaf, ..)| leaf).collect();
            Some(last_print::told(viewer.session, &viewer.printed_as(asked.apart.get())?, &now, asked.changed))
        }}
    }
}

fn told_apart(book: &Book) -> String {
    let (all, units) = (book.count(), book.begins.len());
    let glued = book.leaves.iter().any(|(_, sheets)| sheets.cuts.len() > 1);
    let glue = if glued {
        "一张放不下的单位分成几张，按虚线裁开后粘贴。"
    } else {
        ""
    };
    format!("共 {all} 张：目录之后 {units} 个部分，各从新的一张开始。{glue}")
}

fn sheets_across(count: usize) -> String {
    if count == 1 { "整幅一张".to_string() } else { format!("横排 {count} 张") }
}

/// One of a few, by number.
#[component]
pub fn Choice(
    label: &'static str,
    options: Vec<(usize, String)>,
    chosen: usize,
    #[prop(into)] choose: Callback<usize>,
) -> impl IntoView {
    let pick = move |event| {
        if let Ok(value) = event_target_value(&event).parse() {
            choose.run(value);
        }
    };
    let option = move |(value, words): (usize, String)| {
        view! { <option value=value.to_string() selected=value == chosen>{words}</option> }
    };
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <select class="input" on:change=pick>{options.into_iter().map(option).collect_view()}</select>
        </label>
    }
}

impl Asked {
    fn wanted(self) -> Wanted {
        let paper = PAPERS.get(self.paper.get()).copied().unwrap_or(PAPERS[0]);
        Wanted { paper, lying: self.lying.get(), across: self.across.get() }
    }
}

impl Viewer {
    fn export(self, asked: Asked) {
        let Some(shown) = self.shown.get_untracked() else { return };
        let Some(sheet) = self.on_sheet() else { return };
        match asked.way.get_untracked() {
            Way::Vector => self.export_vector(&shown, &sheet),
            Way::Image => self.export_image(shown.name, sheet, asked.width.get_untracked()),
            Way::Print => untrack(|| {
                // On white paper, whatever the screen has.
                let coloured = asked.coloured.get();
                let palette = if coloured { Palette::Contrast } else { Palette::Print };
                self.print(&shown, palette, asked);
            }),
        }
    }

    /// The picture with its title, its day and its legend.
    fn on_sheet(self) -> Option<Rc<Scene>> {
        let shown = self.shown.get_untracked()?;
        let day = day_told(self.session);
        let words = Words { title: &shown.name, day: &day };
        Some(Rc::new(sheet(&shown.scene, shown.legend.as_deref(), &words, shown.paper)))
    }

    fn export_vector(self, shown: &Shown, sheet: &Scene) {
        let margin = sheet.bounds.width() * 0.02;
        let width = Some(sheet.bounds.grow(margin).width() * shown.paper);
        let options = Options { title: shown.name.clone(), width, margin, ..Options::default() };
        let svg = paint(sheet, Palette::Light, &options);
        let name = shown.name.clone() + ".svg";
        let saved = files::save_text(&name, "image/svg+xml", &svg).is_ok();
        self.tell(&name, saved);
    }

    fn export_image(self, title: String, sheet: Rc<Scene>, width: u32) {
        spawn_local(async move {
            let name = title + ".png";
            photos::ready(&sheet).await;
            let saved = match still(&sheet, Palette::Light, width) {
                Some(canvas) => files::save_image(&name, &canvas).await.is_some(),
                None => false,
            };
            self.tell(&name, saved);
        });
    }

    fn tell(self, name: &str, saved: bool) {
        match saved {
            true => self.session.toasts.done(["已导出 ", name].concat(), false),
            false => self.session.toasts.failed(
                "浏览器没有允许保存文件，数据没有变化。请检查下载设置后重试，或选小一些的尺寸。",
            ),
        }
    }

    /// The chart by units.
    fn book(self, wanted: &Wanted) -> Option<Book> {
        let Shown { name, by_units, .. } = self.shown.get_untracked()?;
        let day = day_told(self.session);
        Some(by_units?.book(&Words { title: &name, day: &day }, wanted))
    }

    /// What each print of this picture in this arrangement is kept under.
    fn printed_as(self, apart: bool) -> Option<String> {
        let Shown { name, arranged, .. } = self.shown.get_untracked()?;
        Some([&*name, ":", arranged, if apart { ":apart" } else { "" }].concat())
    }

    /// The picture on its sheet, or the leaves of the chart by units, each with how it is cut.
    fn leaves(self, wanted: &Wanted, apart: bool) -> Option<Vec<(Leaf, Scene, Sheets)>> {
        let day = day_told(self.session);
        let leaf = |name: &str, scene: &Scene| Leaf::of(name, scene, &day);
        if !apart {
            let scene = self.on_sheet()?;
            let sheets = wanted.sheets(&scene);
            return Some(vec![(leaf("", &scene), Rc::unwrap_or_clone(scene), sheets)]);
        }
        let Book { leaves, begins } = self.book(wanted)?;
        let index = leaves.len() - begins.len();
        let name = |at: usize| match at.checked_sub(index) {
            Some(part) => begins[part].0.clone(),
            None => "目录".to_string(),
        };
        let named = leaves.into_iter().enumerate();
        Some(named.map(|(at, (scene, sheets))| (leaf(&name(at), &scene), scene, sheets)).collect())
    }

    /// The sheets of the picture, or of the chart by units.
    fn print(self, shown: &Shown, palette: Palette, asked: Asked) {
        let (wanted, apart) = (asked.wanted(), asked.apart.get());
        let (Some(leaves), Some(name)) = (self.leaves(&wanted, apart), self.printed_as(apart))
        else {
            return;
        };
        let (now, pictures): (Vec<Leaf>, Vec<_>) =
            leaves.into_iter().map(|(leaf, scene, sheets)| (leaf, (scene, sheets))).unzip();
        let chosen = last_print::wanted(self.session, &name, &now, asked.changed.get());
        let cuts = pictures.iter().zip(chosen).flat_map(|((scene, sheets), chosen)| {
            sheets.cuts.iter().map(move |cut| (chosen, scene, sheets, cut))
        });
        let cuts: Vec<_> = (1..).zip(cuts).collect();
        let printed = cuts.iter().filter(|(_, (chosen, ..))| *chosen);
        let printed = printed.map(|(number, (_, scene, sheets, cut))| Printed {
            number: *number,
            svg: part((scene, palette, *number), sheets, cut, &shown.name),
            titled: cut.says(scene, &shown.name),
        });
        print_sheets(self.session, &shown.name, &wanted, (printed.collect(), cuts.len()));
        last_print::note(self.session, &name, now);
    }
}

/// A sheet as it is painted.
pub struct Printed {
    /// Which one it is, from 1, whether or not those before it are printed.
    pub number: usize,
    pub svg: String,
    /// The title stands on it already.
    pub titled: bool,
}

/// Sheets into the page, and the browser asked to print them: title, day, the data's mark and the number above each, of how
/// many there are in all.
pub fn print_sheets(
    session: Session,
    title: &str,
    wanted: &Wanted,
    (sheets, all): (Vec<Printed>, usize),
) {
    let day = day_told(session);
    let mark = session.read_now(|fold| spoken(&fold.state_hash()));
    let mark = ["数据 ", mark.split(' ').next().unwrap_or_default()].concat();
    let pages = sheets.into_iter().map(|sheet| {
        let number = format!("第 {} 张，共 {all} 张", sheet.number);
        // Title and day stand in the picture itself, or above it.
        let (title, notes) = match sheet.titled {
            true => (String::new(), vec![mark.clone(), number]),
            false => (title.to_string(), vec![day.clone(), mark.clone(), number]),
        };
        press::Page { title, notes, svg: sheet.svg }
    });
    let Paper { name, .. } = wanted.paper;
    let kind = format!("{name} {}", if wanted.lying { "landscape" } else { "portrait" });
    let job = press::Job { paper: &kind, margin: MARGIN, head: HEAD, size: wanted.size() };
    if press::print(&job, pages).is_none() {
        session.toasts.failed(NOT_PRINTED);
    }
}

fn day_told(session: Session) -> String {
    "截至 ".to_owned() + &day_words(session.day.get_untracked())
}

fn part(
    (scene, palette, nth): (&Scene, Palette, usize),
    sheets: &Sheets,
    cut: &Cut,
    title: &str,
) -> String {
    let options = Options {
        title: title.to_string(),
        window: Some(cut.view),
        width: Some(sheets.room.0 * PX),
        detail: DETAIL,
        marks: sheets.marks(cut),
        nth,
        ..Options::default()
    };
    paint(scene, palette, &options)
}
