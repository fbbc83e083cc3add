//! What is found in text, and what is left alone.

use super::*;

fn found(text: &str) -> Vec<Found> {
    find_in(text, &Watch::for_names(["张三丰".to_string(), "李四".to_string()]))
}

fn one(sign: Sign, text: &str) -> Vec<Found> {
    vec![(sign, text.to_string())]
}

#[test]
fn f3_a_mobile_number_is_found_however_it_is_written() {
    for written in [
        "13800001111",
        "请打13800001111找老王",
        "138 0000 1111",
        "138-0000-1111",
        "138－0000－1111",
        "１３８００００１１１１",
        "+86 138 0000 1111",
        "8613800001111",
        "0086-138-0000-1111",
        "013800001111",
        "微信wx13800001111",
        "138.0000.1111",
        "电话 0571-88881234 13800001111",
    ] {
        assert_eq!(found(written), one(Sign::Mobile, "13800001111"), "{written}");
    }
}

#[test]
fn f3_an_identity_number_is_found_with_either_end_and_of_either_length() {
    assert_eq!(found("证号33010219670203001X"), one(Sign::Identity, "33010219670203001X"));
    assert_eq!(found("33010219670203001x。"), one(Sign::Identity, "33010219670203001X"));
    assert_eq!(found("330102 19670203 0014"), one(Sign::Identity, "330102196702030014"));
    assert_eq!(found("330102670203001"), one(Sign::Identity, "330102670203001"));
}

#[test]
fn f3_a_bank_card_is_found_by_its_check_figure() {
    assert_eq!(found("6222 0200 0000 0000 007"), []);
    assert_eq!(found("卡号 4111 1111 1111 1111"), one(Sign::BankCard, "4111111111111111"));
}

#[test]
fn f3_a_mail_address_is_found() {
    assert_eq!(found("发到 wang.wu@example.com。"), one(Sign::Mail, "wang.wu@example.com"));
    assert_eq!(found("ｗａｎｇ＠example.cn"), one(Sign::Mail, "wang@example.cn"));
    assert_eq!(found("@某人 看一下"), []);
}

#[test]
fn f3_a_name_is_found_inside_a_sentence_and_with_a_space_in_it() {
    assert_eq!(found("找张三丰办"), one(Sign::Name, "张三丰"));
    assert_eq!(found("李 四"), one(Sign::Name, "李四"));
    assert_eq!(found("李四、李四"), one(Sign::Name, "李四"), "each once");
    assert_eq!(found("张三"), []);
}

#[test]
fn f3_codes_days_and_office_telephones_are_left_alone() {
    for innocent in [
        "0571-88881234",
        "12345",
        "2026年11月24日",
        "2026-11-24",
        "330102001001",
        "330102001001001",
        "331082001002008",
        "11330110002511123W3330711004000",
        "1138000011112",
        "8:30-11:30，14:00-17:30",
        "10086",
        "1.5 亩 3 份",
    ] {
        assert_eq!(found(innocent), [], "{innocent}");
    }
}

#[test]
fn f3_several_side_by_side_are_all_found() {
    let all = found("13800001111 13900002222、13700003333；a@b.cn");
    let signs: Vec<Sign> = all.iter().map(|(sign, _)| *sign).collect();
    assert_eq!(signs, [Sign::Mobile, Sign::Mobile, Sign::Mobile, Sign::Mail]);
}

#[test]
fn f3_a_cells_code_is_no_bank_card_and_another_number_like_it_is() {
    let kind = schema().kind("grid_cell").expect("kind");
    let code = schema().kinds[kind].field("code").expect("field");
    let cells = vec![(code, Value::text("33010200100100101"))];
    let chosen =
        crate::publishing::selection::Chosen { kind, id: RecordId::parse("g").expect("id"), cells };
    let selection = Selection { rows: vec![chosen] };
    assert_eq!(found("33010200100100101"), one(Sign::BankCard, "33010200100100101"));
    let watch = Watch::default().knowing_codes(&selection);
    assert_eq!(find_in("33010200100100101", &watch), []);
    assert_eq!(find_hits(&selection, &watch), []);
}
