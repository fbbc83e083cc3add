//! 查询记录: what was asked here and found nothing, what people opened, how many came (SPEC S10–S14). Kept on this computer
//! only; holds nothing of who asked, and no words that look like somebody's number.

mod text;

use crate::model::Date;
use crate::sorting::Sorting;

/// How one day went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayCount {
    /// People who began to ask.
    pub visits: u32,
    /// Questions.
    pub asked: u32,
    /// Those that found nothing.
    pub missed: u32,
}

/// A question that found nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    pub words: String,
    pub times: u32,
    pub last: Date,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// In the order of days. Lists, not maps: the page begins with this code.
    pub days: Vec<(Date, DayCount)>,
    missed: Vec<Missed>,
    picks: Vec<Pick>,
}

/// What was opened after a question.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pick {
    words: String,
    id: String,
    times: u32,
}

const MOST_DAYS: usize = 400;
const MOST_MISSED: usize = 300;
const MOST_PICKS: usize = 500;
/// What is longer tells a story.
const LONGEST: usize = 24;
/// So many figures may be somebody's number.
const FIGURES: usize = 5;
/// Once may be a slip of the finger.
const LEARNED: u32 = 2;

/// A question as it is kept; `None` for what is too short to mean anything, or may be about somebody.
pub fn kept_words(query: &str) -> Option<String> {
    let mut words = String::new();
    for part in query.split([' ', '　', '\t']).filter(|part| !part.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(part);
    }
    words.make_ascii_lowercase();
    let long = words.chars().count();
    let figure = |at: &char| matches!(at, '0'..='9' | '０'..='９' | '①'..='⑨');
    let figures = words.chars().filter(figure).count();
    let personal = figures >= FIGURES || words.contains('@');
    ((2..=LONGEST).contains(&long) && !personal).then_some(words)
}

impl Asked {
    pub fn is_empty(&self) -> bool {
        *self == Asked::default()
    }

    /// Somebody came.
    pub fn visit(&mut self, day: Date) {
        self.day(day).visits += 1;
    }

    /// Somebody asked.
    pub fn ask(&mut self, day: Date, query: &str, found: bool) {
        let count = self.day(day);
        count.asked += 1;
        count.missed += u32::from(!found);
        let Some(words) = kept_words(query).filter(|_| !found) else { return };
        match self.missed.iter_mut().find(|one| one.words == words) {
            Some(one) => {
                one.times += 1;
                one.last = day;
            }
            None => self.missed.push(Missed { words, times: 1, last: day }),
        }
        if self.missed.len() > MOST_MISSED {
            let oldest =
                self.missed.iter().enumerate().min_by_key(|(_, one)| (one.times, one.last));
            if let Some((at, _)) = oldest {
                self.missed.remove(at);
            }
        }
    }

    /// Somebody opened an answer to what was asked.
    pub fn pick(&mut self, query: &str, id: &str) {
        let Some(words) = kept_words(query) else { return };
        let full = self.picks.len() >= MOST_PICKS;
        match self.picks.iter_mut().find(|pick| pick.words == words && pick.id == id) {
            Some(pick) => pick.times += 1,
            None if full => {}
            None => self.picks.push(Pick { words, id: id.to_string(), times: 1 }),
        }
    }

    /// What found nothing, the most asked first.
    pub fn missed(&self) -> Vec<&Missed> {
        let mut all: Vec<&Missed> = self.missed.iter().collect();
        all.arrange(|a, b| (b.times, b.last, &a.words).cmp(&(a.times, a.last, &b.words)));
        all
    }

