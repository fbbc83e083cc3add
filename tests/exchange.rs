//! Importing the real tables as a clerk does: decode, read, map, plan, one commit. X-rules of SPEC.md.

mod support;

#[path = "exchange/steps.rs"]
mod steps;

use gangtu::exchange::{Counts, Options, Outcome, Plan, Planner, Reader, decode, divisions};
use gangtu::exchange::{ExportColumn, Mapping, guess_kind, listed_columns, table, to_csv};
use gangtu::journal::Draft;
use gangtu::model::kinds::village::VillageKind;
use gangtu::model::kinds::{GridCell, Matter, Person, Post, Unit, Village};
use gangtu::model::{Date, RecordId, Value, schema};
use steps::{commit, counts, plan_bytes, plan_file, plan_text, read_source, reasons, takes};
use support::{at, desk, now};

fn counts_of(new: usize, changes: usize, same: usize, bad: usize) -> Counts {
    Counts { new, changes, same, bad }
}

#[test]
fn x5_the_real_post_table_is_one_undoable_action() {
    let desk = desk(1);
    let plan = plan_file(&desk, "posts.csv");
    assert_eq!(plan.counts(), counts_of(148, 0, 0, 0));
    assert_eq!(plan.summary(), "岗位：新增 148 条，修改 0 条，相同 0 条，将新建机构 16 个。");
    commit(&desk, &plan);
    assert_eq!(desk.read(|fold| fold.township().all::<Post>().len()), 148);
    let units = desk.read(|fold| fold.township().all::<Unit>());
    let lead = units.iter().find(|unit| unit.no == Some(1)).expect("first unit");
    assert_eq!((&*lead.name, lead.role.map(|role| role.id())), ("班子", Some("leadership")));
    assert!(units.iter().filter(|unit| unit.role.is_some()).count() == 1, "no role is invented");
    now(desk.undo()).expect("undo");
    assert_eq!(
        desk.read(|fold| fold.township().all::<Post>().len() + fold.township().all::<Unit>().len()),
        0
    );
}

#[test]
fn x5_a_second_import_of_every_real_table_changes_nothing() {
    let desk = desk(1);
    for file in ["posts.csv", "duties.csv", "matters.csv", "matters_common.csv", "terms.csv"] {
        let plan = plan_file(&desk, file);
        let first = plan.counts();
        assert_eq!(first.bad, 0, "{file}: {:?}", plan.bad().collect::<Vec<_>>());
        commit(&desk, &plan);
        let again = plan_file(&desk, file);
        let rows = again.rows.len();
        assert_eq!(again.counts(), counts_of(0, 0, rows, 0), "{file}");
        assert!(again.changes_nothing(), "{file}");
    }
    let units = desk.read(|fold| fold.township().all::<Unit>().len());
    assert_eq!(units, 16, "posts and duties name the same units");
}

#[test]
fn x1_the_real_tables_read_the_same_from_gbk_and_utf16() {
    let desk = desk(1);
    let utf8 = read_source("posts.csv");
    let text = String::from_utf8(utf8.clone()).expect("utf-8");
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let gbk = encoding_rs::GB18030.encode(&text).0.into_owned();
    let titles = |bytes: &[u8]| -> Vec<String> {
        let plan = plan_bytes(&desk, bytes, "posts.csv", Options::default());
        plan.rows.into_iter().map(|row| row.title).collect()
    };
    assert_eq!(titles(&gbk), titles(&utf8));
    assert_eq!(titles(&utf16), titles(&utf8));
}

#[test]
fn x6_common_matters_meet_the_long_list_by_code() {
    let desk = desk(1);
    commit(&desk, &plan_file(&desk, "matters.csv"));
    let plan = plan_file(&desk, "matters_common.csv");
    assert_eq!(plan.counts(), counts_of(0, 82, 0, 0));
    assert_eq!(plan.target_counts(), [(schema().kind("window").expect("kind"), 10)]);
    commit(&desk, &plan);
    let matters = desk.read(|fold| fold.township().all::<Matter>());
    assert_eq!((matters.len(), matters.iter().filter(|matter| matter.common).count()), (1135, 82));
}

