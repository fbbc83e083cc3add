//! One wasm as two: what a township opens with, and what waits for the pages of `LATER`.
//!
//! The second holds no data of its own: it takes memory, table, globals and functions of the first
//! and fills the places the first left empty in the table. What is begun with is everything that
//! direct calls reach from the exports and from those functions in the table whose home is not in
//! `LATER`; so nothing the first calls by name is ever missing. What it calls by address is the
//! page's affair: `ui::later` shows such a page only once the second part is in.

use std::collections::BTreeMap;
use wasm_encoder::reencode::Error;
use wasmparser::{
    ElementItems, ElementKind, ExternalKind, FunctionBody, GlobalType, KnownCustom, MemoryType,
    Name, Operator, Parser, Payload, TableType, TypeRef,
};

/// Modules whose code waits: the rooms of the staff. Each is entered by a page given to `ui::later`. Methods
/// of a handle go by what it is a handle of, as the compiler calls them.
const LATER: &[&str] = &[
    "answer::code",
    "answer::slip",
    "borders::codes",
    "borders::drawing",
    "borders::editing",
    "borders::matching",
    "borders::plan",
    "borders::points",
    "borders::sending",
    "borders::sharing",
    "borders::underlay",
    "bundle",
    "exchange",
    "fast_qr",
    "geo::datum",
    "geo::geojson",
    "geo::local",
    "geo::overlay",
    "geo::pinning",
    "geo::voronoi",
    "geo::writing",
    "i_overlay",
    "i_float",
    "i_shape",
    "journal::arrivals",
    "journal::compare",
    "journal::intake",
    "journal::life",
    "journal::log",
    "journal::restore",
    "journal::trial::kept",
    "model::kinds::ask_day",
    "model::kinds::case",
    "model::kinds::review",
    "model::kinds::village_score",
    "moving::comparing",
    "moving::ways",
    "picture::board",
    "picture::chart",
    "picture::plot",
    "picture::press",
    "picture::tree",
    "picture::vertical",
    "rules::portrait",
    "rules::review",
    "ui::commands::list",
    "ui::commands::run_named",
    "ui::components::author",
    "ui::components::chart_more",
    "ui::components::check",
    "ui::components::compared_chart",
    "ui::components::drop_zone",
    "ui::components::end_dialog",
    "ui::components::field",
    "ui::components::file_home",
    "ui::components::form",
    "ui::components::going_back",
    "ui::components::last_print",
    "ui::components::lives",
    "ui::components::looking_back",
    "ui::components::matrix",
    "ui::components::move_dialog",
    "ui::components::outline",
    "ui::components::palette",
    "ui::components::picture::export",
    "ui::components::picture::ViewerParts>>::export_image",
    "ui::components::picture::overview",
    "ui::components::points",
    "ui::components::since",
    "ui::components::slip",
    "ui::components::statistic",
    "ui::components::table",
    "ui::door::calls",
    "ui::door::pictures",
    "ui::keeping::KeepingParts>>::check",
    "ui::keeping::KeepingParts>>::choose",
    "ui::keeping::KeepingParts>>::merge_first",
    "ui::keeping::KeepingParts>>::press",
    "ui::keeping::check",
    "ui::keeping::choose",
    "ui::keeping::writing",
    "ui::lock::__component_choices",
    "ui::lock::__component_lock_setting",
    "ui::lock::change",
    "ui::lock::Choices",
    "ui::lock::found",
    "ui::lock::Kept",
    "ui::lock::LockSetting",
    "ui::lock::remove",
    "ui::lock::set",
    "ui::lock::with_kept",
    "ui::session::SessionParts>>::resume_trial",
    "ui::session::trial::read_kept",
    "ui::session::trial::write_kept",
    "ui::pages::asked",
    "ui::pages::board",
    "ui::pages::chart",
    "ui::pages::borders",
    "ui::pages::drawing",
    "ui::pages::data",
    "ui::pages::erase",
    "ui::pages::extract",
    "ui::pages::findings",
    "ui::pages::health",
    "ui::pages::home::charts",
    "ui::pages::import",
    "ui::pages::keys",
    "ui::pages::kiosk",
    "ui::pages::list",
    "ui::pages::log",
    "ui::pages::merge",
    "ui::pages::newer",
    "ui::pages::past",
    "ui::pages::record",
    "ui::pages::sealed",
    "ui::pages::settings",
    "ui::pages::show",
    "ui::pages::start",
    "ui::pages::statistics",
    "ui::pages::trial",
    "ui::turn",
    "view::board",
    "view::board_wishes",
    "view::chain",
    "view::chart",
    "view::map::planned",
    "view::map_figures",
    "view::more",
    "view::printed",
    "view::show",
    "view::statistics",
    "view::ties",
    "view::work",
    "ui::session::SessionParts>>::export_file",
    "ui::session::SessionParts>>::look_at",
    "ui::session::SessionParts>>::open_bundle",
    "ui::session::newer::look_at_stored",
    "ui::session::sending::export_whole",
    "ui::session::taking",
    "web::awake",
    "web::full_screen",
    "web::photo",
    "web::slices",
    "web::speech::say",
    "web::store::Store>>::append_intake",
    "journal::memory::Memory>>::append_intake",
];

