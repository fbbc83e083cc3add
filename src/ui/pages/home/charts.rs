//! 首页's two charts. They come in with the second part of the program: figures are seen first.

use crate::rules::Staffing;
use crate::ui::components::statistic::{StatisticImage, follow_width};
use crate::ui::prelude::*;
use crate::ui::session::use_session;
use crate::view::statistics::{classes, units};

/// As wide as their place on the page, so that their letters are as large as they say.
pub fn charts() -> AnyView {
    let links = use_session().links();
    let size = follow_width(".home-chart");
    view! {
        <StatisticImage statistic=units(&links, &Staffing::of(&links)) size=size class="home-chart"/>
        <StatisticImage statistic=classes(&links) size=size class="home-chart"/>
    }
    .into_any()
}