#[test]
fn x11_everyday_terms_are_added_and_overrule_nothing() {
    let desk = desk(1);
    takes(&desk, "matter", "事项名称,窗口,日常叫法\n最低生活保障,一号,救济\n");
    let plan = plan_file(&desk, "terms.csv");
    commit(&desk, &plan);
    let matters = desk.read(|fold| fold.township().all::<Matter>());
    let aid = matters.iter().find(|matter| &*matter.name == "最低生活保障").expect("matter");
    let mut terms: Vec<&str> = aid.terms.iter().map(|term| &**term).collect();
    terms.sort_unstable();
    let mut wanted = ["救济", "城乡低保", "吃低保"];
    wanted.sort_unstable();
    assert_eq!(terms, wanted);
    let window = aid.window.as_ref().expect("window");
    assert_eq!(desk.read(|fold| fold.township().title_of("window", window.id.as_str())), "一号");
    let births: Vec<&Matter> =
        matters.iter().filter(|matter| &*matter.name == "生育登记").collect();
    assert_eq!(births.len(), 1, "three rows name one matter that was not there");
    assert_eq!(births[0].terms.len(), 3);
}

#[test]
fn x11_a_term_somebody_added_after_the_plan_was_made_stays() {
    let desk = desk(1);
    takes(&desk, "matter", "事项名称,日常叫法\n临时救助,救急\n");
    let plan = plan_text(&desk, "matter", "事项名称,日常叫法\n临时救助,应急\n", Options::default());
    let (kind, terms) = at("matter", "terms");
    let matter = desk.read(|fold| fold.township().all::<Matter>()[0].id.clone());
    let mut draft = Draft::new("加一个叫法");
    draft.set(
        kind,
        &matter,
        terms,
        Value::Set(["困难补助".into(), "救急".into()].as_slice().into()),
    );
    now(desk.commit(&draft)).expect("commit");
    commit(&desk, &plan);
    assert_eq!(desk.read(|fold| fold.township().all::<Matter>()[0].terms.len()), 3);
}

#[test]
fn x7_the_real_tables_go_out_and_come_in_again_by_their_names_alone() {
    let desk = desk(1);
    for file in ["posts.csv", "duties.csv", "matters.csv", "matters_common.csv", "terms.csv"] {
        commit(&desk, &plan_file(&desk, file));
    }
    for kind in ["post", "duty", "matter", "unit", "window"] {
        let plan = desk.read(|fold| {
            let kind = schema().kind(kind).expect("kind");
            let rows: Vec<_> = fold.township().table(kind).rows().collect();
            let mut columns = listed_columns(kind);
            columns.retain(|column| *column != ExportColumn::Id);
            let sheet = to_csv(fold.township(), kind, &rows, &columns);
            let table = table(decode(sheet.as_bytes()).expect("text").text).expect("table");
            assert_eq!(guess_kind(&table.headers, ""), Some(kind), "the headers say the kind");
            let mapping = Mapping::guess(&table.headers, kind, "");
            Plan::build(fold.township(), table, mapping, Options::default(), || desk.fresh_id())
        });
        assert_eq!(plan.counts().same, plan.rows.len(), "{kind}: {:?}", reasons(&plan));
    }
}

#[test]
fn a_town_of_the_division_file_becomes_its_villages() {
    let desk = desk(1);
    let text = decode(&read_source("divisions.json")).expect("text").text;
    let towns = divisions::read(&text).expect("towns");
    assert_eq!(towns.len(), 24);
    for round in 0..2 {
        let (table, mapping) = divisions::table_of(&towns[0]);
        let plan = desk.read(|fold| {
            Plan::build(fold.township(), table, mapping, Options::default(), || desk.fresh_id())
        });
        let wanted = if round == 0 { counts_of(46, 0, 0, 0) } else { counts_of(0, 0, 46, 0) };
        assert_eq!(plan.counts(), wanted);
        commit(&desk, &plan);
    }
    let villages = desk.read(|fold| fold.township().all::<Village>());
    let first = villages.iter().find(|village| &*village.code == "421182101001").expect("village");
    assert_eq!((&*first.name, first.kind), ("松山咀社区", Some(VillageKind::Community)));
    assert!(villages.iter().all(|village| !village.name.contains("委员会")));
}

#[test]
fn x3_bad_rows_are_listed_with_line_column_and_reason_and_the_others_go_in() {
    let desk = desk(1);
    let plan = takes(
        &desk,
        "post",
        "机构,序号,岗位,人数\n党政办,1,文书岗,\n党政办,二,信息岗,\n党政办,3\n党政办,4,,\n党政办,5,档案岗,\n",
    );
    assert_eq!(counts(&plan), "nbbbn");
    assert_eq!(
        reasons(&plan),
        [
            (3, Some(1), "岗位序号应是整数。"),
            (4, None, "这一行有 2 格，表头有 4 格。"),
            (5, Some(2), "请填写岗位名称。"),
        ]
    );
    let raw: Vec<String> = plan.bad().map(|(_, bad)| bad.raw.clone()).collect();
    assert_eq!(raw, ["党政办,二,信息岗,", "党政办,3", "党政办,4,,"]);
    assert_eq!(desk.read(|fold| fold.township().all::<Post>().len()), 2);
}

