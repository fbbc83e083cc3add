//! Texts and numbers as places: integers that stand as their sounds or sizes do. What a list of
//! 100,000 rows is put in order with. Lives here because this crate is compiled for speed. Knows no
//! records; which sound a character has is handed in.
//!
//! What is called from outside is never inlined: a caller compiled for size would make it slow. Nor
//! is what is done for each text: browsers compile a function well only once it is called often.

/// A sort key, where the line stands now, and whatever is sorted.
pub type Line = (u128, u32, u32);

/// The place of a character's sound among all sounds; equal for homophones.
pub type Sound<'a> = &'a dyn Fn(char) -> u16;

/// The place of what is empty: last in either direction.
pub const BLANK: u32 = u32::MAX;

/// The number that stands for none.
pub const NO_NUMBER: u64 = u64::MAX;

/// Sorts by key; equal keys stay as they stood.
pub fn sort_lines(lines: &mut [Line]) {
    lines.sort_unstable_by_key(|line| (line.0, line.1));
}

/// Sorts `list`, whose members point into `places`; equals stay as they stood, blanks come last.
/// Counts how many stand at each place: one look at every member and every place.
#[inline(never)]
pub fn arrange(list: &mut [u32], places: &[u32], descending: bool) {
    let last = places.iter().filter(|place| **place != BLANK).max().map_or(0, |place| place + 1);
    let shelf = |member: u32| match places.get(member as usize).copied().unwrap_or(BLANK) {
        BLANK => last as usize,
        place if descending => (last - 1 - place) as usize,
        place => place as usize,
    };
    let mut starts = vec![0u32; last as usize + 2];
    list.iter().for_each(|member| starts[shelf(*member) + 1] += 1);
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let stood = list.to_vec();
    for member in stood {
        let start = &mut starts[shelf(member)];
        list[*start as usize] = member;
        *start += 1;
    }
}

/// The place of each number among all; equal ones share it.
#[inline(never)]
pub fn places_of_numbers(numbers: &[u64]) -> Vec<u32> {
    let present = numbers.iter().zip(0u32..).filter(|(number, _)| **number != NO_NUMBER);
    let mut lines: Vec<Line> = present.map(|(number, at)| (u128::from(*number), at, at)).collect();
    sort_lines(&mut lines);
    places(numbers.len(), &lines, |a, b| a.0 == b.0)
}

/// The place of each text among all, by sound; equal ones share it, an empty one is blank.
#[inline(never)]
pub fn places_of_texts(texts: &[&str], sound: Sound) -> Vec<u32> {
    let ranked = Ranked::of(texts, sound);
    let mut lines: Vec<Line> = (0..texts.len() as u32)
        .filter(|at| !ranked.text(*at).is_empty())
        .map(|at| (0, at, at))
        .collect();
    ranked.sort(&mut lines);
    places(texts.len(), &lines, |a, b| ranked.text(a.2) == ranked.text(b.2))
}

/// Numbers sorted lines; those that are the same share a place.
fn places(count: usize, lines: &[Line], same: impl Fn(&Line, &Line) -> bool) -> Vec<u32> {
    let mut places = vec![BLANK; count];
    let mut place = 0;
    for (at, line) in lines.iter().enumerate() {
        place += u32::from(at > 0 && !same(&lines[at - 1], line));
        places[line.2 as usize] = place;
    }
    places
}

/// Texts as the ranks of their characters among the characters that occur: from 1, by sound.
struct Ranked {
    ranks: Vec<u32>,
    /// Where each text ends in `ranks`.
    ends: Vec<usize>,
    /// Bits a rank needs, and how many ranks a key holds.
    bits: u32,
    packed: usize,
}

impl Ranked {
    fn of(texts: &[&str], sound: Sound) -> Ranked {
        let mut letters = Letters::new();
        let mut ranks = Vec::with_capacity(texts.len() * 8);
        let mut ends = Vec::with_capacity(texts.len());
        for text in texts {
            letters.number_all(text, &mut ranks);
            ends.push(ranks.len());
        }
        let rank_of = letters.ranks(sound);
        ranks.chunks_mut(1024).for_each(|some| put_ranks(some, &rank_of));
        let bits = (u32::BITS - (rank_of.len() as u32).leading_zeros()).max(1);
        Ranked { ranks, ends, bits, packed: (u128::BITS / bits) as usize }
    }

    fn text(&self, at: u32) -> &[u32] {
        let at = at as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.ranks[start..self.ends[at]]
    }

    /// Sorts by the characters a key holds, then those that are equal so far by the next.
    fn sort(&self, lines: &mut [Line]) {
        let mut todo = vec![(0..lines.len(), 0)];
        while let Some((range, from)) = todo.pop() {
            let start = range.start;
            let lines = &mut lines[range];
            lines.iter_mut().for_each(|line| line.0 = self.key(line.2, from));
            sort_lines(lines);
            let next = from + self.packed;
            let mut at = start;
            for run in lines.chunk_by(|a, b| a.0 == b.0) {
                if run.len() > 1 && run.iter().any(|line| self.text(line.2).len() > next) {
                    todo.push((at..at + run.len(), next));
                }
                at += run.len();
            }
        }
    }

    /// A text's characters behind `from`, as many as a key holds, side by side.
    #[inline(never)]
    fn key(&self, at: u32, from: usize) -> u128 {
        let text = self.text(at).get(from..).unwrap_or_default();
        let mut key = 0u128;
        let mut free = u128::BITS;
        for rank in text.iter().take(self.packed) {
            free -= self.bits;
            key |= u128::from(*rank) << free;
        }
        key
    }
}

#[inline(never)]
fn put_ranks(numbers: &mut [u32], rank_of: &[u32]) {
    numbers.iter_mut().for_each(|number| *number = rank_of[*number as usize]);
}

/// The characters that occur, numbered as they come.
struct Letters {
    /// By code, 0 for what did not occur: the number and one.
    known: Vec<u32>,
    letters: Vec<char>,
}

impl Letters {
    fn new() -> Letters {
        Letters { known: vec![0; 1 << 16], letters: Vec::new() }
    }

    #[inline(never)]
    fn number_all(&mut self, text: &str, numbers: &mut Vec<u32>) {
        numbers.extend(text.chars().map(|letter| self.number(letter)));
    }

    fn number(&mut self, letter: char) -> u32 {
        let code = letter as usize;
        if code >= self.known.len() {
            // Rare characters lie beyond the basic plane: room for them is made when one comes.
            self.known.resize(char::MAX as usize + 1, 0);
        }
        if self.known[code] == 0 {
            self.letters.push(letter);
            self.known[code] = self.letters.len() as u32;
        }
        self.known[code] - 1
    }

    /// By number: the rank by sound, from 1.
    fn ranks(&self, sound: Sound) -> Vec<u32> {
        let weighed = self.letters.iter().zip(0u32..);
        let mut lines: Vec<(u64, u32)> =
            weighed.map(|(letter, number)| (weight(*letter, sound), number)).collect();
        lines.sort_unstable();
        let mut ranks = vec![0; lines.len()];
        for (rank, (_, number)) in (1..).zip(lines) {
            ranks[number as usize] = rank;
        }
        ranks
    }
}

/// Digits and Latin letters first, capitals beside small ones, then Han by sound.
fn weight(letter: char, sound: Sound) -> u64 {
    let (class, within) = if letter.is_ascii() {
        (0, u32::from(letter.to_ascii_lowercase()) << 1 | u32::from(letter.is_ascii_uppercase()))
    } else {
        (sound(letter).saturating_add(1), letter as u32)
    };
    u64::from(class) << 32 | u64::from(within)
}