/// What of them is there from the start all the same.
const FIRST: &[&str] = &[
    "journal::intake::Refused",
    "picture::chart::Form",
    "picture::chart::ties::TieKind",
    "ui::components::form::unsaved",
    "ui::components::table::memory",
    "view::chart::CardMore",
];

/// The module is hurt, or has something in it that this cut does not know.
type Fault = Error<String>;

/// The same program in two modules.
pub struct Halves {
    pub first: Vec<u8>,
    pub later: Vec<u8>,
}

/// Cuts a module by the names of its functions, which neither half keeps.
pub fn split(wasm: &[u8]) -> Result<Halves, String> {
    let fault = |e: &dyn std::fmt::Display| format!("parting the wasm: {e}.");
    let program = Program::read(wasm).map_err(|e| fault(&e))?;
    let cut = Cut::of(&program).map_err(|e| fault(&e))?;
    let misplaced = cut.misplaced(&program);
    if !misplaced.is_empty() {
        return Err(format!(
            "what a township opens with knows of code that waits (`pack/split.rs`): {}.",
            misplaced.join(", ")
        ));
    }
    let first = write::first(wasm, &program, &cut).map_err(|e| fault(&e))?;
    let later = write::later(wasm, &program, &cut).map_err(|e| fault(&e))?;
    for half in [&first, &later] {
        wasmparser::validate(half).map_err(|e| fault(&e))?;
    }
    Ok(Halves { first, later })
}

/// Bytes of code in the first half by the room they are for, most first. A generic of a library counts for the
/// room whose type it was made for.
pub fn rooms(wasm: &[u8]) -> Result<Vec<(String, usize)>, String> {
    let fault = |e: &dyn std::fmt::Display| format!("weighing the wasm: {e}.");
    let program = Program::read(wasm).map_err(|e| fault(&e))?;
    let cut = Cut::of(&program).map_err(|e| fault(&e))?;
    let mut rooms: BTreeMap<String, usize> = BTreeMap::new();
    for (at, body) in program.bodies.iter().enumerate() {
        let function = program.imported + at as u32;
        if !cut.waits(function) {
            let name = program.names.get(&function).copied().unwrap_or_default();
            *rooms.entry(room(name)).or_default() +=
                (body.range().end - body.range().start) as usize;
        }
    }
    let mut rooms: Vec<(String, usize)> = rooms.into_iter().collect();
    rooms.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    Ok(rooms)
}

/// The first three steps to a module of ours, or the library.
fn room(name: &str) -> String {
    let letters = |at: char| !is_letter(at) && at != ':';
    let first = |path: &str, steps: usize| {
        let path = path.split(letters).next().unwrap_or_default();
        path.split("::").take(steps).collect::<Vec<_>>().join("::")
    };
    match modules(name).next() {
        Some(module) => first(module, 3),
        None => name
            .split(['[', ':', '<', ' '])
            .find(|part| !part.is_empty())
            .unwrap_or("?")
            .to_string(),
    }
}

/// What has to be known of a module before it is cut.
#[derive(Default)]
struct Program<'a> {
    imported: u32,
    /// Type of every function, the imported first.
    types: Vec<u32>,
    tables: Vec<TableType>,
    memories: Vec<MemoryType>,
    globals: Vec<GlobalType>,
    /// Functions exported or started.
    asked_for: Vec<u32>,
    /// What lies in the table: place and function.
    slots: BTreeMap<u32, u32>,
    bodies: Vec<FunctionBody<'a>>,
    names: BTreeMap<u32, &'a str>,
}