#[test]
fn x9_only_what_good_rows_name_is_made() {
    let desk = desk(1);
    let plan = takes(&desk, "post", "机构,序号,岗位\n甲办,x,文书岗\n乙办,1,信息岗\n");
    assert_eq!(plan.targets.len(), 1);
    let units = desk.read(|fold| fold.township().all::<Unit>());
    assert_eq!(
        units.iter().map(|unit| (&*unit.name, unit.no)).collect::<Vec<_>>(),
        [("乙办", Some(1))]
    );
}

#[test]
fn x9_people_are_made_by_name_only_where_the_importer_says_so() {
    let desk = desk(1);
    let text = "村名,包村干部\n东村,王小满\n";
    let refused = plan_text(&desk, "village", text, Options::default());
    assert_eq!(reasons(&refused), [(2, Some(1), "没有找到叫“王小满”的人员。")]);
    let options = Options { create_people: true, ..Options::default() };
    let plan = plan_text(&desk, "village", text, options);
    assert_eq!(counts(&plan), "n");
    commit(&desk, &plan);
    assert_eq!(desk.read(|fold| fold.township().all::<Person>().len()), 1);
}

#[test]
fn x6_a_renumbered_sheet_meets_its_old_posts() {
    let desk = desk(1);
    takes(&desk, "post", "机构,序号,岗位\n甲办,1,文书岗\n甲办,2,信息岗\n");
    let plan =
        takes(&desk, "post", "机构,序号,岗位\n甲办,1,新设岗\n甲办,2,文书岗\n甲办,3,信息岗\n");
    assert_eq!(counts(&plan), "ncc");
    assert_eq!(desk.read(|fold| fold.township().all::<Post>().len()), 3);
}

#[test]
fn x6_two_posts_of_one_name_stay_two() {
    let desk = desk(1);
    let text = "机构,序号,岗位\n甲办,1,办事员\n甲办,2,办事员\n乙办,1,办事员\n";
    assert_eq!(counts(&takes(&desk, "post", text)), "nnn");
    assert_eq!(counts(&takes(&desk, "post", text)), "sss");
    let vague = plan_text(&desk, "post", "机构,岗位,职责\n甲办,办事员,收文\n", Options::default());
    assert_eq!(counts(&vague), "b");
    assert!(reasons(&vague)[0].2.starts_with("已有 2 条同名的岗位记录"));
}

#[test]
fn x3_rows_that_contradict_each_other_are_bad_and_repeats_are_not() {
    let desk = desk(1);
    let text = "机构,岗位,职责\n甲办,文书岗,收文\n甲办,文书岗,收文\n甲办,文书岗,发文\n";
    let plan = takes(&desk, "post", text);
    assert_eq!(counts(&plan), "nsb");
    assert_eq!(
        reasons(&plan),
        [(4, Some(2), "岗位职责与第 2 行不一致，而两行是同一条记录。请只留一行。")]
    );
}

#[test]
fn x5_rows_that_contradict_each_other_do_not_take_turns_import_after_import() {
    let desk = desk(1);
    let text = "姓名,手机\n王小满,1001\n王小满,1002\n";
    assert_eq!(counts(&takes(&desk, "person", text)), "nb");
    for _ in 0..2 {
        let plan = takes(&desk, "person", text);
        assert_eq!(counts(&plan), "sb");
        assert_eq!(
            reasons(&plan),
            [(3, Some(1), "手机与第 2 行不一致，而两行是同一条记录。请只留一行。")]
        );
    }
}

#[test]
fn x6_a_record_number_finds_a_renamed_record_and_is_never_used_twice() {
    let desk = desk(1);
    takes(&desk, "post", "记录号,机构,岗位\np-1,甲办,文书岗\n");
    let text = "记录号,机构,岗位\np-1,甲办,秘书岗\np-2,甲办,信息岗\np-2,甲办,档案岗\n,甲办,综合岗\n岗,甲办,其他岗\n";
    let plan = takes(&desk, "post", text);
    assert_eq!(counts(&plan), "cnbnb");
    assert_eq!(reasons(&plan)[0].0, 4);
    assert_eq!(desk.read(|fold| fold.township().all::<Post>().len()), 3);
}

