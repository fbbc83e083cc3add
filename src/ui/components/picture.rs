//! A scene to look at: zoom, pan, fit, hover, open, by pointer, wheel, touch and keys. Paints through
//! `web::canvas`; decides nothing about what is in the scene.

pub mod carry;
pub mod choice;
pub mod export;
mod hand;
mod overview;

use std::rc::Rc;

use crate::ui::prelude::*;
use leptos::html::{Canvas, Div};
use leptos::task::spawn_local;

use super::icon::Icon;
use crate::picture::camera::{Camera, ZOOM_STEP};
use crate::picture::geom::Rect;
use crate::picture::palette::Palette;
use crate::picture::press::{Book, Wanted};
use crate::picture::scene::{GroupId, Scene};
use crate::picture::sheet::Words;
use crate::picture::svg::{Options, paint};
use crate::ui::later::later_with;
use crate::ui::session::{Mode, Session, use_session};
use crate::web::canvas::{Look, Screen, Slide, photos};
use crate::web::frame;
use crate::web::sizes::Sizes;
use carry::Carry;
use hand::Hand;

/// Paper kept free around a fitted picture, in pixels.
const MARGIN: f64 = 24.0;
/// Screens up to so wide cannot spare as much, in pixels.
const NARROW: f64 = 720.0;
/// What stands around a legend's own drawing: its margin, frame and distance to the edge.
const LEGEND_FRAME: f64 = 40.0;
/// Paper around a legend's own drawing.
const LEGEND_MARGIN: f64 = 4.0;
/// The size of type the legends are drawn for, in pixels.
const TYPE: f64 = 15.0;
/// A small chart is not blown up further than this; metres of a map may be.
const LARGEST_FIT: f64 = 1.1;
const LARGEST_MAP: f64 = 16.0;
/// What is brought near takes so much of the view.
const NEAR: f64 = 0.4;
/// Where less of a side than this is seen, all of the picture stands small in a corner.
const PART: f64 = 0.7;
/// One press of an arrow key, in pixels.
const PAN_STEP: f64 = 80.0;

/// A picture and what goes with it.
#[derive(Clone)]
pub struct Shown {
    pub scene: Rc<Scene>,
    pub legend: Option<Rc<Scene>>,
    /// The legend is a bar that takes the foot of the view for itself.
    pub legend_below: bool,
    /// Name of the picture, for files and readers of screens.
    pub name: String,
    /// Pixels for each world unit in an exported file.
    pub paper: f64,
    /// How it is arranged: with another arrangement all of it is shown again.
    pub arranged: &'static str,
    /// How each of its units is drawn on sheets of its own, where it has units.
    pub by_units: Option<Rc<dyn ByUnits>>,
}

/// A picture that can be cut by unit.
pub trait ByUnits {
    /// With title and day, for sheets of a paper.
    fn book(&self, words: &Words, wanted: &Wanted) -> Book;
}

/// How large type is beside that of a desk, as the tokens of this mode and screen say.
pub fn type_size() -> f64 {
    let read = || {
        let window = web_sys::window()?;
        let body = window.document()?.body()?;
        let style = window.get_computed_style(&body).ok()??;
        // Not Rust's own reading: the tables for exact reals are larger than all the pictures.
        Some(js_sys::parse_float(&style.get_property_value("font-size").ok()?) / TYPE)
    };
    read().filter(|size| *size > 0.0).unwrap_or(1.0)
}

/// Calls back with every size an element gets, until the view that asked is gone.
pub fn watch_size(element: &web_sys::Element, changed: impl Fn() + 'static) {
    let sizes = Sizes::watch(changed);
    sizes.of(element);
    // Given back with the view.
    StoredValue::new_local(sizes);
}

/// How wide a legend may be, in its own units.
pub fn legend_room() -> f64 {
    let width = window().inner_width().ok().and_then(|width| width.as_f64());
    width.unwrap_or(TYPE * 60.0) / type_size() - 2.0 * LEGEND_FRAME
}

/// Cards that stand out, by the ids of their groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub ids: Vec<String>,
    /// Everything else steps back.
    pub alone: bool,
}

/// What a hovered group lights up beside itself.
pub type Trace = Callback<String, Vec<GroupId>>;

