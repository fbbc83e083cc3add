//! Phrases matched with duties while a person looks them over: the plan and what is chosen in it.

use crate::ui::prelude::*;
use rustc_hash::FxHashMap;

use crate::exchange::LinkPlan;
use crate::exchange::link::{Hit, LinkCounts, PostPhrases, Verdict};
use crate::model::{FieldType, RecordId, Text, Township, Value};

/// How a phrase ended, as the filter names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Unsure,
    Matched,
    Unmatched,
    General,
}

impl Sort {
    pub const ALL: [Sort; 4] = [Sort::Unsure, Sort::Matched, Sort::Unmatched, Sort::General];

    pub fn label(self) -> &'static str {
        match self {
            Sort::Unsure => "待您定",
            Sort::Matched => "已对上",
            Sort::Unmatched => "没对上",
            Sort::General => "泛指",
        }
    }

    pub fn note(self) -> &'static str {
        match self {
            Sort::Unsure => {
                "像这几项，又不敢肯定。点一下选中，可以选几项；都不是就点“都不是”。不选也能导入，以后还可以补。"
            }
            Sort::Matched => {
                "这些会写成岗位和事项的对应，不对的点一下就取消。标着“已有”的原来就有，不重复写。"
            }
            Sort::Unmatched => {
                "事项表里没有相近的。原文照样留在岗位职责里，一个字不少；补齐事项表后可以再对一次。"
            }
            Sort::General => "“全面”“统筹”这类说法，不单指哪一项，不作对应。",
        }
    }

    pub fn of(verdict: &Verdict) -> Sort {
        match verdict {
            Verdict::Unsure(_) => Sort::Unsure,
            Verdict::Matched(_) => Sort::Matched,
            Verdict::Unmatched => Sort::Unmatched,
            Verdict::General => Sort::General,
        }
    }

    pub fn count(self, counts: &LinkCounts) -> usize {
        match self {
            Sort::Unsure => counts.unsure,
            Sort::Matched => counts.matched,
            Sort::Unmatched => counts.unmatched,
            Sort::General => counts.general,
        }
    }
}

/// The link plan on show. Handles only.
#[derive(Clone, Copy)]
pub struct Review {
    plan: StoredValue<Option<LinkPlan>, LocalStorage>,
    /// Rises with every plan put in.
    pub loaded: RwSignal<u32>,
    /// Rises with every choice.
    pub chosen: RwSignal<u32>,
}

impl Review {
    pub fn new() -> Review {
        let plan = StoredValue::new_local(None);
        Review { plan, loaded: RwSignal::new(0), chosen: RwSignal::new(0) }
    }

    pub fn load(self, plan: Option<LinkPlan>) {
        self.plan.set_value(plan);
        self.loaded.update(|count| *count += 1);
    }

    pub fn take(self) -> Option<LinkPlan> {
        self.plan.try_update_value(Option::take).flatten()
    }

    /// As they stand now; wakes the reader when that changes.
    pub fn counts(self) -> LinkCounts {
        self.loaded.track();
        self.chosen.track();
        self.plan.with_value(|plan| plan.as_ref().map(LinkPlan::counts)).unwrap_or_default()
    }

    pub fn places(self, sort: Sort) -> Vec<(usize, usize)> {
        self.plan.with_value(|plan| {
            let posts = plan.iter().flat_map(|plan| plan.posts.iter().enumerate());
            let all = posts.flat_map(|(at, post)| {
                post.phrases.iter().enumerate().map(move |(which, phrase)| (at, which, phrase))
            });
            all.filter(|(.., phrase)| Sort::of(&phrase.verdict) == sort)
                .map(|(at, which, _)| (at, which))
                .collect()
        })
    }

    pub fn post<T>(self, at: usize, look: impl FnOnce(&PostPhrases) -> T) -> Option<T> {
        self.plan.with_value(|plan| plan.as_ref()?.posts.get(at).map(look))
    }

    /// Whether the duty is linked with the post already.
    pub fn is_known(self, post: usize, duty: &RecordId) -> bool {
        self.plan.with_value(|plan| {
            let Some(plan) = plan else { return false };
            plan.posts.get(post).is_some_and(|post| plan.is_known(&post.post, duty))
        })
    }

    pub fn verdict(self, (post, phrase): (usize, usize)) -> Option<Verdict> {
        self.post(post, |post| post.phrases.get(phrase).map(|phrase| phrase.verdict.clone()))?
    }

    pub fn choose(self, (post, phrase): (usize, usize), hits: Vec<Hit>) {
        self.plan.update_value(|plan| {
            if let Some(plan) = plan {
                plan.choose(post, phrase, hits);
            }
        });
        self.chosen.update(|count| *count += 1);
    }
}

/// What records are called that are only planned yet.
#[derive(Clone, Debug, Default)]
pub struct Names(FxHashMap<RecordId, Text>);

impl Names {
    pub fn add(&mut self, id: RecordId, name: Text) {
        self.0.insert(id, name);
    }

    /// A cell as people read it, also where it names a record that is not there yet.
    pub fn display(&self, township: &Township, ty: FieldType, value: &Value) -> String {
        let planned = match (ty, value) {
            (FieldType::Ref(_), Value::Text(id)) => {
                RecordId::parse(id).and_then(|id| self.0.get(&id))
            }
            _ => None,
        };
        planned.map_or_else(|| township.display(ty, value), |name| name.to_string())
    }

    pub fn title(&self, township: &Township, kind: &str, id: &RecordId) -> String {
        self.0.get(id).map_or_else(|| township.title_of(kind, id.as_str()), |name| name.to_string())
    }
}
