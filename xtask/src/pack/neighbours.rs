//! Wasm functions put in an order in which those alike stand side by side.
//!
//! gzip looks back 32 kB and no further, while a generic compiled for two types may lie a megabyte
//! apart: in this order the same code gzips a tenth smaller. The functions themselves stay as the
//! compiler made them; only their numbers change.

use std::collections::HashMap;
use std::collections::VecDeque;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{
    CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload, TypeRef,
};

/// The same module with its functions in the new order.
pub fn arranged(wasm: &[u8]) -> Result<Vec<u8>, String> {
    let fault = |e: &dyn std::fmt::Display| format!("putting the wasm's functions in order: {e}.");
    let (imported, bodies) = functions(wasm).map_err(|e| fault(&e))?;
    let order = order(&bodies);
    let mut numbers = vec![0; order.len()];
    for (place, at) in order.iter().enumerate() {
        numbers[*at] = imported + place as u32;
    }
    let mut module = Module::new();
    Renumbered { imported, order, numbers }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|e| fault(&e))?;
    Ok(module.finish())
}

/// How many functions are imported (they are numbered first), and the bodies of the others.
fn functions(wasm: &[u8]) -> wasmparser::Result<(u32, Vec<&[u8]>)> {
    let mut imported = 0;
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    Ok((imported, bodies))
}

/// Copies a module, giving every function its new number.
struct Renumbered {
    imported: u32,
    /// Old places of the module's own functions, in the new order.
    order: Vec<usize>,
    /// New numbers by old place.
    numbers: Vec<u32>,
}

impl Reencode for Renumbered {
    type Error = Infallible;

    fn function_index(&mut self, func: u32) -> Result<u32, Error> {
        Ok(match func.checked_sub(self.imported) {
            Some(own) => self.numbers[own as usize],
            None => func,
        })
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        let types = section.into_iter().collect::<wasmparser::Result<Vec<u32>>>()?;
        for at in &self.order {
            functions.function(types[*at]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        let bodies = section.into_iter().collect::<wasmparser::Result<Vec<FunctionBody<'_>>>>()?;
        for at in self.order.clone() {
            utils::parse_function_body(self, code, bodies[at].clone())?;
        }
        Ok(())
    }
}

/// Bytes of a piece by which two bodies are compared.
const PIECE: usize = 7;
/// Bytes of bodies kept in view; a little under what gzip sees.
const VIEW: usize = 28_000;
/// A piece in more bodies than this tells nothing of any of them.
const COMMON: usize = 600;

/// The next function is always the one with the greatest share of its pieces in view.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let mut view = View::of(bodies);
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    let mut order = Vec::with_capacity(bodies.len());
    while let Some(place) = (0..left.len()).max_by_key(|place| view.likeness(left[*place])) {
        let at = left.swap_remove(place);
        view.add(at);
        order.push(at);
    }
    order
}

/// The bodies last put down, and how much of every other body they hold already.
struct View {
    /// Numbers of the pieces of each body, each once.
    pieces: Vec<Vec<u32>>,
    lengths: Vec<usize>,
    /// Bodies that hold a piece; none for the common ones.
    holders: Vec<Vec<u32>>,
    /// How many bodies in view hold a piece.
    seen: Vec<u32>,
    /// How many of its pieces are in view, by body.
    known: Vec<u32>,
    inside: VecDeque<usize>,
    bytes: usize,
}

impl View {
    fn of(bodies: &[&[u8]]) -> Self {
        let mut numbers: HashMap<&[u8], u32> = HashMap::new();
        let mut holders: Vec<Vec<u32>> = Vec::new();
        let pieces = bodies.iter().zip(0u32..).map(|(body, at)| {
            let mut own = Vec::new();
            for piece in body.windows(PIECE) {
                let next = numbers.len() as u32;
                let number = *numbers.entry(piece).or_insert(next);
                if number == next {
                    holders.push(Vec::new());
                }
                if holders[number as usize].last() != Some(&at) {
                    holders[number as usize].push(at);
                    own.push(number);
                }
            }
            own
        });
        let pieces = pieces.collect();
        for list in holders.iter_mut().filter(|list| list.len() >= COMMON) {
            list.clear();
        }
        Self {
            pieces,
            lengths: bodies.iter().map(|body| body.len()).collect(),
            seen: vec![0; holders.len()],
            holders,
            known: vec![0; bodies.len()],
            inside: VecDeque::new(),
            bytes: 0,
        }
    }

    /// Millionths of the body's pieces that are in view; short bodies count a little less.
    fn likeness(&self, at: usize) -> u64 {
        u64::from(self.known[at]) * 1_000_000 / (self.pieces[at].len() as u64 + 8)
    }

    fn add(&mut self, at: usize) {
        self.inside.push_back(at);
        self.bytes += self.lengths[at];
        for piece in &self.pieces[at] {
            let piece = *piece as usize;
            self.seen[piece] += 1;
            if self.seen[piece] == 1 {
                self.holders[piece].iter().for_each(|body| self.known[*body as usize] += 1);
            }
        }
        while self.bytes > VIEW && self.inside.len() > 1 {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        let Some(at) = self.inside.pop_front() else { return };
        self.bytes -= self.lengths[at];
        for piece in &self.pieces[at] {
            let piece = *piece as usize;
            self.seen[piece] -= 1;
            if self.seen[piece] == 0 {
                self.holders[piece].iter().for_each(|body| self.known[*body as usize] -= 1);
            }
        }
    }
}

#[cfg(test)]
mod tests;
