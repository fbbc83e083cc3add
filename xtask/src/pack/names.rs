//! Short names for what the generated glue and the wasm call each other by, and for the glue's own helpers: long
//! ones end in hashes that no press makes smaller. What people or other scripts call keeps its name.

use std::collections::BTreeMap;
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{EntityType, ExportSection, ImportSection, Module};
use wasmparser::{Export, ImportSectionReader, Parser, Payload};

/// Names made by the tool that writes the glue.
const MADE: [&str; 2] = ["__wb", "wasm_bindgen_"];

/// A name this short is left as it is.
const SHORT: usize = 3;

/// New names by old.
type Names = BTreeMap<String, String>;

/// Glue and wasm with short names for each other.
pub fn shortened(glue: &str, wasm: &[u8]) -> Result<(String, Vec<u8>), String> {
    let fault = |e: &dyn std::fmt::Display| format!("shortening the glue's names: {e}.");
    if words(glue).any(|(_, word)| word.starts_with('$')) {
        return Err(fault(&"a name of it begins with `$`, as the short ones do"));
    }
    let shared = shared(wasm).map_err(|e| fault(&e))?;
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    let own = helpers(glue);
    for (_, word) in words(glue) {
        let wanted =
            shared.iter().any(|name| name == word) || own.contains(&word) || is_parameter(word);
        if wanted && word.len() > SHORT {
            *used.entry(word).or_default() += 1;
        }
    }
    let mut order: Vec<(&str, usize)> = used.into_iter().collect();
    order.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let names: Names =
        (0..).zip(order).map(|(at, (name, _))| (name.to_string(), short(at))).collect();
    let mut module = Module::new();
    Renamed { names: &names }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|e| fault(&e))?;
    Ok((replaced(glue, &names), module.finish()))
}

/// What the tool named of imports and exports.
fn shared(wasm: &[u8]) -> wasmparser::Result<Vec<String>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    names.push(import?.name.to_string());
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    names.push(export?.name.to_string());
                }
            }
            _ => {}
        }
    }
    names.retain(|name| MADE.iter().any(|made| name.starts_with(made)));
    Ok(names)
}

/// Functions of the glue that only the glue calls: never a member of something, never in quotes.
fn helpers(glue: &str) -> Vec<&str> {
    let declared = glue.split("function ").skip(1).filter_map(|rest| words(rest).next());
    let declared = declared.filter(|(at, _)| *at == 0).map(|(_, word)| word);
    let mut own: Vec<&str> = declared.collect();
    own.sort_unstable();
    own.dedup();
    own.retain(|name| {
        words(glue).filter(|(_, word)| word == name).all(|(at, _)| {
            !glue[..at].ends_with(['.', '\'', '"', '`'])
                && !glue[at + name.len()..].starts_with(':')
        })
    });
    own
}

/// `arg0`, `arg1` …
fn is_parameter(word: &str) -> bool {
    word.strip_prefix("arg")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Words of a script and where they begin; those inside texts too.
fn words(script: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |at: char| at.is_ascii_alphanumeric() || at == '_' || at == '$';
    let mut from = 0;
    std::iter::from_fn(move || {
        let begin = from + script[from..].find(is_word)?;
        let rest = &script[begin..];
        let end = begin + rest.find(|at| !is_word(at)).unwrap_or(rest.len());
        from = end;
        Some((begin, &script[begin..end]))
    })
    // Of a template, `${` is no name.
    .filter(|(_, word)| *word != "$")
}

fn replaced(script: &str, names: &Names) -> String {
    let mut out = String::with_capacity(script.len());
    let mut from = 0;
    for (at, word) in words(script) {
        if let Some(name) = names.get(word) {
            out.push_str(&script[from..at]);
            out.push_str(name);
            from = at + word.len();
        }
    }
    out.push_str(&script[from..]);
    out
}

/// `$a`, `$b` … `$aa`.
fn short(mut at: usize) -> String {
    let mut letters = vec![];
    loop {
        letters.push((b'a' + (at % 26) as u8) as char);
        if at < 26 {
            break;
        }
        at = at / 26 - 1;
    }
    letters.push('$');
    letters.iter().rev().collect()
}

struct Renamed<'a> {
    names: &'a Names,
}

impl Renamed<'_> {
    fn name<'a>(&'a self, old: &'a str) -> &'a str {
        self.names.get(old).map_or(old, |name| name)
    }
}

impl Reencode for Renamed<'_> {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error> {
        for import in section.into_imports() {
            let import = import?;
            let kind: EntityType = self.entity_type(import.ty)?;
            imports.import(import.module, self.name(import.name), kind);
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: Export<'_>,
    ) -> Result<(), Error> {
        let kind = self.export_kind(export.kind)?;
        let index = self.external_index(export.kind, export.index)?;
        exports.export(self.name(export.name), kind, index);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{ExportKind, TypeSection};

    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./gangtu_bg.js", "__wbg_tell_0123456789abcdef", EntityType::Function(0));
        let mut exports = ExportSection::new();
        exports.export("__wbindgen_malloc", ExportKind::Func, 0);
        exports.export("seal_file", ExportKind::Func, 0);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&exports);
        module.finish()
    }

    const GLUE: &str = "const import0 = {\n__wbg_tell_0123456789abcdef: function(arg0, arg1) {\ngetObject(arg0).tell(getObject(arg1));\n}\n};\n\
        function getObject(idx) { return heap[idx]; }\nfunction takeAway(idx) { exports.takeAway(idx); }\n\
        wasm.__wbindgen_malloc(`${getObject(1)}`);\nwasm.seal_file();\n";

    #[test]
    fn both_call_each_other_by_the_same_short_names() {
        let (glue, wasm) = shortened(GLUE, &module()).unwrap();
        for long in ["__wbg", "__wbindgen", "getObject", "arg0"] {
            assert!(!glue.contains(long), "{glue}");
        }
        for kept in ["takeAway", "seal_file", "import0", ".tell(", "${$a(1)}"] {
            assert!(glue.contains(kept), "{kept} in {glue}");
        }
        let left = shared(&wasm).unwrap();
        assert!(left.is_empty(), "{left:?}");
        let mut told = Vec::new();
        for payload in Parser::new(0).parse_all(&wasm) {
            match payload.unwrap() {
                Payload::ImportSection(section) => {
                    told.extend(section.into_imports().map(|it| it.unwrap().name.to_string()));
                }
                Payload::ExportSection(section) => {
                    told.extend(section.into_iter().map(|it| it.unwrap().name.to_string()));
                }
                _ => {}
            }
        }
        assert!(told.contains(&"seal_file".to_string()), "{told:?}");
        assert!(told.iter().all(|name| glue.contains(&**name)), "{told:?} in {glue}");
    }

    #[test]
    fn names_go_on_after_the_letters_end() {
        assert_eq!([0, 25, 26, 701, 702].map(short), ["$a", "$z", "$aa", "$zz", "$aaa"]);
    }

    #[test]
    fn a_glue_that_has_such_names_already_is_refused() {
        assert!(shortened("let $a = 1;", &module()).is_err());
    }
}
