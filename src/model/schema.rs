//! The kinds as tables look them up: by index, by id, register by register. Built once, never changed.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::kinds::KINDS;
use super::spec::{FieldSpec, FieldType, KindSpec};

/// Position of a kind in [`KINDS`].
pub type KindIx = usize;
/// Position of a register in its kind.
pub type RegisterIx = usize;

/// One register: what one op writes. Either a single field, a group, or a set (a register a member).
#[derive(Debug)]
pub struct RegisterSpec {
    pub name: &'static str,
    /// Positions of its fields in the kind; more than one only in a group.
    pub fields: Vec<usize>,
    pub grouped: bool,
    pub set: bool,
}

/// A kind with its registers resolved.
#[derive(Debug)]
pub struct KindInfo {
    pub spec: &'static KindSpec,
    pub registers: Vec<RegisterSpec>,
    by_register: FxHashMap<&'static str, RegisterIx>,
    by_field: FxHashMap<&'static str, usize>,
    register_of: Vec<RegisterIx>,
    tree: Option<RegisterIx>,
}

impl KindInfo {
    pub fn register(&self, name: &str) -> Option<RegisterIx> {
        self.by_register.get(name).copied()
    }

    pub fn field(&self, id: &str) -> Option<usize> {
        self.by_field.get(id).copied()
    }

    pub fn register_of_field(&self, field: usize) -> RegisterIx {
        self.register_of[field]
    }

    pub fn tree_register(&self) -> Option<RegisterIx> {
        self.tree
    }

    /// Whether a register is one cell, of which nothing hangs but its value.
    pub fn is_plain(&self, register: RegisterIx) -> bool {
        let RegisterSpec { grouped, set, .. } = self.registers[register];
        !grouped && !set && self.tree != Some(register)
    }

    /// Position of the field that makes this kind a tree, if it is one.
    pub fn tree_field(&self) -> Option<usize> {
        self.spec.fields.iter().position(|field| field.tree)
    }
}

/// All kinds.
#[derive(Debug)]
pub struct Schema {
    pub kinds: Vec<KindInfo>,
    by_id: FxHashMap<&'static str, KindIx>,
}

impl Schema {
    pub fn kind(&self, id: &str) -> Option<KindIx> {
        self.by_id.get(id).copied()
    }

    pub fn info(&self, id: &str) -> Option<&KindInfo> {
        self.kind(id).map(|kind| &self.kinds[kind])
    }
}

/// The schema of this program.
pub fn schema() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| Schema {
        kinds: KINDS.iter().map(|spec| resolve(spec)).collect(),
        by_id: KINDS.iter().enumerate().map(|(at, spec)| (spec.id, at)).collect(),
    })
}

fn resolve(spec: &'static KindSpec) -> KindInfo {
    let mut registers: Vec<RegisterSpec> = Vec::new();
    let mut register_of = Vec::with_capacity(spec.fields.len());
    for (at, field) in spec.fields.iter().enumerate() {
        register_of.push(place_field(&mut registers, at, field));
    }
    KindInfo {
        spec,
        by_register: registers.iter().enumerate().map(|(at, reg)| (reg.name, at)).collect(),
        by_field: spec.fields.iter().enumerate().map(|(at, field)| (field.id, at)).collect(),
        tree: spec.fields.iter().position(|field| field.tree).map(|field| register_of[field]),
        registers,
        register_of,
    }
}

fn place_field(registers: &mut Vec<RegisterSpec>, at: usize, field: &FieldSpec) -> RegisterIx {
    if let Some(known) = registers.iter().position(|reg| reg.name == field.register()) {
        registers[known].fields.push(at);
        return known;
    }
    registers.push(RegisterSpec {
        name: field.register(),
        fields: vec![at],
        grouped: !field.group.is_empty(),
        set: field.ty == FieldType::Set,
    });
    registers.len() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m1_every_declaration_is_sound() {
        let schema = schema();
        assert_eq!(schema.by_id.len(), KINDS.len(), "two kinds share an id");
        for kind in &schema.kinds {
            let spec = kind.spec;
            assert_eq!(kind.by_field.len(), spec.fields.len(), "{}: a field twice", spec.id);
            assert!(spec.fields.iter().any(|field| field.title), "{}: no title", spec.id);
            for field in spec.fields {
                check_field(spec, field, schema);
            }
        }
    }

    fn check_field(spec: &KindSpec, field: &FieldSpec, schema: &Schema) {
        let name = format!("{}.{}", spec.id, field.id);
        assert!(!field.label.is_empty(), "{name}: no label");
        assert!(field.ty != FieldType::Set || field.group.is_empty(), "{name}: a set in a group");
        if let FieldType::Ref(target) = field.ty {
            assert!(schema.kind(target).is_some(), "{name}: refers to no kind");
            assert!(!field.tree || target == spec.id, "{name}: a tree over another kind");
        }
    }

    #[test]
    fn m6_fields_that_only_make_sense_together_share_a_register() {
        let holding = schema().info("holding").expect("kind");
        let (person, post) = (holding.field("person"), holding.field("post"));
        assert_eq!(
            person.map(|at| holding.register_of_field(at)),
            post.map(|at| holding.register_of_field(at))
        );
        let period = holding.register("period").expect("period");
        assert_eq!(holding.registers[period].fields.len(), 2);
    }
}
