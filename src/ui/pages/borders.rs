//! 网格边界 (`#/map/borders`): what is drawn, borders in from a file, made up, out again, and 网格编码.
//!
//! `bring` (a file, how it is understood, what it would do), `standing` (what there is, sketches and files out),
//! `numbering` (codes). What anything would do is planned by the core's `borders`; nothing is written unseen.

mod bring;
mod numbering;
mod standing;

use crate::route::Route;
use crate::ui::prelude::*;

use bring::Bring;
use numbering::NumberingView;
use standing::Standing;

pub fn page() -> AnyView {
    view! {
        <section class="sheet sheet-wide borders">
            <h1>"网格边界"</h1>
            <p class="sheet-note">
                "村界和网格界从测绘文件导入，也可以自己画；都没有时先用示意图。" <a href=Route::Map.href()>"看网格图"</a>
            </p>
            <div class="choices"><a class="button" href=Route::Drawing.href()>"画边界"</a></div>
            <Standing/>
            <Bring/>
            <NumberingView/>
        </section>
    }
}
