//! Free text of posts against the duty list: which phrase means which duty (YC-09).
//!
//! Every phrase ends as matched, unsure (candidates for a person to choose from), general (全面,
//! 统筹) or unmatched; none is dropped. Works on records as they are or as an import plans them.

mod index;
mod seek;

use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};

use super::lookup::may_be_meant;
use super::phrases::split_phrases;
use super::table::Progress;
use crate::journal::Draft;
use crate::model::kinds::duty_link::DutyRole;
use crate::model::kinds::{Duty, DutyLink, Post};
use crate::model::spec::Record;
use crate::model::value::Date;
use crate::model::{RecordId, Ref, Text, Township};
use index::DutyIndex;

pub use super::similar::How;

/// A duty a phrase may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub duty: RecordId,
    pub name: Text,
    /// The duty belongs to the post's own unit, or to none: the post then leads, elsewhere it assists.
    pub own_unit: bool,
    /// How sure, in percent.
    pub percent: u8,
    pub how: How,
}

/// What became of a phrase.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Usually one duty; several where the phrase lists them without a comma.
    Matched(Vec<Hit>),
    /// The likeliest few, none of them sure. A person may choose (`LinkPlan::choose`).
    Unsure(Vec<Hit>),
    /// 全面, 统筹: everything and so nothing in particular.
    General,
    Unmatched,
}

/// A phrase of a post's duties.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    pub text: String,
    pub verdict: Verdict,
}

/// A post with its phrases.
#[derive(Clone, Debug, PartialEq)]
pub struct PostPhrases {
    pub post: RecordId,
    pub title: Text,
    pub unit: Option<RecordId>,
    pub phrases: Vec<Phrase>,
}

/// How many phrases ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkCounts {
    pub phrases: usize,
    pub matched: usize,
    pub unsure: usize,
    pub general: usize,
    pub unmatched: usize,
    /// Links that would be new.
    pub links: usize,
}

/// Links to be made, with all that was not matched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkPlan {
    pub posts: Vec<PostPhrases>,
    /// Links there already are, ended ones among them: what a person has ended stays ended.
    known: FxHashSet<(RecordId, RecordId)>,
}

/// A post as the linker sees it.
#[derive(Clone, Debug)]
pub(super) struct PostText {
    pub id: RecordId,
    pub title: Text,
    pub unit: Option<RecordId>,
    pub duties: Text,
}

/// A duty as the linker sees it.
#[derive(Clone, Debug)]
pub(super) struct DutyName {
    pub id: RecordId,
    pub name: Text,
    pub unit: Option<RecordId>,
}

/// Matches posts with duties, a slice at a time.
pub struct Linker {
    posts: Vec<PostText>,
    index: DutyIndex,
    /// Links in force: what a person settled once is not asked again.
    in_force: FxHashSet<(RecordId, RecordId)>,
    at: usize,
    plan: LinkPlan,
}

impl Linker {
    /// All posts and duties of a township; records that ended before `today` stay out.
    pub fn new(township: &Township, today: Option<Date>) -> Linker {
        Linker::of(township, posts_of(township, today), duties_of(township, today))
    }

    pub(super) fn of(township: &Township, posts: Vec<PostText>, duties: Vec<DutyName>) -> Linker {
        let links = township.all::<DutyLink>().into_iter();
        let ends = |link: DutyLink| Some(((link.post?.id, link.duty?.id), link.until.is_none()));
        let known: Vec<_> = links.filter_map(ends).collect();
        let in_force = known.iter().filter(|(_, open)| *open).map(|(ends, _)| ends.clone());
        let in_force = in_force.collect();
        let known = known.into_iter().map(|(ends, _)| ends).collect();
        let plan = LinkPlan { posts: Vec::with_capacity(posts.len()), known };
        Linker { posts, index: DutyIndex::new(duties), in_force, at: 0, plan }
    }

    /// Matches up to `posts` more posts; progress is in posts.
    pub fn step(&mut self, posts: usize) -> Progress {
        for _ in 0..posts {
            let Some(post) = self.posts.get(self.at) else { break };
            let phrases = split_phrases(&post.duties).into_iter().map(|text| {
                let verdict = self.index.judge(&text, post.unit.as_ref());
                let verdict = settled(verdict, |duty| {
                    self.in_force.contains(&(post.id.clone(), duty.clone()))
                });
                Phrase { text, verdict }
            });
            let phrases: Vec<Phrase> = phrases.collect();
            if !phrases.is_empty() {
                let (title, unit) = (post.title.clone(), post.unit.clone());
                self.plan.posts.push(PostPhrases { post: post.id.clone(), title, unit, phrases });
            }
            self.at += 1;
        }
        Progress { done: self.at as u64, total: self.posts.len() as u64 }
    }

    pub(super) fn len(&self) -> usize {
        self.posts.len()
    }

    pub fn finish(self) -> LinkPlan {
        self.plan
    }
}

/// 补充岗位事项对应: matches every post of a township with its duty list at once.
pub fn link_duties(township: &Township, today: Option<Date>) -> LinkPlan {
    let mut linker = Linker::new(township, today);
    while !linker.step(1024).finished() {}
    linker.finish()
}

/// A link to be made: one for each post and duty, its scope all phrases that led there.
#[derive(Clone, Debug, PartialEq)]
pub struct NewLink {
    pub post: RecordId,
    pub duty: RecordId,
    pub role: DutyRole,
    pub scope: String,
}

