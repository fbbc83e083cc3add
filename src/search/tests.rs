//! The rules look-up keeps whatever the entries are. Quality over real matters is in `tests/find`.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use proptest::prelude::*;

use super::*;

fn field(text: &str, role: FieldRole) -> Field {
    Field { text: Arc::from(text), weight: 10, role }
}

fn entry(id: &str, kind: EntryKind, title: &str, terms: &[&str]) -> Entry {
    let mut fields = vec![field(title, FieldRole::Title)];
    fields.extend(terms.iter().map(|t| field(t, FieldRole::Term)));
    Entry { id: Arc::from(id), kind, fields }
}

fn matters() -> Index {
    let rows: [(&str, &[&str]); 8] = [
        ("最低生活保障", &["低保", "吃低保"]),
        ("低保边缘家庭认定", &[]),
        ("特困人员救助供养", &["五保户"]),
        ("申领《四川省老年人优待证》", &["老年证"]),
        ("80周岁以上老年人高龄津贴发放", &["老年补贴"]),
        ("乡村建设规划许可证核发", &["宅基地", "批地盖房"]),
        ("食品(含保健食品)经营许可核发", &["开饭店"]),
        ("长期护理保险", &[]),
    ];
    let entries = rows.iter().map(|(t, terms)| entry(t, EntryKind::Matter, t, terms)).collect();
    Index::build(entries)
}

fn people() -> Index {
    let names = ["单雄", "仇英", "解缙", "曾国", "查良", "区适", "乐毅", "王重阳"];
    Index::build(names.iter().map(|n| entry(n, EntryKind::Person, n, &[])).collect())
}

fn first(index: &Index, query: &str) -> (String, MatchKind) {
    let hits = index.find(query, 5);
    hits.first().map_or((String::new(), MatchKind::Scattered), |h| (h.id.to_string(), h.why))
}

#[test]
fn s1_every_way_of_typing_reaches_the_matter() {
    let index = matters();
    for query in [
        "最低生活保障",
        "低保",
        "zuidishenghuobaozhang",
        "zuidishengh",
        "zdshbz",
        "di保",
        "低bao",
        "dibao",
        "db",
        "最低",
        "生活保障",
        "shenghuobaozhang",
        "zuidisenghuobaozang",
        "最抵生活保障",
        "最低生保障",
        "zuidishenhuobaozhang",
        "zuidishnghuobaozhang",
        "ＤＩＢＡＯ",
        "最低生活保障待遇",
        "我想给家里老人办个低保怎么弄",
        "低保怎么办",
        "wodedibao",
    ] {
        assert_eq!(first(&index, query).0, "最低生活保障", "{query}");
    }
    for (query, id) in [
        ("老年證", "申领《四川省老年人优待证》"),
        ("鄉村建設", "乡村建设规划许可证核发"),
        ("８０周岁", "80周岁以上老年人高龄津贴发放"),
        ("80zhousui", "80周岁以上老年人高龄津贴发放"),
        ("changqi", "长期护理保险"),
        ("开个饭店要什么证", "食品(含保健食品)经营许可核发"),
        ("hanbaojianshipinjingying", "食品(含保健食品)经营许可核发"),
    ] {
        assert_eq!(first(&index, query).0, id, "{query}");
    }
}

#[test]
fn s1_surnames_are_found_by_their_own_reading_and_by_the_common_one() {
    let index = people();
    for (query, id) in [
        ("shanxiong", "单雄"),
        ("danxiong", "单雄"),
        ("qiuying", "仇英"),
        ("xiejin", "解缙"),
        ("zengguo", "曾国"),
        ("zhaliang", "查良"),
        ("oushi", "区适"),
        ("yueyi", "乐毅"),
        ("wangchongyang", "王重阳"),
        ("sx", "单雄"),
        ("qy", "仇英"),
    ] {
        assert_eq!(first(&index, query).0, id, "{query}");
    }
}

