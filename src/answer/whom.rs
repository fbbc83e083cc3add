//! Who answers for something: a post, who sits there, who stands in today. Names only whom the reader may see.

use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::{Person, Post};
use crate::model::value::short_day;
use crate::model::{Date, RecordId, Text};
use crate::rules::Links;
use crate::rules::presence::away;

/// A post as an answer names it.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerPost {
    pub id: RecordId,
    /// 机构·岗位
    pub name: String,
    /// Holder of the A-post; `None` where vacant, or where the reader may not see the name.
    pub primary: Option<String>,
    pub backup: Option<String>,
    pub vacant: bool,
    pub has_backup: bool,
    /// The A-post's holder is away today; until when, where that was said.
    pub away: Option<Option<Date>>,
    /// The same of who would stand in.
    pub backup_away: bool,
    pub phone: Text,
    pub place: Text,
}

impl AnswerPost {
    pub fn of(post: &Post, links: &Links, names: bool) -> AnswerPost {
        let seats = links.holders(&post.id);
        let holder = |role| seats.iter().find(|seat| seat.role == role).map(|seat| seat.person);
        let (primary, backup) = (holder(HoldRole::Primary), holder(HoldRole::Backup));
        let unit = links.units.find(post.unit.as_ref());
        let own_or_units = |own: &Text, units: Option<&Text>| {
            if own.is_empty() { units.cloned().unwrap_or_default() } else { own.clone() }
        };
        let gone = |person: Option<&Person>| away(person?, links.day?);
        AnswerPost {
            id: post.id.clone(),
            name: links.post_name(post),
            // A table of posts alone says nothing of who holds them.
            vacant: primary.is_none() && !links.holdings.all().is_empty(),
            has_backup: backup.is_some(),
            away: gone(primary).map(|away| away.until),
            backup_away: gone(backup).is_some(),
            primary: primary.and_then(|person| name(person, names)),
            backup: backup.and_then(|person| name(person, names)),
            phone: own_or_units(&post.phone, unit.map(|unit| &unit.phone)),
            place: own_or_units(&post.place, unit.map(|unit| &unit.place)),
        }
    }

    /// Who stands in, as a sentence; `None` where nobody is registered for it and nobody is needed.
    pub fn stand_in(&self) -> Option<String> {
        let named = |words: &str| match &self.backup {
            Some(name) => format!("{words}：{name}"),
            None => words.to_string(),
        };
        let until =
            |day: Option<Date>| day.map(|day| format!("到{}", short_day(day))).unwrap_or_default();
        match (self.has_backup, self.vacant, self.away) {
            (true, true, _) => Some(named("现由 B 岗办理")),
            (true, false, None) => Some(named("不在时找 B 岗")),
            (true, false, Some(day)) if self.backup_away => {
                Some(format!("A 岗外出{}，B 岗也不在，请先打电话", until(day)))
            }
            (true, false, Some(day)) => {
                Some(named(&format!("A 岗外出{}，这几天由 B 岗办理", until(day))))
            }
            (false, _, Some(day)) => Some(format!("A 岗外出{}，请先打电话", until(day))),
            (false, _, None) => None,
        }
    }
}

/// A person's name where the reader may see it.
pub(super) fn name(person: &Person, names: bool) -> Option<String> {
    (names || person.may_be_named()).then(|| person.name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post() -> AnswerPost {
        AnswerPost {
            id: RecordId::from_random(1),
            name: "便民服务中心·民政岗".into(),
            primary: None,
            backup: None,
            vacant: false,
            has_backup: true,
            away: None,
            backup_away: false,
            phone: Text::default(),
            place: Text::default(),
        }
    }

    #[test]
    fn s40_who_stands_in_is_said_plainly() {
        let day = Date::from_ymd_opt(2026, 6, 20);
        let said = |post: AnswerPost| post.stand_in();
        assert_eq!(said(post()).as_deref(), Some("不在时找 B 岗"));
        let away = AnswerPost { away: Some(day), ..post() };
        assert_eq!(said(away.clone()).as_deref(), Some("A 岗外出到6月20日，这几天由 B 岗办理"));
        let named = AnswerPost { backup: Some("周实".into()), ..away.clone() };
        assert_eq!(said(named).as_deref(), Some("A 岗外出到6月20日，这几天由 B 岗办理：周实"));
        let both = AnswerPost { backup_away: true, ..away.clone() };
        assert_eq!(said(both).as_deref(), Some("A 岗外出到6月20日，B 岗也不在，请先打电话"));
        let alone = AnswerPost { has_backup: false, away: Some(None), ..post() };
        assert_eq!(said(alone).as_deref(), Some("A 岗外出，请先打电话"));
        let vacant = AnswerPost { vacant: true, ..post() };
        assert_eq!(said(vacant).as_deref(), Some("现由 B 岗办理"));
    }
}
