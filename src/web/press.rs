//! Sheets to print: put into the page behind everything else, shown on paper only, taken away when the browser
//! has printed. Cuts nothing.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element};

/// What is printed on; millimetres.
pub struct Job<'a> {
    /// As CSS calls it: `A3 landscape`.
    pub paper: &'a str,
    pub margin: f64,
    pub head: f64,
    pub size: (f64, f64),
}

/// One sheet.
pub struct Page {
    pub title: String,
    pub notes: Vec<String>,
    /// Written by this program; texts in it are escaped.
    pub svg: String,
}

/// `None` where the page has no body or the browser does not print.
pub fn print(job: &Job, pages: impl Iterator<Item = Page>) -> Option<()> {
    let window = web_sys::window()?;
    let document = window.document()?;
    clear(&document);
    let press = element(&document, "div", "press")?;
    let (w, h) = (job.size.0 - 2.0 * job.margin, job.size.1 - 2.0 * job.margin);
    let style = document.create_element("style").ok()?;
    // A hair less than there is: a browser that rounds up would begin another sheet.
    style.set_text_content(Some(&format!(
        "@page{{size:{};margin:{}mm}}.press-sheet{{width:{w}mm;height:{}mm}}.press-head{{height:{}mm}}",
        job.paper,
        job.margin,
        h - 0.5,
        job.head,
    )));
    press.append_child(&style).ok()?;
    for page in pages {
        let sheet = sheet(&document, &page)?;
        press.append_child(&sheet).ok()?;
    }
    put(&window, document, &press)
}

/// Prints a copy of what the page shows at a selector: on a roll of so many millimetres, cut where it ends, or on a
/// whole sheet. `None` where there is nothing of the kind, or the browser does not print.
pub fn print_copy(selector: &str, roll: Option<f64>) -> Option<()> {
    let window = web_sys::window()?;
    let document = window.document()?;
    clear(&document);
    let shown = document.query_selector(selector).ok()??;
    let copy: Element = shown.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    let press = element(&document, "div", "press")?;
    let style = document.create_element("style").ok()?;
    let page = match roll {
        Some(width) => {
            // A browser cuts pages at a height it is told: that of the copy on the screen, which is as wide.
            let height = shown.get_bounding_client_rect().height() / PX_A_MM + 6.0;
            format!("@page{{size:{width}mm {height:.0}mm;margin:0}}")
        }
        None => "@page{size:A4;margin:18mm}".to_string(),
    };
    style.set_text_content(Some(&page));
    press.append_child(&style).ok()?;
    press.append_child(&copy).ok()?;
    put(&window, document, &press)
}

/// CSS pixels in a millimetre.
const PX_A_MM: f64 = 96.0 / 25.4;

/// Into the page, onto paper, and out again.
fn put(window: &web_sys::Window, document: Document, press: &Element) -> Option<()> {
    let body = document.body()?;
    body.append_child(press).ok()?;
    body.class_list().add_1("pressing").ok()?;
    // A browser may say so more than once.
    let done = Closure::<dyn Fn()>::new(move || clear(&document)).into_js_value();
    window.set_onafterprint(Some(done.unchecked_ref()));
    window.print().ok()
}

fn sheet(document: &Document, page: &Page) -> Option<Element> {
    let sheet = element(document, "section", "press-sheet")?;
    let head = element(document, "header", "press-head")?;
    let title = element(document, "strong", "press-title")?;
    title.set_text_content(Some(&page.title));
    head.append_child(&title).ok()?;
    for note in &page.notes {
        let words = element(document, "span", "press-note")?;
        words.set_text_content(Some(note));
        head.append_child(&words).ok()?;
    }
    let picture = element(document, "div", "press-picture")?;
    picture.set_inner_html(&page.svg);
    sheet.append_child(&head).ok()?;
    sheet.append_child(&picture).ok()?;
    Some(sheet)
}

fn element(document: &Document, name: &str, class: &str) -> Option<Element> {
    let element = document.create_element(name).ok()?;
    element.set_class_name(class);
    Some(element)
}

fn clear(document: &Document) {
    if let Some(press) = document.query_selector(".press").ok().flatten() {
        press.remove();
    }
    if let Some(body) = document.body() {
        let _ = body.class_list().remove_1("pressing");
    }
}
