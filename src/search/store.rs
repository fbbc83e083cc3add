//! All text of all entries in one arena, with what is needed to get from a position back to its
//! field and entry, and how often each character and sound occurs. Searches nothing.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::fold::{self, GAP};
use super::sound::{SOUNDS, Sounds};
use super::{Entry, EntryKind, Field, FieldRole};

const BLOCK: usize = 16;

/// A field's place in the arena.
pub struct FieldRow {
    pub start: u32,
    pub entry: u32,
    pub weight: u8,
    pub role: FieldRole,
    /// Of its entry, repeated here because every place found asks for it.
    pub kind: EntryKind,
    pub live: bool,
}

pub struct EntryRow {
    pub id: Arc<str>,
    pub first_field: u32,
    /// Decides between equal scores, by the id alone, so that the order of insertion cannot show.
    pub tie: u64,
    pub kind: EntryKind,
}

/// The arena. Dead entries keep their place until [`Store::live_entries`] fills a new one.
pub struct Store {
    /// Folded characters, a `GAP` before the first field and after each.
    pub codes: Vec<u16>,
    pub fields: Vec<FieldRow>,
    pub texts: Vec<Arc<str>>,
    pub entries: Vec<EntryRow>,
    by_id: FxHashMap<Arc<str>, u32>,
    blocks: Vec<u32>,
    counted: Vec<u32>,
    heard: Vec<u32>,
    written: u32,
}

impl Store {
    pub fn new() -> Self {
        Self {
            codes: vec![GAP],
            fields: Vec::new(),
            texts: Vec::new(),
            entries: Vec::new(),
            by_id: FxHashMap::default(),
            blocks: vec![0],
            counted: vec![0; 1 << 16],
            heard: vec![0; SOUNDS],
            written: 0,
        }
    }

    /// Entries alive.
    pub fn live(&self) -> usize {
        self.by_id.len()
    }

    /// Adds an entry, first ending the one with its id.
    pub fn put(&mut self, entry: Entry) {
        self.end(&entry.id);
        let number = self.entries.len() as u32;
        self.entries.push(EntryRow {
            id: entry.id.clone(),
            first_field: self.fields.len() as u32,
            tie: tie(&entry.id),
            kind: entry.kind,
        });
        for field in entry.fields {
            let start = self.codes.len() as u32;
            self.fields.push(FieldRow {
                start,
                entry: number,
                weight: field.weight,
                role: field.role,
                kind: entry.kind,
                live: true,
            });
            self.codes.extend(fold::codes(&field.text));
            self.codes.push(GAP);
            self.texts.push(field.text);
            self.blocks.resize(self.codes.len() / BLOCK + 1, self.fields.len() as u32 - 1);
        }
        self.by_id.insert(entry.id, number);
        self.count(number, 1);
    }

    /// Ends an entry; false where there is none of this id.
    pub fn end(&mut self, id: &str) -> bool {
        let Some(number) = self.by_id.remove(id) else { return false };
        for field in self.fields_of(number) {
            self.fields[field as usize].live = false;
        }
        self.count(number, u32::MAX);
        true
    }

    /// The living entries in order of insertion, given out again.
    pub fn live_entries(self) -> Vec<Entry> {
        let mut fields = self.texts.into_iter().zip(self.fields).peekable();
        let mut out = Vec::with_capacity(self.by_id.len());
        for (number, row) in self.entries.into_iter().enumerate() {
            let number = number as u32;
            let mut entry = Entry { id: row.id, kind: row.kind, fields: Vec::new() };
            while let Some((text, f)) = fields.next_if(|(_, f)| f.entry == number) {
                entry.fields.push(Field { text, weight: f.weight, role: f.role });
            }
            if self.by_id.get(&entry.id) == Some(&number) {
                out.push(entry);
            }
        }
        out
    }

    /// The field a position lies in.
    #[inline]
    pub fn field_at(&self, position: u32) -> u32 {
        let mut field = self.blocks[position as usize / BLOCK];
        while self.fields.get(field as usize + 1).is_some_and(|f| f.start <= position) {
            field += 1;
        }
        field
    }

    /// Folded characters of a field.
    #[inline]
    pub fn field_codes(&self, field: u32) -> &[u16] {
        let start = self.fields[field as usize].start as usize;
        let next =
            self.fields.get(field as usize + 1).map_or(self.codes.len(), |f| f.start as usize);
        &self.codes[start..next - 1]
    }

    /// Numbers of an entry's fields.
    pub fn fields_of(&self, entry: u32) -> std::ops::Range<u32> {
        let first = self.entries[entry as usize].first_field;
        let next = self
            .entries
            .get(entry as usize + 1)
            .map_or(self.fields.len() as u32, |e| e.first_field);
        first..next
    }

    /// Bytes of the tables, without texts and ids.
    pub fn bytes(&self) -> usize {
        self.codes.capacity() * 2
            + (self.blocks.capacity() + self.counted.capacity() + self.heard.capacity()) * 4
            + self.fields.capacity() * size_of::<FieldRow>()
            + self.texts.capacity() * size_of::<Arc<str>>()
            + self.entries.capacity() * size_of::<EntryRow>()
            + self.by_id.capacity() * (size_of::<(Arc<str>, u32)>() + 1)
    }

    /// Characters in living entries, at least one.
    pub fn written(&self) -> u64 {
        u64::from(self.written.max(1))
    }

    /// How often a character occurs in living entries.
    pub fn counted(&self, code: u16) -> u32 {
        self.counted[usize::from(code)]
    }

    /// How often a sound occurs in living entries.
    pub fn heard(&self, sound: u16) -> u32 {
        self.heard[usize::from(sound)]
    }

    fn count(&mut self, entry: u32, by: u32) {
        let sounds = Sounds::get();
        for field in self.fields_of(entry) {
            let start = self.fields[field as usize].start as usize;
            for at in start..start + self.field_codes(field).len() {
                let code = self.codes[at];
                let counted = &mut self.counted[usize::from(code)];
                *counted = counted.wrapping_add(by);
                self.written = self.written.wrapping_add(by);
                for sound in sounds.readings(code) {
                    let heard = &mut self.heard[usize::from(sound)];
                    *heard = heard.wrapping_add(by);
                }
            }
        }
    }
}

/// FNV-1a, 64 bits: two ids of one township do not collide.
fn tie(id: &str) -> u64 {
    id.bytes().fold(0xCBF2_9CE4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3))
}
