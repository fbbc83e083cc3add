//! Parting an invented module: who stays, who waits, and that every part is sound.

use super::*;
use std::collections::BTreeSet;
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    Function, FunctionSection, ImportSection, MemorySection, Module, NameMap, NameSection, RefType,
    TableSection, TypeSection,
};

/// Name and callees of the functions 1, 2, …; 0 is imported. Those marked lie in the table.
type Told<'a> = &'a [(&'a str, &'a [u32], bool)];

fn module(told: Told<'_>) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let mut imports = ImportSection::new();
    imports.import("page", "tell", EntityType::Function(0));
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    let (mut names, mut in_table) = (NameMap::new(), Vec::new());
    for ((name, callees, lies), at) in told.iter().zip(1..) {
        functions.function(0);
        let mut body = Function::new([]);
        callees.iter().for_each(|callee| {
            body.instructions().call(*callee);
        });
        body.instructions().end();
        code.function(&body);
        names.append(at, name);
        in_table.extend(lies.then_some(at));
    }
    let mut tables = TableSection::new();
    tables.table(wasm_encoder::TableType {
        element_type: RefType::FUNCREF,
        minimum: 9,
        maximum: None,
        table64: false,
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(wasm_encoder::MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("main", ExportKind::Func, 1);
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(1), Elements::Functions(in_table.into()));
    let mut named = NameSection::new();
    named.functions(&names);
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&tables);
    module.section(&memories).section(&exports).section(&elements).section(&code).section(&named);
    module.finish()
}

/// How many functions of its own a module has, and the places of the table it fills.
fn read(wasm: &[u8]) -> (usize, BTreeSet<u32>) {
    let mut own = 0;
    let mut places = BTreeSet::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.unwrap() {
            Payload::CodeSectionEntry(_) => own += 1,
            Payload::CustomSection(section) => panic!("{} is kept", section.name()),
            Payload::ElementSection(section) => {
                let mut program = Program::default();
                section.into_iter().for_each(|one| program.fill_table(&one.unwrap()).unwrap());
                places.extend(program.slots.keys());
            }
            _ => {}
        }
    }
    (own, places)
}

const START: &str = "gangtu[8f0c]::ui::app::start";
const PAGE: &str = "gangtu[8f0c]::ui::pages::import::page";

#[test]
fn a_page_waits_with_all_that_only_it_calls() {
    let wasm = module(&[
        (START, &[2], false),
        ("alloc::shared", &[0], false),
        (PAGE, &[2, 4], true),
        ("alloc::own", &[0], false),
        ("gangtu[8f0c]::ui::later::later", &[], true),
    ]);
    let Parts { first, hall, later } = split(&wasm).unwrap();
    assert_eq!(read(&hall), (0, BTreeSet::new()));
    assert_eq!(read(&first), (3, BTreeSet::from([2])));
    assert_eq!(read(&later), (2, BTreeSet::from([1])));
}

#[test]
fn what_is_made_for_a_page_waits_and_its_namesakes_stay() {
    let glue = "core[1]::ptr::drop_in_place::<gangtu[8f0c]::ui::pages::import::job::Job>";
    let other = "gangtu[8f0c]::ui::pages::importance::page";
    let kept = "gangtu[8f0c]::ui::components::form::unsaved::Unsaved";
    let search = "gangtu_search[9]::exchange::index";
    let wasm = module(&[
        (START, &[], false),
        (PAGE, &[], true),
        (glue, &[], true),
        (other, &[], true),
        (kept, &[], true),
        (search, &[], true),
    ]);
    let Parts { first, hall, later } = split(&wasm).unwrap();
    assert_eq!(read(&hall), (0, BTreeSet::new()));
    assert_eq!(read(&first), (4, BTreeSet::from([3, 4, 5])));
    assert_eq!(read(&later), (2, BTreeSet::from([1, 2])));
}

#[test]
fn a_page_called_by_name_from_the_start_is_told() {
    let wasm = module(&[(START, &[2], false), (PAGE, &[], false)]);
    let told = split(&wasm).err().unwrap();
    assert!(told.contains(PAGE) && told.contains("pack/split.rs"), "{told}");
}

const SLIP: &str = "gangtu[8f0c]::answer::slip::slip";

#[test]
fn residents_have_theirs_without_the_staffs() {
    let wasm = module(&[
        (START, &[2], false),
        ("alloc::shared", &[0], false),
        (PAGE, &[2, 4, 5], true),
        ("alloc::own", &[0], false),
        ("alloc::both", &[2], false),
        (SLIP, &[2, 5], true),
    ]);
    let Parts { first, hall, later } = split(&wasm).unwrap();
    assert_eq!(read(&first), (2, BTreeSet::new()));
    assert_eq!(read(&hall), (2, BTreeSet::from([2])));
    assert_eq!(read(&later), (2, BTreeSet::from([1])));
}

#[test]
fn what_residents_have_may_not_know_of_the_staffs() {
    let wasm = module(&[(START, &[], false), (SLIP, &[3], true), (PAGE, &[], false)]);
    let told = split(&wasm).err().unwrap();
    assert!(told.contains(PAGE) && told.contains(SLIP), "{told}");
}