#[test]
fn s3_the_reason_is_named() {
    let index = matters();
    for (query, why) in [
        ("最低生活保障", MatchKind::Exact),
        ("老年证", MatchKind::Term),
        ("乡村建设", MatchKind::Prefix),
        ("规划许可", MatchKind::Inside),
        ("xcjsgh", MatchKind::Initials),
        ("xiangcunjianseguihua", MatchKind::Near),
        ("乡村建没规划", MatchKind::Typo),
        ("规划乡村", MatchKind::Scattered),
    ] {
        assert_eq!(first(&index, query).1, why, "{query}");
    }
}

#[test]
fn s3_marks_point_at_the_words_meant() {
    let index = matters();
    let marked = |query: &str| {
        let hit = index.find(query, 1).remove(0);
        let (at, ranges) = hit.matched[0].clone();
        let texts: Vec<String> = index_texts(&hit.id, at, &ranges);
        texts
    };
    assert_eq!(marked("shipinjingying"), ["食品)经营"]);
    assert_eq!(marked("dibao"), ["低保"]);
    assert_eq!(marked("gaolingjintie"), ["高龄津贴"]);
}

/// Texts of ranges of a field of a matter, whose id is its title.
fn index_texts(id: &str, at: usize, ranges: &[Range<usize>]) -> Vec<String> {
    let terms: &[&str] = if id == "最低生活保障" { &["低保", "吃低保"] } else { &[] };
    let text = if at == 0 { id } else { terms[at - 1] };
    ranges.iter().map(|r| text[r.clone()].to_owned()).collect()
}

#[test]
fn kinds_can_be_chosen() {
    let village = entry("v", EntryKind::Village, "低保村", &[]);
    let index = Index::build(vec![village, entry("m", EntryKind::Matter, "低保", &[])]);
    let found = index.find_among("低保", &[EntryKind::Village], 5);
    assert_eq!(found.iter().map(|h| &*h.id).collect::<Vec<_>>(), ["v"]);
}

#[test]
fn s5_nothing_typed_finds_nothing() {
    for query in ["", "  ", "。、！", "\u{0}"] {
        assert!(matters().find(query, 5).is_empty());
    }
}

#[test]
fn s6_a_build_in_slices_is_the_same_build() {
    let entries: Vec<Entry> = (0..300)
        .map(|i| entry(&format!("{i}"), EntryKind::Cell, &format!("网格{i}号"), &[]))
        .collect();
    let mut builder = Builder::new(entries.clone());
    let mut steps = 0;
    while !builder.step(100) {
        steps += 1;
    }
    assert!(steps > 50);
    let (sliced, whole) = (builder.finish(), Index::build(entries));
    for query in ["网格12", "wg", "wangge299", "7号"] {
        assert_eq!(sliced.find(query, 20), whole.find(query, 20));
    }
}

/// Titles from few characters, so that they share pairs, polyphones among them.
fn title() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(TEXT.to_vec()), 1..9)
        .prop_map(|chars| chars.into_iter().collect())
}

const TEXT: [char; 20] = [
    '低', '保', '申', '请', '长', '期', '护', '理', '重', '行', '单', '村', '证', '办', 'A', '8',
    '老', '年', '—', '參',
];

fn query() -> impl Strategy<Value = String> {
    prop_oneof![
        title(),
        "[a-z]{1,9}",
        (title(), "[a-z]{0,4}").prop_map(|(a, b)| a + &b),
        proptest::sample::select(vec!["dibao", "changqi", "shenqign", "dbsq", "laonian", "zhang"])
            .prop_map(str::to_owned),
    ]
}

#[derive(Clone, Debug)]
enum Edit {
    Put(u8, String),
    Remove(u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        3 => (0..12_u8, title()).prop_map(|(id, title)| Edit::Put(id, title)),
        1 => (0..12_u8).prop_map(Edit::Remove),
    ]
}

/// The letters for characters: whole syllables or their first letters, a reading of each by the dice.
fn spelt(codes: &[u16], dice: u32, initials: bool) -> String {
    let sounds = sound::Sounds::get();
    let mut out = String::new();
    for code in codes {
        let readings: Vec<_> = sounds.readings(*code).collect();
        let Some(sound) = readings.get(dice as usize % readings.len().max(1)) else {
            out.extend(char::from_u32(u32::from(*code)));
            continue;
        };
        let spelt = sounds.spell(*sound);
        out.push_str(if initials { &spelt[..1] } else { spelt });
    }
    out
}