/// What the next frame has to do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Nothing,
    /// The view has moved, or the picture is not sharp yet.
    Move,
    /// The scene, its colours or the size of the frame are others.
    Anew,
}

/// State of one viewer. `Copy`: handles only.
type Viewer = Handle<ViewerParts>;

/// The signals of a [`Viewer`].
struct ViewerParts {
    session: Session,
    shown: Signal<Option<Shown>, LocalStorage>,
    camera: RwSignal<Camera>,
    /// Width and height in CSS pixels.
    size: RwSignal<(f64, f64)>,
    hovered: RwSignal<Option<GroupId>>,
    found: Signal<Found>,
    carry: Option<Carry>,
    /// The card in the hand.
    carried: RwSignal<Option<GroupId>>,
    /// Where the pointer is; none where something is pointed at from elsewhere.
    tip: RwSignal<Option<(f64, f64)>>,
    /// The reader has moved: edits keep the view instead of fitting again.
    moved: RwSignal<bool>,
    /// The legend stands at the right, because the picture needs the left corner.
    legend_right: RwSignal<bool>,
    world: NodeRef<Canvas>,
    overlay: NodeRef<Canvas>,
    frame: NodeRef<Div>,
    tools: NodeRef<Div>,
    due: StoredValue<Due>,
    /// How the picture shown last is arranged.
    arranged: StoredValue<Option<&'static str>>,
    /// Whether it is being asked how the picture goes out.
    exporting: RwSignal<bool>,
    /// The picture painted last, and where it was seen from.
    before: StoredValue<Option<(Rc<Scene>, Camera)>, LocalStorage>,
    /// The way from there to the next one.
    slide: StoredValue<Option<Slide>, LocalStorage>,
    palette: Signal<Palette, LocalStorage>,
    screen: StoredValue<Option<Screen>, LocalStorage>,
}

#[component]
pub fn PictureView(
    #[prop(into)] shown: Signal<Option<Shown>, LocalStorage>,
    on_open: Callback<String>,
    #[prop(optional)] trace: Option<Trace>,
    #[prop(optional)] tools: Option<ViewFn>,
    /// A card that is pointed at from outside the picture.
    #[prop(optional, into)]
    pointed: Option<Signal<Option<String>>>,
    /// What is pointed at is brought so near that it can be made out.
    #[prop(optional)]
    near: bool,
    /// Cards that stand out.
    #[prop(optional, into)]
    found: Option<Signal<Found>>,
    /// Cards can be taken up and dropped on others.
    #[prop(optional)]
    carry: Option<Carry>,
) -> impl IntoView {
    let session = use_session();
    let palette = Signal::derive_local(move || {
        if session.contrast.get() || session.mode.get() == Mode::Projector {
            Palette::Contrast
        } else {
            Palette::Light
        }
    });
    let viewer = Handle::to(ViewerParts {
        session,
        shown,
        camera: RwSignal::new(Camera::HOME),
        size: RwSignal::new((0.0, 0.0)),
        hovered: RwSignal::new(None),
        found: found.unwrap_or_else(|| Signal::stored(Found::default())),
        carry,
        carried: RwSignal::new(None),
        tip: RwSignal::new(None),
        moved: RwSignal::new(false),
        legend_right: RwSignal::new(false),
        world: NodeRef::new(),
        overlay: NodeRef::new(),
        frame: NodeRef::new(),
        tools: NodeRef::new(),
        due: StoredValue::new(Due::Nothing),
        arranged: StoredValue::new(None),
        exporting: RwSignal::new(false),
        before: StoredValue::new_local(None),
        slide: StoredValue::new_local(None),
        palette,
        screen: StoredValue::new_local(None),
    });
    viewer.follow_size();
    viewer.follow_scene();
    viewer.follow_hover(trace);
    if let Some(pointed) = pointed {
        viewer.follow_pointed(pointed, near);
    }
    let hand = Hand::new(viewer, on_open);
    view! {
        <div class="picture" node_ref=viewer.frame>
            <canvas class="picture-world" node_ref=viewer.world aria-hidden="true"></canvas>
            <canvas
                class="picture-overlay"
                node_ref=viewer.overlay
                tabindex="0"
                role="img"
                aria-label=move || label(&viewer.shown.get())
                on:pointerdown=move |event| hand.down(&event)
                on:pointermove=move |event| hand.moved(&event)
                on:pointerup=move |event| hand.up(&event)
                on:pointercancel=move |event| hand.cancel(&event)
                on:pointerleave=move |_| viewer.hovered.set(None)
                on:wheel=move |event| hand.wheel(&event)
                on:keydown=move |event| hand.key(&event)
            ></canvas>
            <div class="picture-tools" node_ref=viewer.tools>
                {tools.map(|tools| tools.run())}
                <PictureTools viewer=viewer/>
            </div>
            <PictureLegend viewer=viewer/>
            <Show when=move || viewer.is_partly_seen() && !session.is_published()>{later_with(overview::overview, viewer)}</Show>
            <PictureTip viewer=viewer/>
        </div>
        <Show when=move || viewer.exporting.get()>
            {later_with(export::dialog, viewer)}
        </Show>
    }
}