impl LinkPlan {
    pub fn counts(&self) -> LinkCounts {
        let mut counts = LinkCounts { links: self.links().len(), ..LinkCounts::default() };
        for phrase in self.posts.iter().flat_map(|post| &post.phrases) {
            counts.phrases += 1;
            *match phrase.verdict {
                Verdict::Matched(_) => &mut counts.matched,
                Verdict::Unsure(_) => &mut counts.unsure,
                Verdict::General => &mut counts.general,
                Verdict::Unmatched => &mut counts.unmatched,
            } += 1;
        }
        counts
    }

    /// Takes a person's word for what a phrase means; an empty list means: nothing in the duty list.
    pub fn choose(&mut self, post: usize, phrase: usize, hits: Vec<Hit>) {
        let phrase = self.posts.get_mut(post).and_then(|post| post.phrases.get_mut(phrase));
        if let Some(phrase) = phrase {
            phrase.verdict =
                if hits.is_empty() { Verdict::Unmatched } else { Verdict::Matched(hits) };
        }
    }

    /// The links that are not there yet.
    pub fn links(&self) -> Vec<NewLink> {
        let mut links: Vec<NewLink> = Vec::new();
        let mut places: FxHashMap<(RecordId, RecordId), usize> = FxHashMap::default();
        for post in &self.posts {
            for (phrase, hit) in post.hits() {
                let key = (post.post.clone(), hit.duty.clone());
                if self.known.contains(&key) {
                    continue;
                }
                let place = *places.entry(key).or_insert_with(|| {
                    links.push(new_link(post, hit));
                    links.len() - 1
                });
                add_scope(&mut links[place].scope, &phrase.text);
            }
        }
        links
    }

    pub fn to_draft(&self, what: &str) -> Draft {
        let mut draft = Draft::new(what);
        self.write(&mut draft);
        draft
    }

    pub(super) fn write(&self, draft: &mut Draft) {
        for link in self.links() {
            draft.put(&DutyLink {
                id: link_id(&link.post, &link.duty),
                post: Some(Ref::new(link.post)),
                duty: Some(Ref::new(link.duty)),
                role: Some(link.role),
                scope: link.scope.into(),
                ..DutyLink::default()
            });
        }
    }

    pub fn is_empty(&self) -> bool {
        self.posts.is_empty()
    }

    /// Whether the post and the duty have a link already, in force or ended.
    pub fn is_known(&self, post: &RecordId, duty: &RecordId) -> bool {
        self.known.contains(&(post.clone(), duty.clone()))
    }
}

/// Candidates of which some are linked already: those are what the phrase means.
fn settled(verdict: Verdict, in_force: impl Fn(&RecordId) -> bool) -> Verdict {
    match verdict {
        Verdict::Unsure(hits) if hits.iter().any(|hit| in_force(&hit.duty)) => {
            Verdict::Matched(hits.into_iter().filter(|hit| in_force(&hit.duty)).collect())
        }
        verdict => verdict,
    }
}

impl PostPhrases {
    fn hits(&self) -> impl Iterator<Item = (&Phrase, &Hit)> {
        self.phrases.iter().flat_map(|phrase| {
            let hits = match &phrase.verdict {
                Verdict::Matched(hits) => hits.as_slice(),
                _ => &[],
            };
            hits.iter().map(move |hit| (phrase, hit))
        })
    }
}

fn new_link(post: &PostPhrases, hit: &Hit) -> NewLink {
    let role = if hit.own_unit { DutyRole::Lead } else { DutyRole::Assist };
    NewLink { post: post.post.clone(), duty: hit.duty.clone(), role, scope: String::new() }
}

fn add_scope(scope: &mut String, phrase: &str) {
    if !scope.is_empty() {
        scope.push('、');
    }
    scope.push_str(phrase);
}

/// The same post and duty make the same link on every copy, so that two people who both press the
/// button do not make two.
fn link_id(post: &RecordId, duty: &RecordId) -> RecordId {
    let hash = Sha256::digest(format!("duty_link\n{post}\n{duty}"));
    let bits = hash.iter().take(16).fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
    RecordId::from_random(bits)
}

/// Posts that have not ended before `today`.
pub(super) fn posts_of(township: &Township, today: Option<Date>) -> Vec<PostText> {
    meant::<Post>(township, today).map(PostText::of).collect()
}

/// Duties that have not ended before `today`.
pub(super) fn duties_of(township: &Township, today: Option<Date>) -> Vec<DutyName> {
    meant::<Duty>(township, today).map(DutyName::of).collect()
}

fn meant<K: Record>(township: &Township, today: Option<Date>) -> impl Iterator<Item = K> {
    let rows = township.table_of(K::ID).into_iter().flat_map(|table| table.rows());
    rows.filter(move |row| may_be_meant(row, today)).map(K::read)
}

impl PostText {
    pub fn of(post: Post) -> PostText {
        let unit = post.unit.map(|unit| unit.id);
        PostText { id: post.id, title: post.title, unit, duties: post.duties }
    }
}

impl DutyName {
    pub fn of(duty: Duty) -> DutyName {
        DutyName { id: duty.id, name: duty.name, unit: duty.unit.map(|unit| unit.id) }
    }
}