#[test]
fn s1_vowels_alone_are_syllables_however_the_letters_run_together() {
    // Read greedily this is `chan ga qia`.
    let entries = ["低", "低长A期A低低"].map(|t| entry(t, EntryKind::Duty, t, &[]));
    let index = Index::build(entries.into());
    assert_eq!(first(&index, "changaqia").0, "低长A期A低低");
}

#[test]
fn s6_a_character_of_many_readings_counts_once() {
    // 参 is can, cen and shen: two of them begin with the letter typed.
    let rows = [("5", "重期"), ("0", "參期")].map(|(id, t)| entry(id, EntryKind::Matter, t, &[]));
    let mut edited = Index::build(rows[..1].to_vec());
    edited.upsert(rows[1].clone());
    assert_eq!(edited.find("cj", 5), Index::build(rows.to_vec()).find("cj", 5));
}

#[test]
fn s2_surer_reasons_come_first() {
    let term = entry("term", EntryKind::Matter, "农村居民补助", &["低保"]);
    let rest = [
        entry("exact", EntryKind::Matter, "低保", &[]),
        entry("prefix", EntryKind::Matter, "低保申请", &[]),
        entry("inside", EntryKind::Matter, "农村低保申请", &[]),
        entry("near", EntryKind::Matter, "抵报申请", &[]),
    ];
    let index = Index::build(rest.into_iter().chain([term]).collect());
    let ids = |query| index.find(query, 9).iter().map(|hit| hit.id.to_string()).collect::<Vec<_>>();
    let found = ids("低保");
    // A whole title and a whole everyday word are as good as each other.
    assert!(found[..2].contains(&"exact".to_string()) && found[..2].contains(&"term".to_string()));
    assert_eq!(found[2..], ["prefix", "inside", "near"]);
    let scores: Vec<i32> = index.find("低保", 9).iter().map(|hit| hit.score).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
}

