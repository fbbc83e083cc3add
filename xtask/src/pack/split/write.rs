//! The parts of a cut module, written. Decides nothing: what goes where is the cut's.

use super::{Cut, Fault, Part, Program};
use std::collections::BTreeMap;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    FunctionSection, ImportSection, Module, TypeSection,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, ElementSectionReader, ExportSectionReader,
    FunctionSectionReader, Parser, Payload,
};

/// The whole module without what waits, which lends all that the rest needs.
pub fn first(wasm: &[u8], program: &Program<'_>, cut: &Cut) -> Result<Vec<u8>, Fault> {
    let numbers = cut.members(Part::First).zip(0..).collect();
    let mut module = Module::new();
    Half { program, cut, part: Part::First, numbers }.parse_core_module(
        &mut module,
        Parser::new(0),
        wasm,
    )?;
    Ok(module.finish())
}

/// A part that waits, as a module that borrows all else from those before it.
pub fn after(wasm: &[u8], program: &Program<'_>, cut: &Cut, part: Part) -> Result<Vec<u8>, Fault> {
    let own: Vec<u32> = cut.members(part).collect();
    let numbers = cut.taken_by(part).iter().chain(&own).copied().zip(0..).collect();
    let mut half = Half { program, cut, part, numbers };
    let mut module = Module::new();
    module.section(&types(&mut half, wasm)?);
    module.section(&half.borrowed()?);
    let mut functions = FunctionSection::new();
    own.iter().for_each(|function| {
        functions.function(program.types[*function as usize]);
    });
    module.section(&functions);
    let mut exports = ExportSection::new();
    half.lend(&mut exports)?;
    module.section(&exports);
    module.section(&half.elements()?);
    let mut code = CodeSection::new();
    for function in &own {
        let body = program.bodies[(function - program.imported) as usize].clone();
        utils::parse_function_body(&mut half, &mut code, body)?;
    }
    module.section(&code);
    Ok(module.finish())
}

fn types(half: &mut Half<'_>, wasm: &[u8]) -> Result<TypeSection, Fault> {
    let mut types = TypeSection::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::TypeSection(section) = payload? {
            half.parse_type_section(&mut types, section)?;
        }
    }
    Ok(types)
}

/// By what name something is lent: no name of the glue's begins so.
fn lent_as(letter: char, number: impl std::fmt::LowerHex) -> String {
    format!("{letter}~{number:x}")
}

struct Half<'a> {
    program: &'a Program<'a>,
    cut: &'a Cut,
    part: Part,
    /// New numbers of the functions that have one here.
    numbers: BTreeMap<u32, u32>,
}

impl Half<'_> {
    /// What a part takes from those before, in the order of its numbers.
    fn borrowed(&mut self) -> Result<ImportSection, Fault> {
        let program = self.program;
        let mut imports = ImportSection::new();
        let mut take = |name: String, kind: EntityType| {
            imports.import("", &name, kind);
        };
        for function in self.cut.taken_by(self.part) {
            let kind = EntityType::Function(program.types[*function as usize]);
            take(lent_as('f', *function), kind);
        }
        for (at, table) in program.tables.iter().enumerate() {
            take(lent_as('t', at), EntityType::Table(self.table_type(*table)?));
        }
        for (at, memory) in program.memories.iter().enumerate() {
            take(lent_as('m', at), EntityType::Memory(self.memory_type(*memory)?));
        }
        for (at, global) in program.globals.iter().enumerate() {
            take(lent_as('g', at), EntityType::Global(self.global_type(*global)?));
        }
        Ok(imports)
    }

    /// Functions that parts after this one call, by the names they go by there.
    fn lend(&mut self, exports: &mut ExportSection) -> Result<(), Fault> {
        for function in self.cut.given_by(self.part) {
            let number = self.function_index(function)?;
            exports.export(&lent_as('f', function), ExportKind::Func, number);
        }
        Ok(())
    }

    /// The places of the table that this part fills, each run of neighbours as one piece.
    fn elements(&mut self) -> Result<ElementSection, Fault> {
        let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
        for (place, function) in &self.program.slots {
            if !self.cut.is_in(*function, self.part) {
                continue;
            }
            let number = self.function_index(*function)?;
            match runs.last_mut() {
                Some((start, run)) if *start + run.len() as u32 == *place => run.push(number),
                _ => runs.push((*place, vec![number])),
            }
        }
        let mut elements = ElementSection::new();
        for (start, run) in runs {
            let offset = ConstExpr::i32_const(start as i32);
            elements.active(None, &offset, Elements::Functions(run.into()));
        }
        Ok(elements)
    }
}

impl Reencode for Half<'_> {
    type Error = String;

    fn function_index(&mut self, func: u32) -> Result<u32, Fault> {
        let missing = || format!("function {func} is not in the half that calls it");
        self.numbers.get(&func).copied().ok_or_else(|| Error::UserError(missing()))
    }

    /// Names were for the cut.
    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Fault> {
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Fault> {
        for (kind, function) in section.into_iter().zip(self.program.imported..) {
            let kind = kind?;
            if self.cut.is_in(function, Part::First) {
                functions.function(kind);
            }
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Fault> {
        utils::parse_export_section(self, exports, section)?;
        self.lend(exports)?;
        let program = self.program;
        for (letter, kind, count) in [
            ('t', ExportKind::Table, program.tables.len()),
            ('m', ExportKind::Memory, program.memories.len()),
            ('g', ExportKind::Global, program.globals.len()),
        ] {
            (0..count as u32).for_each(|at| {
                exports.export(&lent_as(letter, at), kind, at);
            });
        }
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        _: ElementSectionReader<'_>,
    ) -> Result<(), Fault> {
        *elements = self.elements()?;
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        _: CodeSectionReader<'_>,
    ) -> Result<(), Fault> {
        for (body, function) in self.program.bodies.iter().zip(self.program.imported..) {
            if self.cut.is_in(function, Part::First) {
                utils::parse_function_body(self, code, body.clone())?;
            }
        }
        Ok(())
    }
}