fn label(shown: &Option<Shown>) -> String {
    shown.as_ref().map_or_else(String::new, |shown| {
        format!(
            "{}。方向键移动，加减号缩放，0 看全图，回车打开。同样的内容在台账里有列表。",
            shown.name
        )
    })
}

#[component]
fn PictureTools(viewer: Viewer) -> impl IntoView {
    let session = use_session();
    let button = |icon: &'static str, label: &'static str, act: Callback<()>| {
        view! {
            <button class="button button-icon" aria-label=label title=label on:click=move |_| act.run(())>
                <Icon name=icon/>
            </button>
        }
    };
    view! {
        <div class="picture-zoom">
            {button("plus", "放大", Callback::new(move |()| viewer.zoom(ZOOM_STEP)))}
            {button("minus", "缩小", Callback::new(move |()| viewer.zoom(1.0 / ZOOM_STEP)))}
            {button("fit", "看全图", Callback::new(move |()| viewer.fit()))}
            <Show when=move || !session.is_lookup()>
                {button("export", "导出图片、打印", Callback::new(move |()| viewer.exporting.set(true)))}
            </Show>
        </div>
    }
}

/// The legend as a picture of its own: an `img`, so that nothing in it can run.
#[component]
fn PictureLegend(viewer: Viewer) -> impl IntoView {
    let source = move || {
        let shown = viewer.shown.get()?;
        let legend =
            shown.legend.filter(|legend| !legend.groups.is_empty() || !legend.items.is_empty())?;
        let width = Some(legend.bounds.grow(LEGEND_MARGIN).width() * type_size());
        let options = Options {
            margin: LEGEND_MARGIN,
            title: "图例".to_string(),
            width,
            ..Options::default()
        };
        let svg = paint(&legend, viewer.palette.get(), &options);
        Some(format!("data:image/svg+xml;charset=utf-8,{}", js_sys::encode_uri_component(&svg)))
    };
    view! { {move || source().map(|source| view! { <img class="picture-legend" class:picture-legend-right=viewer.legend_right src=source alt="图例"/> })} }
}

/// A card's own name, without what stands on it.
fn first(title: &str) -> String {
    title.split('，').next().unwrap_or_default().to_string()
}

#[component]
fn PictureTip(viewer: Viewer) -> impl IntoView {
    let text = move || {
        let group = viewer.hovered.get().filter(|_| viewer.tip.with(Option::is_some))?;
        let shown = viewer.shown.get_untracked()?;
        let title = |group: GroupId| shown.scene.group(group).title.to_string();
        let said = match viewer.carried.get().filter(|carried| *carried != group) {
            Some(carried) => {
                ["把“", &first(&title(carried)), "”放到“", &first(&title(group)), "”"].concat()
            }
            None => title(group),
        };
        (!said.is_empty()).then_some(said)
    };
    let place = move || {
        let (x, y) = viewer.tip.get().unwrap_or_default();
        let (w, h) = viewer.size.get_untracked();
        let across = if x > w * 0.7 {
            format!("right:{}px", w - x + 14.0)
        } else {
            format!("left:{}px", x + 14.0)
        };
        let down = if y > h * 0.7 {
            format!("bottom:{}px", h - y + 14.0)
        } else {
            format!("top:{}px", y + 14.0)
        };
        format!("{across};{down}")
    };
    view! {
        {move || text().map(|text| view! {
            <div class="picture-tip" style=place>
                {text.lines().map(|line| view! { <p>{line.to_string()}</p> }).collect_view()}
            </div>
        })}
    }
}

