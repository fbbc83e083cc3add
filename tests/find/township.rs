//! The real matters and their everyday terms as entries. Reads the sample sources; makes no queries.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use gangtu_search::{Entry, EntryKind, Field, FieldRole};
use serde::de::DeserializeOwned;

/// A matter (办事事项) with all its everyday terms.
pub struct Matter {
    pub title: String,
    pub main: String,
    pub department: String,
    pub terms: Vec<String>,
}

pub fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "samples", name].iter().collect()
}

pub fn rows<T: DeserializeOwned>(name: &str) -> Vec<T> {
    let text = std::fs::read_to_string(path(name)).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// All matters of the department list, and those only the term list names, in order.
pub fn matters() -> Vec<Matter> {
    let mut out: Vec<Matter> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows::<BTreeMap<String, String>>("source/matters.csv") {
        known.entry(row["name"].clone()).or_insert(out.len());
        out.push(matter(&row["name"], &row["main_item"], &row["department"]));
    }
    for row in rows::<BTreeMap<String, String>>("source/terms.csv") {
        let at = *known.entry(row["matter"].clone()).or_insert(out.len());
        if at == out.len() {
            out.push(matter(&row["matter"], "", &row["window"]));
        }
        out[at].terms.push(row["term"].clone());
    }
    out
}

fn matter(title: &str, main: &str, department: &str) -> Matter {
    let (title, main) = (title.to_owned(), main.to_owned());
    Matter { title, main, department: department.to_owned(), terms: Vec::new() }
}

pub fn entries(matters: &[Matter]) -> Vec<Entry> {
    let field = |text: &str, weight, role| Field { text: Arc::from(text), weight, role };
    let entry = |(i, m): (usize, &Matter)| {
        let mut fields = vec![field(&m.title, 10, FieldRole::Title)];
        fields.extend(m.terms.iter().map(|t| field(t, 10, FieldRole::Term)));
        if !m.main.is_empty() && m.main != m.title {
            fields.push(field(&m.main, 5, FieldRole::Keyword));
        }
        fields.push(field(&m.department, 2, FieldRole::Keyword));
        Entry { id: Arc::from(format!("m{i}")), kind: EntryKind::Matter, fields }
    };
    matters.iter().enumerate().map(entry).collect()
}