#[test]
fn x9_rows_of_one_table_may_name_each_other_in_any_order() {
    let desk = desk(1);
    let text = "网格名称,层级,上级网格,所属村（社区）\n一格一组,子网格,一格,东村\n一格,网格,,东村\n一格,网格,,西村\n一格一组,子网格,一格,西村\n";
    assert_eq!(counts(&takes(&desk, "grid_cell", text)), "nnnn");
    assert_eq!(counts(&takes(&desk, "grid_cell", text)), "ssss");
    let cells = desk.read(|fold| fold.township().all::<GridCell>());
    for cell in cells.iter().filter(|cell| cell.parent.is_some()) {
        let parent =
            cells.iter().find(|other| Some(&other.id) == cell.parent.as_ref().map(|at| &at.id));
        assert_eq!(parent.expect("parent").village, cell.village);
    }
}

#[test]
fn x3_a_record_that_is_its_own_parent_or_hangs_on_a_bad_row_is_bad() {
    let desk = desk(1);
    let text = "网格名称,层级,上级网格\n甲,网格,甲\n乙,子网格,甲\n丙,子网格,没有\n丁,微网格,丙\n戊,网格,\n";
    let plan = takes(&desk, "grid_cell", text);
    assert_eq!(counts(&plan), "bbbbn");
    assert_eq!(reasons(&plan)[0], (2, Some(2), "上级网格不能是自己。"));
    assert_eq!(reasons(&plan)[2], (4, Some(2), "没有找到叫“没有”的网格。"));
    assert_eq!(desk.read(|fold| fold.township().all::<GridCell>().len()), 1);
}

#[test]
fn x6_a_post_that_has_ended_is_not_meant() {
    let desk = desk(1);
    takes(&desk, "post", "机构,岗位,结束日期\n甲办,文书岗,2026-01-01\n");
    let today = Date::from_ymd_opt(2026, 3, 1);
    let options = Options { today, ..Options::default() };
    assert_eq!(counts(&plan_text(&desk, "post", "机构,岗位\n甲办,文书岗\n", options)), "n");
    assert_eq!(
        counts(&plan_text(&desk, "post", "机构,岗位\n甲办,文书岗\n", Options::default())),
        "s"
    );
}

#[test]
fn x11_a_blank_cell_leaves_alone_unless_it_shall_clear() {
    let desk = desk(1);
    takes(&desk, "post", "机构,岗位,电话\n甲办,文书岗,1000\n");
    let blank = "机构,岗位,电话\n甲办,文书岗,\n";
    assert_eq!(counts(&plan_text(&desk, "post", blank, Options::default())), "s");
    let options = Options { blank_clears: true, ..Options::default() };
    let plan = plan_text(&desk, "post", blank, options);
    commit(&desk, &plan);
    assert!(desk.read(|fold| fold.township().all::<Post>()[0].phone.is_empty()));
}

#[test]
fn a_script_in_every_cell_is_only_text() {
    let desk = desk(1);
    let script = "<script>alert(1)</script>";
    let plan = takes(&desk, "post", &format!("机构,岗位,职责\n{script},{script},{script}\n"));
    assert_eq!(counts(&plan), "n");
    let posts = desk.read(|fold| fold.township().all::<Post>());
    assert_eq!((&*posts[0].title, &*posts[0].duties), (script, script));
}

#[test]
fn x10_slices_of_any_size_make_the_same_plan_and_their_progress_only_grows() {
    let desk = desk(1);
    commit(&desk, &plan_file(&desk, "duties.csv"));
    let options = Options { link_duties: true, ..Options::default() };
    let text = decode(&read_source("posts.csv")).expect("text").text;
    let mut plans: Vec<Plan> = Vec::new();
    for budget in [1, 7, 100_000] {
        let mut reader = Reader::new(text.clone()).expect("table");
        while !reader.step(budget).expect("rows").finished() {}
        let table = reader.finish().expect("table");
        let kind = guess_kind(&table.headers, "posts.csv").expect("kind");
        let mapping = Mapping::guess(&table.headers, kind, "posts.csv");
        let mut next = 0;
        let mut ids = || {
            next += 1;
            RecordId::from_random(next)
        };
        desk.read(|fold| {
            let mut planner = Planner::new(fold.township(), table, mapping, options);
            let mut last = 0;
            loop {
                let progress = planner.step(fold.township(), &mut ids, budget);
                assert!(progress.done >= last && progress.done <= progress.total);
                last = progress.done;
                if progress.finished() {
                    break;
                }
            }
            plans.push(planner.finish());
        });
    }
    assert_eq!(plans[0], plans[1]);
    assert_eq!(plans[0], plans[2]);
    assert!(matches!(plans[0].rows[0].outcome, Outcome::New { .. }));
}
