//! Locals of wasm functions numbered by how often they are used, most used first, so that functions
//! alike are alike to the byte more often: one part in a hundred of the pressed file.

use std::cmp::Reverse;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, Function, Instruction, Module};
use wasmparser::{CompositeInnerType, FunctionBody, Operator, Parser, Payload, ValType};

/// The same module with its locals renumbered.
pub fn renumbered(wasm: &[u8]) -> Result<Vec<u8>, String> {
    let fault = |e: &dyn std::fmt::Display| format!("renumbering the wasm's locals: {e}.");
    let parameters = parameters(wasm).map_err(|e| fault(&e))?;
    let mut module = Module::new();
    Renumbering { parameters: parameters.into_iter() }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|e| fault(&e))?;
    Ok(module.finish())
}

/// How many parameters each of the module's own functions has; they are its first locals.
fn parameters(wasm: &[u8]) -> wasmparser::Result<Vec<usize>> {
    let mut types = Vec::new();
    let mut functions = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => {
                for group in section {
                    types.extend(group?.into_types().map(|kind| match kind.composite_type.inner {
                        CompositeInnerType::Func(function) => function.params().len(),
                        _ => 0,
                    }));
                }
            }
            Payload::FunctionSection(section) => {
                for kind in section {
                    functions.push(types[kind? as usize]);
                }
            }
            _ => {}
        }
    }
    Ok(functions)
}

struct Renumbering {
    /// Of the functions still to come.
    parameters: std::vec::IntoIter<usize>,
}

impl Reencode for Renumbering {
    type Error = Infallible;

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error> {
        let order = Order::of(&body, self.parameters.next().unwrap_or_default())?;
        let mut declared = Vec::new();
        for (count, kind) in order.declared() {
            declared.push((count, self.val_type(kind)?));
        }
        let mut function = Function::new(declared);
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            let instruction = self.parse_instruction(&mut reader)?;
            function.instruction(&match instruction {
                Instruction::LocalGet(at) => Instruction::LocalGet(order.number(at)),
                Instruction::LocalSet(at) => Instruction::LocalSet(order.number(at)),
                Instruction::LocalTee(at) => Instruction::LocalTee(order.number(at)),
                other => other,
            });
        }
        code.function(&function);
        Ok(())
    }
}

/// The locals of one function in their new order.
struct Order {
    /// Types in the new order, without the parameters.
    kinds: Vec<ValType>,
    /// New numbers by old number.
    numbers: Vec<u32>,
}

impl Order {
    fn of(body: &FunctionBody<'_>, parameters: usize) -> wasmparser::Result<Order> {
        let mut kinds = Vec::new();
        for declared in body.get_locals_reader()? {
            let (count, kind) = declared?;
            kinds.extend((0..count).map(|_| kind));
        }
        let uses = uses(body, parameters + kinds.len())?;
        let mut order: Vec<usize> = (0..kinds.len()).collect();
        // Locals of a type stand together, for they are declared by type and count; the type of
        // the most used comes first.
        let most = |kind: ValType| {
            let own = kinds.iter().zip(&uses[parameters..]).filter(|(other, _)| **other == kind);
            own.map(|(_, uses)| *uses).max()
        };
        let first = |kind: ValType| kinds.iter().position(|other| *other == kind);
        order.sort_by_cached_key(|at| {
            let kind = kinds[*at];
            (Reverse(most(kind)), first(kind), Reverse(uses[parameters + at]))
        });
        let mut numbers: Vec<u32> = (0..uses.len() as u32).collect();
        for (place, at) in order.iter().enumerate() {
            numbers[parameters + at] = (parameters + place) as u32;
        }
        let kinds = order.iter().map(|at| kinds[*at]).collect();
        Ok(Order { kinds, numbers })
    }

    fn number(&self, at: u32) -> u32 {
        self.numbers[at as usize]
    }

    fn declared(&self) -> Vec<(u32, ValType)> {
        let groups = self.kinds.chunk_by(|a, b| a == b);
        groups.map(|group| (group.len() as u32, group[0])).collect()
    }
}

/// How often each local is read or written.
fn uses(body: &FunctionBody<'_>, locals: usize) -> wasmparser::Result<Vec<u32>> {
    let mut uses = vec![0; locals];
    for operator in body.get_operators_reader()? {
        if let Operator::LocalGet { local_index }
        | Operator::LocalSet { local_index }
        | Operator::LocalTee { local_index } = operator?
        {
            uses[local_index as usize] += 1;
        }
    }
    Ok(uses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{FunctionSection, TypeSection, ValType as Kind};

    /// `(i32) -> i64` with locals `i32 i64 i64`: adds what it stores in both, the last twice.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([Kind::I32], [Kind::I64]);
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut body = Function::new([(1, Kind::I32), (2, Kind::I64)]);
        body.instructions()
            .local_get(0)
            .local_set(1)
            .i64_const(5)
            .local_set(2)
            .i64_const(7)
            .local_tee(3)
            .local_get(3)
            .i64_add()
            .local_get(2)
            .i64_add()
            .local_get(3)
            .i64_add()
            .end();
        let mut code = CodeSection::new();
        code.function(&body);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&code);
        module.finish()
    }

    fn locals(wasm: &[u8]) -> (Vec<(u32, ValType)>, Vec<u32>) {
        let entry = Parser::new(0).parse_all(wasm).find_map(|payload| match payload.unwrap() {
            Payload::CodeSectionEntry(body) => Some(body),
            _ => None,
        });
        let body = entry.unwrap();
        let declared = body.get_locals_reader().unwrap().into_iter().map(Result::unwrap).collect();
        let used =
            body.get_operators_reader().unwrap().into_iter().filter_map(|operator| match operator
                .unwrap()
            {
                Operator::LocalGet { local_index }
                | Operator::LocalSet { local_index }
                | Operator::LocalTee { local_index } => Some(local_index),
                _ => None,
            });
        (declared, used.collect())
    }

    #[test]
    fn the_most_used_come_first_and_parameters_stay() {
        let (declared, used) = locals(&renumbered(&module()).unwrap());
        assert_eq!(declared, [(2, ValType::I64), (1, ValType::I32)]);
        assert_eq!(used, [0, 3, 2, 1, 1, 2, 1]);
    }

    #[test]
    fn what_is_no_wasm_is_said() {
        assert!(renumbered(b"no wasm").err().unwrap().starts_with("renumbering"));
    }
}