proptest! {
    #[test]
    fn s2_s6_an_edited_index_answers_as_one_built_anew(
        early in proptest::collection::vec(edit(), 0..20),
        late in proptest::collection::vec(edit(), 0..20),
        queries in proptest::collection::vec(query(), 1..6),
    ) {
        let mut now = std::collections::BTreeMap::new();
        let mut index = Index::build(Vec::new());
        for (i, edit) in early.iter().chain(&late).enumerate() {
            if i == early.len() {
                index = Index::build(now.values().cloned().collect());
            }
            match edit {
                Edit::Put(id, title) => {
                    let entry = entry(&id.to_string(), EntryKind::Matter, title, &["低保"]);
                    now.insert(*id, entry.clone());
                    index.upsert(entry);
                }
                Edit::Remove(id) => {
                    let was = index.remove(&id.to_string());
                    prop_assert_eq!(now.remove(id).is_some(), was);
                }
            }
        }
        let anew = Index::build(now.into_values().rev().collect());
        prop_assert_eq!(index.len(), anew.len());
        for query in &queries {
            prop_assert_eq!(index.find(query, 5), anew.find(query, 5), "{}", query);
        }
    }

    #[test]
    fn s1_a_piece_of_a_title_finds_the_title(
        titles in proptest::collection::vec(title(), 2..12),
        pick in any::<proptest::sample::Index>(),
        from in 0..8_usize,
        len in 2..8_usize,
    ) {
        let entries = titles.iter().enumerate().map(|(i, t)| entry(&i.to_string(), EntryKind::Duty, t, &[]));
        let index = Index::build(entries.collect());
        let folded = |t: &str| -> Vec<u16> { fold::codes(t).collect() };
        let title = folded(&pick.get(&titles[..])[..]);
        prop_assume!(title.len() >= 2);
        let len = len.min(title.len());
        let from = from % (title.len() - len + 1);
        let piece = &title[from..from + len];
        let holds = |t: &String| folded(t).windows(len).any(|w| w == piece);
        let query = String::from_utf16(piece).unwrap();
        // Where the rest of it is a function word (低保办理), a whole title may stand before.
        let hits = index.find(&query, titles.len());
        let title = |hit: &Hit| &titles[hit.id.parse::<usize>().unwrap()];
        let first = hits.iter().find(|hit| hit.why != MatchKind::Exact || holds(title(hit)));
        prop_assert!(first.is_some_and(|hit| holds(title(hit))), "{query} {titles:?} {hits:?}");
        let before = hits.iter().take_while(|hit| !holds(title(hit)));
        let inside = |hit: &Hit| piece.windows(title(hit).chars().count()).any(|w| w == folded(title(hit)));
        prop_assert!(before.clone().all(inside), "{query} {titles:?} {hits:?}");
    }

    #[test]
    fn s1_every_entry_is_found_by_its_pieces_pinyin_and_initials(
        titles in proptest::collection::vec(title(), 1..12),
        pick in any::<proptest::sample::Index>(),
        from in 0..8_usize,
        len in 2..8_usize,
        dice in any::<u32>(),
    ) {
        let entries = titles.iter().enumerate().map(|(i, t)| entry(&i.to_string(), EntryKind::Duty, t, &[]));
        let index = Index::build(entries.collect());
        let at = pick.index(titles.len());
        let codes: Vec<u16> = fold::codes(&titles[at]).collect();
        prop_assume!(codes.len() >= 2);
        let len = len.min(codes.len());
        let from = from % (codes.len() - len + 1);
        let piece = &codes[from..from + len];
        for query in [String::from_utf16(piece).unwrap(), spelt(piece, dice, false), spelt(piece, dice, true)] {
            let found = index.find(&query, titles.len());
            prop_assert!(found.iter().any(|hit| *hit.id == *at.to_string()), "{query} {titles:?}");
        }
    }

    #[test]
    fn s5_a_query_of_any_length_is_read_up_to_its_limit(query in query(), times in 1..4_000_usize) {
        let long = query.repeat(times);
        let codes: Vec<u16> = fold::codes(&long).collect();
        let readings = parse::readings(&codes);
        prop_assert!(readings.len() <= 6);
        prop_assert!(readings.iter().all(|reading| reading.units.len() <= parse::MOST_CODES));
        let read: String = long.chars().filter(|c| fold::code(*c).is_some()).take(parse::MOST_CODES).collect();
        let index = matters();
        prop_assert_eq!(index.find(&long, 5), index.find(&read, 5));
    }

    #[test]
    fn s5_no_text_or_query_breaks_it(texts in proptest::collection::vec(any::<String>(), 0..6), query in any::<String>()) {
        let entries = texts.iter().enumerate().map(|(i, t)| entry(&i.to_string(), EntryKind::Other, t, &["低保"]));
        let mut index = Index::build(entries.collect());
        for text in texts.iter().chain([&query]) {
            for hit in index.find(text, 5) {
                let at: usize = hit.id.parse().unwrap();
                for (field, ranges) in hit.matched {
                    let text = if field == 0 { texts[at].as_str() } else { "低保" };
                    prop_assert!(ranges.iter().all(|r| text.get(r.clone()).is_some()));
                }
            }
        }
        index.upsert(entry("0", EntryKind::Other, &query, &[]));
        index.find(&query, 3);
    }
}

#[test]
fn s15_what_meets_little_of_the_question_is_offered_and_not_asserted() {
    let index = matters();
    let fit = |query: &str| index.find(query, 1).first().map(Hit::fit);
    for asked in ["低保", "dibao", "吃低保", "开饭店", "老年证怎么办"] {
        assert_eq!(fit(asked), Some(Fit::Sure), "{asked}");
    }
    assert_eq!(fit("骆驼奶"), None);
    let hit = |why, score| Hit {
        id: "m".into(),
        kind: EntryKind::Matter,
        score,
        why,
        matched: Vec::new(),
    };
    assert_eq!(hit(MatchKind::Scattered, 3_000).fit(), Fit::Sure);
    assert_eq!(hit(MatchKind::Scattered, 1_400).fit(), Fit::Guess);
    assert_eq!(hit(MatchKind::Scattered, 500).fit(), Fit::Chance);
    assert_eq!(hit(MatchKind::Typo, 5_000).fit(), Fit::Guess);
}
