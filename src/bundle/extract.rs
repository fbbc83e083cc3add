//! An extract: one person's posts and duties as a file. Not a bundle: it carries values with the stamps
//! they were written under and no lines, so that nobody takes it for a township or merges it. What is
//! changed in the copy it opens as travels home as an ordinary bundle.

use serde::Deserialize;

use super::error::BundleError;
use super::read::{Named, Sender, decode, name_error};
use super::write::Header;
use crate::encoding::Gb18030;
use crate::journal::Fold;
use crate::journal::basis::{Age, Basis, ExtractOf, Record};
use crate::journal::hash::sha256_hex;
use crate::journal::peer::Knows;
use crate::model::reach::of_person;
use crate::model::value::write_json_text;
use crate::model::{Day, RecordId, Text};

/// An extract as it was read, or before it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Extract {
    /// Id and name of the township it is of.
    pub township: String,
    pub name: String,
    /// Who made it.
    pub sender: String,
    pub of: ExtractOf,
    pub basis: Basis,
}

#[derive(Deserialize)]
struct Envelope {
    format: u32,
    township: Named,
    #[serde(default)]
    sender: Sender,
    #[serde(default)]
    made: Text,
    person: Named,
    #[serde(default)]
    knows: Knows,
    records: Vec<Record>,
    hash: String,
}

/// How a file begins that is an extract.
const BEGINNING: &str = "{\"gangtu\":\"extract\",";

/// Version of an extract's file.
const FORMAT: u32 = 1;

impl Extract {
    /// What `person` works with on a day, of the township `header` names. `None` where there is no
    /// such person.
    pub fn of(fold: &Fold, day: &Day, person: &RecordId, header: &Header) -> Option<Extract> {
        let reached = of_person(day, person);
        if reached.is_empty() {
            return None;
        }
        Some(Extract {
            township: header.township.clone(),
            name: header.name.clone(),
            sender: header.sender.clone(),
            of: ExtractOf {
                person: person.text().clone(),
                name: fold.township().title_of("person", person.as_str()).into(),
                made: header.made.as_str().into(),
            },
            basis: fold.basis(&reached),
        })
    }

    /// How many records it holds.
    pub fn count(&self) -> usize {
        self.basis.records.len()
    }

    /// The file: members in a fixed order, `hash` last, over every byte before it.
    pub fn write(&self) -> String {
        let mut out = String::from(BEGINNING);
        out.push_str(&format!("\"format\":{FORMAT},\"township\":{{\"id\":"));
        write_json_text(&self.township, &mut out);
        out.push_str(",\"name\":");
        write_json_text(&self.name, &mut out);
        out.push_str("},\"sender\":{\"name\":");
        write_json_text(&self.sender, &mut out);
        out.push_str("},\"made\":");
        write_json_text(&self.of.made, &mut out);
        out.push_str(",\"person\":{\"id\":");
        write_json_text(&self.of.person, &mut out);
        out.push_str(",\"name\":");
        write_json_text(&self.of.name, &mut out);
        out.push_str("},");
        self.basis.write(&mut out);
        let hash = sha256_hex(out.as_bytes());
        out.push_str(&format!(",\"hash\":\"{hash}\"}}\n"));
        out
    }

    /// Recognises and verifies a file.
    pub fn open(bytes: &[u8], gb18030: Gb18030) -> Result<Extract, BundleError> {
        let text = decode(bytes, gb18030)?;
        if !text.starts_with(BEGINNING) {
            return Err(BundleError::NotABundle);
        }
        let covered = text.rfind(",\"hash\":").map_or(&*text, |end| &text[..end]);
        let envelope: Envelope =
            serde_json::from_str(&text).map_err(|error| name_error(&text, &error))?;
        if envelope.format > FORMAT {
            return Err(BundleError::NewerFormat { format: envelope.format });
        }
        if sha256_hex(covered.as_bytes()) != envelope.hash {
            return Err(BundleError::HashMismatch);
        }
        read(envelope)
    }

    /// Whether it is of the same person of the same township.
    pub fn is_of(&self, township: &str, of: &ExtractOf) -> bool {
        self.township == township && self.of.person == of.person
    }

    /// How it stands to the one a base began with.
    pub fn age(&self, before: &Basis) -> Age {
        self.basis.age(before)
    }
}

fn read(envelope: Envelope) -> Result<Extract, BundleError> {
    let broken = BundleError::Broken { line: 1, column: 1 };
    RecordId::parse(&envelope.person.id).ok_or_else(|| broken.clone())?;
    Ok(Extract {
        township: envelope.township.id,
        name: envelope.township.name,
        sender: envelope.sender.name,
        of: ExtractOf {
            person: envelope.person.id.as_str().into(),
            name: envelope.person.name.as_str().into(),
            made: envelope.made,
        },
        basis: Basis::read(envelope.knows, envelope.records).ok_or(broken)?,
    })
}