impl Viewer {
    fn follow_size(self) {
        effect(move || {
            let Some(frame) = self.frame.get() else { return };
            let measured = frame.clone();
            let measure = move || {
                let size = (measured.client_width() as f64, measured.client_height() as f64);
                if size.0 > 0.0 && self.size.try_get_untracked().is_some_and(|known| known != size)
                {
                    self.size.set(size);
                }
            };
            measure();
            watch_size(&frame, measure);
        });
    }

    /// A new scene or size: fit until the reader has taken the view into their own hands.
    fn follow_scene(self) {
        effect(move || {
            let (w, _) = self.size.get();
            let arranged = self.shown.with(|shown| shown.as_ref().map(|shown| shown.arranged));
            if self.arranged.get_value() != arranged {
                self.arranged.set_value(arranged);
                self.moved.set(false);
            }
            if w > 0.0 && self.shown.with(Option::is_some) && !self.moved.get_untracked() {
                self.fit();
            }
            self.palette.track();
            self.begin_slide();
            self.repaint(Due::Anew);
            self.fetch_photos();
        });
        effect(move || {
            self.camera.track();
            self.repaint(Due::Move);
        });
    }

    /// Faces on cards are decoded by the browser in its own time: once they are, all is painted again.
    fn fetch_photos(self) {
        let Some(shown) = self.shown.get_untracked() else { return };
        if shown.scene.images().next().is_none() {
            return;
        }
        spawn_local(async move {
            let anew = photos::ready(&shown.scene).await;
            if anew && self.due.try_get_value().is_some() {
                self.repaint(Due::Anew);
            }
        });
    }

    /// Lets the cards of the last picture slide to their places in this one.
    fn begin_slide(self) {
        let (Some(shown), Some((old, before))) =
            (self.shown.get_untracked(), self.before.get_value())
        else {
            return;
        };
        if Rc::ptr_eq(&old, &shown.scene) || is_still() {
            return;
        }
        let (camera, size) = (self.camera.get_untracked(), self.size.get_untracked());
        let (old, new) = ((&*old, &before), (&*shown.scene, &camera));
        let slide = Slide::between(old, new, size, frame::now());
        if slide.is_some() {
            let palette = self.palette.get_untracked();
            self.with_screen(|screen| screen.begin_slide(&shown.scene, palette, &camera));
        }
        self.slide.set_value(slide);
    }

    /// Paints a picture on its way; false where it has arrived.
    fn slide_on(self, palette: Palette) -> bool {
        let now = frame::now();
        if self.slide.with_value(|slide| slide.as_ref().is_none_or(|slide| slide.is_over(now))) {
            self.slide.set_value(None);
            return false;
        }
        self.slide.with_value(|slide| {
            if let Some(slide) = slide {
                self.with_screen(|screen| screen.slide(slide, palette, now));
            }
        });
        true
    }

    /// What is pointed at elsewhere is traced as if it were hovered.
    fn follow_pointed(self, pointed: Signal<Option<String>>, near: bool) {
        effect(move || {
            let id = pointed.get();
            let shown = self.shown.get();
            self.tip.set(None);
            let Some((id, shown)) = id.zip(shown) else { return self.hovered.set(None) };
            let group = shown.scene.find(&id);
            if let Some(group) = group {
                let card = shown.scene.group(group).bounds;
                if near {
                    self.bring_near(&card);
                }
                self.bring_into_view(&card);
            }
            self.hovered.set(group);
        });
    }

    /// Comes nearer to what is smaller than a part of the view.
    fn bring_near(self, card: &Rect) {
        let (w, h) = self.size.get_untracked();
        let camera = self.camera.get_untracked();
        let taken = (card.width() / w.max(1.0)).max(card.height() / h.max(1.0)) * camera.scale;
        if w > 0.0 && taken < NEAR / 2.0 {
            let margin = w.min(h) * (1.0 - NEAR) / 2.0;
            self.take(Camera::fit(card, w, h, margin, f64::INFINITY));
        }
    }

