//! One wasm as three: what a township opens with, what residents use besides (`HALL`), and the rooms of
//! the staff, the rest of `LATER`. A file for residents has the first two and nothing of the third.
//!
//! The parts after the first hold no data of their own: they take memory, table, globals and functions of
//! those before and fill the places left empty in the table. What is begun with is everything that
//! direct calls reach from the exports and from those functions in the table whose home is not in
//! `LATER`; so nothing a part calls by name is ever missing. What it calls by address is the
//! page's affair: `ui::later` shows such a page only once the other parts are in.

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
    "answer::hall",
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
    "model::kinds::allowance",
    "model::kinds::ask_day",
    "model::kinds::case",
    "model::kinds::hall_spot",
    "model::kinds::publication",
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
    "publishing",
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
    "ui::components::hall",
    "ui::components::last_print",
    "ui::components::lives",
    "ui::components::looking_back",
    "ui::components::matrix",
    "ui::components::move_dialog",
    "ui::components::outline",
    "ui::components::palette",
    "ui::components::passphrase::dialog",
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
    "ui::pages::hall",
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
    "ui::pages::published",
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
    "view::published",
    "view::show",
    "view::statistics",
    "view::ties",
    "view::work",
    "ui::session::SessionParts>>::export_file",
    "ui::session::SessionParts>>::look_at",
    "ui::session::SessionParts>>::open_bundle",
    "ui::session::newer::look_at_stored",
    "ui::session::published",
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

/// What of `LATER` residents use too. Nothing in it may know of the rest: what residents are given cannot
/// change, take in or send anything.
const HALL: &[&str] = &[
    "answer::code",
    "answer::hall",
    "answer::slip",
    "fast_qr",
    "model::kinds::hall_spot",
    "publishing::edition",
    "publishing::opening",
    "ui::components::hall",
    "ui::components::lives",
    "ui::components::points",
    "ui::components::slip",
    "ui::pages::kiosk",
    "ui::pages::published",
    "ui::session::published",
    "web::awake",
    "web::full_screen",
    "web::speech::say",
];

/// The module is hurt, or has something in it that this cut does not know.
type Fault = Error<String>;

/// The same program in three modules.
pub struct Parts {
    pub first: Vec<u8>,
    pub hall: Vec<u8>,
    pub later: Vec<u8>,
}

/// Cuts a module by the names of its functions, which no part keeps.
pub fn split(wasm: &[u8]) -> Result<Parts, String> {
    let fault = |e: &dyn std::fmt::Display| format!("parting the wasm: {e}.");
    let program = Program::read(wasm).map_err(|e| fault(&e))?;
    let cut = Cut::of(&program).map_err(|e| fault(&e))?;
    let misplaced = cut.misplaced(&program);
    if !misplaced.is_empty() {
        return Err(format!(
            "an earlier part knows of code that waits (`pack/split.rs`): {}.",
            misplaced.join(", ")
        ));
    }
    let first = write::first(wasm, &program, &cut).map_err(|e| fault(&e))?;
    let hall = write::after(wasm, &program, &cut, Part::Hall).map_err(|e| fault(&e))?;
    let later = write::after(wasm, &program, &cut, Part::Staff).map_err(|e| fault(&e))?;
    for part in [&first, &hall, &later] {
        wasmparser::validate(part).map_err(|e| fault(&e))?;
    }
    Ok(Parts { first, hall, later })
}

