//! 岗位画像 of a post and 五维考评 of a person, each with where its figures come from. Works out nothing.

use crate::model::kinds::{Person, Post};
use crate::model::{KindIx, Record, RecordId, schema};
use crate::rules::Work;
use crate::ui::components::statistic::{StatisticImage, follow_width};
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use crate::view::statistics::{Statistic, five, portrait_of};

/// Nothing for other kinds, and for whom nobody has scored.
#[component]
pub fn Figures(kind: KindIx, id: RecordId) -> impl IntoView {
    let session = use_session();
    let kind = schema().kinds[kind].spec.id;
    if ![Post::ID, Person::ID].contains(&kind) {
        return ().into_any();
    }
    let size = follow_width(".record-figures-place");
    let drawn = move || {
        let (statistic, because) = figures_of(session, kind, &id)?;
        let lines = because.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        Some(view! {
            <section class="record-figures">
                <div class="record-figures-place">
                    <StatisticImage statistic=statistic size=size class="statistic-image"/>
                </div>
                <ul class="record-figures-because">{lines}</ul>
            </section>
        })
    };
    view! { {drawn} }.into_any()
}

fn figures_of(session: Session, kind: &str, id: &RecordId) -> Option<(Statistic, Vec<String>)> {
    let links = session.links();
    if kind == Post::ID {
        let post = links.posts.get(id.as_str())?;
        let work = session.on_day(Work::of);
        return Some(portrait_of(&links, &work, post));
    }
    let reviews = session.on_day(|day| day.all());
    let because = "每项满分 100 分；总分是五项的平均。".to_string();
    Some((five(&reviews, id, &links)?, vec![because]))
}