    /// Moves the picture so that a card whose middle is outside stands in the middle.
    fn bring_into_view(self, card: &Rect) {
        let (w, h) = self.size.get_untracked();
        let camera = self.camera.get_untracked();
        let (x, y) = card.center();
        if w > 0.0 && !camera.window(w, h).contains(x, y) {
            let (tx, ty) = (w / 2.0 - x * camera.scale, h / 2.0 - y * camera.scale);
            self.take(Camera { tx, ty, ..camera });
        }
    }

    fn follow_hover(self, trace: Option<Trace>) {
        // Looked up when it changes, not at every hover and move of the picture.
        let found = memo(move || {
            let Found { ids, alone } = self.found.get();
            let group = |id: &String| self.shown.with(|shown| shown.as_ref()?.scene.find(id));
            (ids.iter().filter_map(group).collect::<Vec<GroupId>>(), alone)
        });
        effect(move || {
            let hovered = self.hovered.get();
            self.camera.track();
            self.size.track();
            let Some(shown) = self.shown.get() else { return };
            let groups = hovered.map_or_else(Vec::new, |group| {
                let traced =
                    trace.as_ref().map(|trace| trace.run(shown.scene.group(group).id.to_string()));
                traced.filter(|groups| !groups.is_empty()).unwrap_or_else(|| vec![group])
            });
            let carried: Vec<GroupId> = self.carried.get().into_iter().collect();
            let (found, alone) = found.get();
            let alone = alone.then_some(&*found);
            let (palette, camera) = (self.palette.get_untracked(), self.camera.get_untracked());
            let marked =
                [(&*found, Look::FOUND), (&*carried, Look::SELECTED), (&*groups, Look::HOVER)];
            self.with_screen(|screen| {
                screen.highlight(&shown.scene, palette, &camera, alone, &marked);
            });
        });
    }

    /// Paints on the two canvases, which are made ready and sized first.
    fn with_screen<T>(self, paint: impl FnOnce(&mut Screen) -> T) -> Option<T> {
        let (w, h) = self.size.get_untracked();
        self.screen.try_update_value(|screen| {
            if screen.is_none() {
                *screen = Screen::new(self.world.get_untracked()?, self.overlay.get_untracked()?);
            }
            let screen = screen.as_mut()?;
            screen.resize(w, h, pixel_ratio());
            Some(paint(screen))
        })?
    }

    /// Paints with the next frame, once for however many changes.
    fn repaint(self, due: Due) {
        let before = self.due.get_value();
        self.due.set_value(before.max(due));
        if before == Due::Nothing {
            frame::on_next_frame(move |_| {
                // The page may have been left between asking and painting.
                if let Some(due) = self.due.try_get_value() {
                    self.due.set_value(Due::Nothing);
                    self.paint_now(due);
                }
            });
        }
    }

    fn paint_now(self, due: Due) {
        let (w, _) = self.size.get_untracked();
        let Some(shown) = self.shown.get_untracked().filter(|_| w > 0.0) else { return };
        let (palette, camera) = (self.palette.get_untracked(), self.camera.get_untracked());
        if self.slide_on(palette) {
            return self.repaint(Due::Anew);
        }
        let now = Some((shown.scene.clone(), camera));
        let before = self.before.try_update_value(|before| std::mem::replace(before, now));
        if due == Due::Anew {
            frame::drop_later(before);
        }
        let again = self.with_screen(|screen| match due {
            Due::Anew => {
                screen.paint(&shown.scene, palette, &camera);
                false
            }
            _ => screen.frame(&shown.scene, palette, &camera),
        });
        if again == Some(true) {
            self.repaint(Due::Move);
        }
    }

    fn fit(self) {
        let (w, h) = self.size.get_untracked();
        if let Some(shown) = self.shown.get_untracked() {
            self.camera.set(self.fitted(&shown, w, h));
            self.moved.set(false);
        }
    }