impl<'a> Program<'a> {
    fn read(wasm: &'a [u8]) -> Result<Self, Fault> {
        let mut program = Program::default();
        for payload in Parser::new(0).parse_all(wasm) {
            program.take(payload?)?;
        }
        Ok(program)
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<(), Fault> {
        match payload {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let TypeRef::Func(kind) = import.ty else {
                        return Err(odd("something other than a function is imported"));
                    };
                    self.types.push(kind);
                    self.imported += 1;
                }
            }
            Payload::FunctionSection(section) => {
                for kind in section {
                    self.types.push(kind?);
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    self.memories.push(memory?);
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    self.globals.push(global?.ty);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        self.asked_for.push(export.index);
                    }
                }
            }
            Payload::StartSection { func, .. } => self.asked_for.push(func),
            Payload::ElementSection(section) => {
                for element in section {
                    self.fill_table(&element?)?;
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    self.hear_names(names)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn fill_table(&mut self, element: &wasmparser::Element<'a>) -> Result<(), Fault> {
        let ElementKind::Active { offset_expr, .. } = &element.kind else {
            return Err(odd("a piece of the table is not there from the start"));
        };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
            return Err(odd("a piece of the table has no fixed place"));
        };
        let ElementItems::Functions(functions) = &element.items else {
            return Err(odd("the table holds expressions"));
        };
        for (function, place) in functions.clone().into_iter().zip(value as u32..) {
            self.slots.insert(place, function?);
        }
        Ok(())
    }

    fn hear_names(&mut self, names: wasmparser::NameSectionReader<'a>) -> Result<(), Fault> {
        for name in names {
            let Name::Function(names) = name? else { continue };
            for naming in names {
                let naming = naming?;
                self.names.insert(naming.index, naming.name);
            }
        }
        Ok(())
    }

    fn is_later(&self, function: u32) -> bool {
        self.names.get(&function).is_some_and(|name| waits(name))
    }

    /// Functions a body calls by number.
    fn called(&self, function: u32) -> Result<Vec<u32>, Fault> {
        let Some(own) = function.checked_sub(self.imported) else { return Ok(Vec::new()) };
        let mut called = Vec::new();
        for operator in self.bodies[own as usize].get_operators_reader()? {
            match operator? {
                Operator::Call { function_index } | Operator::RefFunc { function_index } => {
                    called.push(function_index);
                }
                _ => {}
            }
        }
        Ok(called)
    }
}

fn odd(what: &str) -> Fault {
    Error::UserError(what.to_string())
}

/// Whether a name as `core::…::drop_in_place::<gangtu[8f0c]::ui::pages::import::Job>` has to do with a
/// module that waits. The compiler makes such a function only for code that knows the module.
fn waits(name: &str) -> bool {
    modules(name).any(|module| is_in(module, LATER) && !is_in(module, FIRST))
}

fn is_in(module: &str, list: &[&str]) -> bool {
    list.iter().any(|listed| {
        module.strip_prefix(listed).is_some_and(|inside| !inside.starts_with(is_letter))
    })
}

/// What stands behind each `gangtu::`, `gangtu_core::` or `gangtu_shapes::` of a name; the compiler puts a hash in between.
fn modules(name: &str) -> impl Iterator<Item = &str> {
    name.split("gangtu").skip(1).filter_map(|rest| {
        let rest =
            rest.strip_prefix("_core").or_else(|| rest.strip_prefix("_shapes")).unwrap_or(rest);
        let behind = match rest.strip_prefix('[') {
            Some(hash) => hash.split_once(']')?.1,
            None => rest,
        };
        behind.strip_prefix("::")
    })
}

fn is_letter(at: char) -> bool {
    at.is_alphanumeric() || at == '_'
}

/// Which functions are in which half.
struct Cut {
    /// By function: whether it waits.
    later: Vec<bool>,
    /// Functions of the first half which the second calls.
    lent: Vec<u32>,
    /// By function of the first half: which of it led there first; itself where it was begun with.
    led: Vec<u32>,
}

impl Cut {
    fn of(program: &Program<'_>) -> Result<Self, Fault> {
        let mut later = vec![true; program.types.len()];
        let mut open = program.asked_for.clone();
        open.extend(0..program.imported);
        open.extend(program.slots.values().filter(|function| !program.is_later(**function)));
        let mut led: Vec<u32> = (0..program.types.len() as u32).collect();
        while let Some(function) = open.pop() {
            if std::mem::replace(&mut later[function as usize], false) {
                let called = program.called(function)?.into_iter();
                for next in called.filter(|next| later[*next as usize]) {
                    led[next as usize] = function;
                    open.push(next);
                }
            }
        }
        let mut lent = Vec::new();
        for function in (0..program.types.len() as u32).filter(|at| later[*at as usize]) {
            lent.extend(program.called(function)?.into_iter().filter(|at| !later[*at as usize]));
        }
        lent.sort_unstable();
        lent.dedup();
        Ok(Self { later, lent, led })
    }

    fn waits(&self, function: u32) -> bool {
        self.later[function as usize]
    }

    /// Functions by name that ought to wait and do not: the first half would have to call into the
    /// second before it is there. A few are enough to find the place, each with who led there.
    fn misplaced(&self, program: &Program<'_>) -> Vec<String> {
        let all = 0..program.types.len() as u32;
        let misplaced =
            all.filter(|function| !self.waits(*function) && program.is_later(*function));
        misplaced.take(8).map(|function| self.way_to(function, program)).collect()
    }

    /// `called` from `caller` from …, as far as the function that was begun with.
    fn way_to(&self, function: u32, program: &Program<'_>) -> String {
        let mut way = vec![function];
        while let Some(led) = way.last().map(|last| self.led[*last as usize])
            && Some(&led) != way.last()
            && way.len() < 12
        {
            way.push(led);
        }
        let names: Vec<String> =
            way.iter().map(|at| format!("`{}`", program.names.get(at).unwrap_or(&"?"))).collect();
        names.join(" from ")
    }
}

#[cfg(test)]
mod tests;
mod write;
