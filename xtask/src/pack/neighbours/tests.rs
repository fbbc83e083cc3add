//! The order on an invented module: alike functions meet, and every number still leads to its own.

use super::*;
use std::collections::BTreeMap;
use wasm_encoder::{
    ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    ImportSection, TableSection, TableType, TypeSection,
};
use wasmparser::{ElementItems, Operator};

/// Functions by export name: their constants, and how many times they call the import and `a0`.
type Told = BTreeMap<String, (Vec<i64>, u32, u32)>;

/// `a0 b0 a1 b1 …`: twelve `a` that load constants in one way, twelve `b` in another. All call
/// the import; each `b` calls `a0`. The table holds `a0`.
fn module() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let mut imports = ImportSection::new();
    imports.import("page", "tell", EntityType::Function(0));
    let mut functions = FunctionSection::new();
    let mut exports = ExportSection::new();
    let mut code = CodeSection::new();
    for at in 0..24u32 {
        functions.function(0);
        let kind = if at % 2 == 0 { "a" } else { "b" };
        exports.export(&format!("{kind}{}", at / 2), ExportKind::Func, at + 1);
        let mut body = Function::new([]);
        let mut put = body.instructions();
        for step in 0..300i64 {
            let value = if at % 2 == 0 { step * 977 } else { -step * 1009 };
            put.i64_const(if step == 0 { i64::from(at) } else { value }).drop();
        }
        put.call(0);
        if at % 2 == 1 {
            put.call(1);
        }
        put.end();
        code.function(&body);
    }
    let mut tables = TableSection::new();
    let element_type = wasm_encoder::RefType::FUNCREF;
    tables.table(TableType {
        element_type,
        minimum: 1,
        maximum: None,
        table64: false,
        shared: false,
    });
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(0), Elements::Functions(vec![1].into()));
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&tables);
    module.section(&exports).section(&elements).section(&code);
    module.finish()
}

/// What a module says of itself: by name, by what the table holds, and in which order.
fn read(wasm: &[u8]) -> (Told, String, Vec<String>) {
    let mut names = BTreeMap::new();
    let mut bodies = Vec::new();
    let mut table = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.unwrap() {
            Payload::ExportSection(section) => {
                names.extend(section.into_iter().map(|export| {
                    let export = export.unwrap();
                    (export.index, export.name.to_string())
                }));
            }
            Payload::ElementSection(section) => {
                let first = section.into_iter().next().unwrap().unwrap();
                let ElementItems::Functions(list) = first.items else { panic!("functions") };
                table = list.into_iter().next().unwrap().unwrap();
            }
            Payload::CodeSectionEntry(body) => {
                let operators = body.get_operators_reader().unwrap();
                bodies.push(operators.into_iter().map(Result::unwrap).collect::<Vec<_>>());
            }
            _ => {}
        }
    }
    let told = bodies.iter().zip(1u32..).map(|(body, number)| {
        let constants = body.iter().filter_map(|op| match op {
            Operator::I64Const { value } => Some(*value),
            _ => None,
        });
        let calls = |to: &dyn Fn(u32) -> bool| {
            let called = |op: &&Operator<'_>| matches!(op, Operator::Call { function_index } if to(*function_index));
            body.iter().filter(called).count() as u32
        };
        let first = |number: u32| names.get(&number).is_some_and(|name| name == "a0");
        (names[&number].clone(), (constants.collect(), calls(&|n| n == 0), calls(&first)))
    });
    (told.collect(), names[&table].clone(), (1..=24).map(|number| names[&number].clone()).collect())
}

#[test]
fn every_name_leads_to_the_code_it_led_to() {
    let before = module();
    let after = arranged(&before).unwrap();
    let ((told, table, _), (told_after, table_after, _)) = (read(&before), read(&after));
    assert_eq!(told_after, told);
    assert_eq!((table.as_str(), table_after.as_str()), ("a0", "a0"));
    assert_eq!(after.len(), before.len());
}

#[test]
fn functions_alike_stand_side_by_side() {
    let (_, _, order) = read(&arranged(&module()).unwrap());
    let changes = order.windows(2).filter(|pair| pair[0].as_bytes()[0] != pair[1].as_bytes()[0]);
    assert_eq!(changes.count(), 1, "{order:?}");
}

#[test]
fn what_is_no_wasm_is_said() {
    assert!(arranged(b"no wasm").err().unwrap().starts_with("putting the wasm's functions"));
}