    /// All of the picture, clear of what floats over it.
    fn fitted(self, shown: &Shown, w: f64, h: f64) -> Camera {
        let camera = self.beside_legend(shown, w, h);
        // The buttons in the upper corner with their distance to the edge.
        let tools = self.tools.get_untracked();
        let (wide, high) = tools.map_or((0.0, 0.0), |tools| {
            let foot = tools.offset_top() + tools.offset_height();
            (w - f64::from(tools.offset_left()), f64::from(foot))
        });
        if !covers(&shown.scene, &camera, &Rect::sized(w - wide, 0.0, wide, high)) {
            return camera;
        }
        self.beside_legend(shown, w, h - high).pan(0.0, high)
    }

    /// All of the picture beside its legend: in a corner that is free, else to the right of it or above.
    fn beside_legend(self, shown: &Shown, w: f64, h: f64) -> Camera {
        let margin = if w > NARROW { MARGIN } else { MARGIN / 2.0 };
        let most = if shown.legend_below { LARGEST_FIT } else { LARGEST_MAP };
        let fit = |w, h| Camera::fit(&shown.scene.bounds, w, h, margin, most);
        let legend = shown.legend.as_ref().map(|legend| legend.bounds).unwrap_or(Rect::EMPTY);
        let size = type_size();
        let wide = (legend.width() + LEGEND_FRAME) * size;
        let high = (legend.height() + LEGEND_FRAME) * size;
        if shown.legend_below {
            return fit(w, h - high);
        }
        let whole = fit(w, h);
        let free = |x: f64| !covers(&shown.scene, &whole, &Rect::sized(x, h - high, wide, high));
        // On a phone a corner is half the foot, and the note of the map stands there.
        let corner = wide < w * 0.35;
        let left = corner && free(0.0);
        let right = corner && !left && free(w - wide);
        self.legend_right.set(right);
        if left || right {
            return whole;
        }
        let (beside, above) = (fit(w - wide, h).pan(wide, 0.0), fit(w, h - high));
        if beside.scale > above.scale { beside } else { above }
    }

    /// Whether so much lies outside the view that somebody may lose their way.
    fn is_partly_seen(self) -> bool {
        let (w, h) = self.size.get();
        let seen = self.camera.get().window(w, h);
        w > NARROW
            && self.moved.get()
            && self.shown.with(|shown| {
                let Some(Shown { scene, .. }) = shown else { return false };
                let all = scene.bounds;
                seen.width() < all.width() * PART || seen.height() < all.height() * PART
            })
    }

    /// Zooms about the middle.
    fn zoom(self, factor: f64) {
        let (w, h) = self.size.get_untracked();
        self.take(self.camera.get_untracked().zoom_at(w / 2.0, h / 2.0, factor));
    }

    /// The reader moved the view.
    fn take(self, camera: Camera) {
        let (w, h) = self.size.get_untracked();
        let held = self.shown.with_untracked(|shown| {
            shown.as_ref().map(|shown| camera.hold(&shown.scene.bounds, w, h, 60.0))
        });
        self.camera.set(held.unwrap_or(camera));
        self.moved.set(true);
    }

    fn hit(self, x: f64, y: f64) -> Option<GroupId> {
        let camera = self.camera.get_untracked();
        let (wx, wy) = camera.to_world(x, y);
        self.shown.with_untracked(|shown| shown.as_ref()?.scene.hit(wx, wy, camera.scale))
    }

    fn id_of(self, group: GroupId) -> Option<String> {
        self.shown.with_untracked(|shown| Some(shown.as_ref()?.scene.group(group).id.to_string()))
    }
}

/// Whether something of the scene lies under a box of the screen.
fn covers(scene: &Scene, camera: &Camera, under: &Rect) -> bool {
    let ((x0, y0), (x1, y1)) =
        (camera.to_world(under.x0, under.y0), camera.to_world(under.x1, under.y1));
    let under = Rect { x0, y0, x1, y1 };
    scene.has_card_in(&under, camera.scale) || scene.has_line_in(&under)
}

/// Whether this person asked their computer that nothing moves by itself.
fn is_still() -> bool {
    let asked = window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
    asked.is_some_and(|asked| asked.matches())
}

fn pixel_ratio() -> f64 {
    web_sys::window().map_or(1.0, |window| window.device_pixel_ratio())
}