/// Bytes of code in a part by the room they are for, most first. A generic of a library counts for the room whose
/// type it was made for.
pub fn rooms(wasm: &[u8], part: Part) -> Result<Vec<(String, usize)>, String> {
    let fault = |e: &dyn std::fmt::Display| format!("weighing the wasm: {e}.");
    let program = Program::read(wasm).map_err(|e| fault(&e))?;
    let cut = Cut::of(&program).map_err(|e| fault(&e))?;
    let mut rooms: BTreeMap<String, usize> = BTreeMap::new();
    for (at, body) in program.bodies.iter().enumerate() {
        let function = program.imported + at as u32;
        if cut.is_in(function, part) {
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

    /// The first part that may have it, going by its name.
    fn home(&self, function: u32) -> Part {
        self.names.get(&function).map_or(Part::First, |name| home(name))
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

/// Where a name as `core::…::drop_in_place::<gangtu[8f0c]::ui::pages::import::Job>` belongs: with the last of
/// the modules it knows. The compiler makes such a function only for code that knows them all.
fn home(name: &str) -> Part {
    let part = |module: &str| match module {
        _ if !is_in(module, LATER) || is_in(module, FIRST) => Part::First,
        _ if is_in(module, HALL) => Part::Hall,
        _ => Part::Staff,
    };
    modules(name).map(part).max().unwrap_or(Part::First)
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

/// A part of the program, in the order they come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    First,
    Hall,
    Staff,
}

/// Which functions are in which part.
struct Cut {
    /// By function.
    parts: Vec<Part>,
    /// Functions of the parts before which the hall calls, and which the staff's part does.
    lent: [Vec<u32>; 2],
    /// By function: which led there first; itself where its part was begun with it.
    led: Vec<u32>,
}

impl Cut {
    fn of(program: &Program<'_>) -> Result<Self, Fault> {
        let count = program.types.len() as u32;
        let mut cut = Self {
            parts: vec![Part::Staff; count as usize],
            lent: [Vec::new(), Vec::new()],
            led: (0..count).collect(),
        };
        let mut begun = program.asked_for.clone();
        begun.extend(0..program.imported);
        cut.fill(Part::First, begun, program)?;
        cut.fill(Part::Hall, Vec::new(), program)?;
        for part in [Part::Hall, Part::Staff] {
            let lent = cut.calls_out_of(part, program)?;
            cut.lent[part as usize - 1] = lent;
        }
        Ok(cut)
    }

    /// Puts into a part what it begins with, what the table has of it, and what they call.
    fn fill(&mut self, part: Part, begun: Vec<u32>, program: &Program<'_>) -> Result<(), Fault> {
        let mut open = begun;
        open.extend(program.slots.values().filter(|function| program.home(**function) <= part));
        while let Some(function) = open.pop() {
            if self.parts[function as usize] <= part {
                continue;
            }
            self.parts[function as usize] = part;
            for next in program.called(function)? {
                if self.parts[next as usize] > part {
                    self.led[next as usize] = function;
                    open.push(next);
                }
            }
        }
        Ok(())
    }

    /// Functions of the parts before that a part calls.
    fn calls_out_of(&self, part: Part, program: &Program<'_>) -> Result<Vec<u32>, Fault> {
        let mut lent = Vec::new();
        for function in self.members(part) {
            let called = program.called(function)?.into_iter();
            lent.extend(called.filter(|at| self.parts[*at as usize] < part));
        }
        lent.sort_unstable();
        lent.dedup();
        Ok(lent)
    }

    fn is_in(&self, function: u32, part: Part) -> bool {
        self.parts[function as usize] == part
    }

    fn members(&self, part: Part) -> impl Iterator<Item = u32> {
        (0..self.parts.len() as u32).filter(move |function| self.is_in(*function, part))
    }

    /// What a part takes from those before it.
    fn taken_by(&self, part: Part) -> &[u32] {
        match part {
            Part::First => &[],
            Part::Hall => &self.lent[0],
            Part::Staff => &self.lent[1],
        }
    }

    /// What a part gives to those after it.
    fn given_by(&self, part: Part) -> Vec<u32> {
        let taken = self.lent.iter().flatten().copied();
        let mut given: Vec<u32> = taken.filter(|function| self.is_in(*function, part)).collect();
        given.sort_unstable();
        given.dedup();
        given
    }

    /// Functions by name that ought to wait and do not: a part would have to call into a later one
    /// before it is there. A few are enough to find the place, each with who led there.
    fn misplaced(&self, program: &Program<'_>) -> Vec<String> {
        let all = 0..program.types.len() as u32;
        let misplaced =
            all.filter(|function| self.parts[*function as usize] < program.home(*function));
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