    /// How often each was opened, the most opened first.
    pub fn opened(&self) -> Vec<(&str, u32)> {
        let mut all: Vec<(&str, u32)> = Vec::new();
        for pick in &self.picks {
            match all.iter_mut().find(|(id, _)| *id == pick.id) {
                Some((_, times)) => *times += pick.times,
                None => all.push((&pick.id, pick.times)),
            }
        }
        all.arrange(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
        all
    }

    /// How often an answer was opened after these words.
    pub fn times(&self, query: &str, id: &str) -> u32 {
        let Some(words) = kept_words(query) else { return 0 };
        let mut picks = self.picks.iter();
        picks.find(|pick| pick.words == words && pick.id == id).map_or(0, |pick| pick.times)
    }

    /// Puts what people opened again and again before the others; the rest keeps its order.
    pub fn order<T>(
        &self,
        query: &str,
        answers: &mut [T],
        id: impl Fn(&T) -> &str,
        first: impl Fn(&T) -> bool,
    ) {
        // Few answers, fewer of them ever opened: each rises past those opened less.
        let weight = |one: &T| match self.times(query, id(one)) {
            _ if first(one) => u32::MAX,
            times if times >= LEARNED => times,
            _ => 0,
        };
        if self.picks.is_empty() {
            return;
        }
        for at in 1..answers.len() {
            let mut place = at;
            while place > 0 && weight(&answers[place - 1]) < weight(&answers[place]) {
                answers.swap(place - 1, place);
                place -= 1;
            }
        }
    }

    /// A question was dealt with.
    pub fn forget(&mut self, words: &str) {
        self.missed.retain(|one| one.words != words);
    }

    pub fn forget_order(&mut self) {
        self.picks.clear();
    }

    fn day(&mut self, day: Date) -> &mut DayCount {
        let at = match self.days.iter().position(|(known, _)| *known >= day) {
            Some(at) if self.days[at].0 == day => at,
            later => {
                let at = later.unwrap_or(self.days.len());
                self.days.insert(at, (day, DayCount::default()));
                match self.days.len() > MOST_DAYS && at > 0 {
                    true => {
                        self.days.remove(0);
                        at - 1
                    }
                    false => at,
                }
            }
        };
        &mut self.days[at].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(at: u32) -> Date {
        Date::from_ymd_opt(2026, 6, at).expect("day")
    }

    fn on(asked: &Asked, at: u32) -> DayCount {
        asked.days.iter().find(|(known, _)| *known == day(at)).expect("day").1
    }

    #[test]
    fn s10_what_found_nothing_is_counted_by_its_words() {
        let mut asked = Asked::default();
        asked.visit(day(1));
        asked.ask(day(1), "骆驼  奶", false);
        asked.ask(day(2), " 骆驼 奶", false);
        asked.ask(day(2), "低保", true);
        let said: Vec<_> =
            asked.missed().iter().map(|one| (one.words.clone(), one.times, one.last)).collect();
        assert_eq!(said, [("骆驼 奶".to_string(), 2, day(2))]);
        assert_eq!(on(&asked, 1), DayCount { visits: 1, asked: 1, missed: 1 });
        assert_eq!(on(&asked, 2), DayCount { visits: 0, asked: 2, missed: 1 });
        asked.forget("骆驼 奶");
        assert!(asked.missed().is_empty());
    }

    #[test]
    fn s11_nothing_that_may_be_about_somebody_is_kept() {
        let personal = [
            "13800001111",
            "张三 138 0000 1111",
            "一二 5 3 0 1 0 2",
            "我@example.com",
            "我家老头子上个月没了留下一头牛三只羊还有存折怎么办",
            "低",
        ];
        let mut asked = Asked::default();
        for words in personal {
            assert_eq!(kept_words(words), None, "{words}");
            asked.ask(day(1), words, false);
            asked.pick(words, "matter/m1");
        }
        assert!(asked.missed().is_empty() && asked.opened().is_empty());
        assert_eq!(on(&asked, 1).missed, 6, "they are counted all the same");
    }

    #[test]
    fn s12_what_people_open_comes_first_next_time_and_can_be_forgotten() {
        let mut asked = Asked::default();
        let order = |asked: &Asked| {
            let mut all = ["exact", "a", "b", "c"];
            asked.order("老人卡", &mut all, |one| one, |one| *one == "exact");
            all
        };
        asked.pick("老人卡", "c");
        assert_eq!(order(&asked), ["exact", "a", "b", "c"], "once is not enough");
        asked.pick("老人卡", "c");
        asked.pick("老人卡", "b");
        asked.pick("老人卡", "b");
        asked.pick("老人卡", "b");
        asked.pick("别的", "a");
        assert_eq!(order(&asked), ["exact", "b", "c", "a"]);
        assert_eq!(asked.opened(), [("b", 3), ("c", 2), ("a", 1)]);
        asked.forget_order();
        assert_eq!(order(&asked), ["exact", "a", "b", "c"]);
    }

    #[test]
    fn s13_it_is_kept_and_never_grows_without_end() {
        let mut asked = Asked::default();
        for at in 0..2_000u32 {
            let date = day(1) + chrono::Days::new(u64::from(at));
            asked.ask(date, &format!("问法{}", char::from_u32(0x4e00 + at).expect("char")), false);
            asked.pick(&format!("词{}", char::from_u32(0x4e00 + at).expect("char")), "matter/m1");
        }
        asked.ask(day(1), "常问", false);
        assert!(asked.days.len() <= MOST_DAYS + 1 && asked.missed().len() <= MOST_MISSED);
        assert!(asked.write().len() < 80_000, "{}", asked.write().len());
        assert_eq!(Asked::read(&asked.write()), asked);
        assert!(Asked::read("{]").is_empty());
    }
}
