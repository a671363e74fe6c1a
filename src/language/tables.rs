//! What n-grams of letters say about languages: for each n-gram the languages that know it, and how much it speaks for them.
//!
//! A language's evidence at a letter is log P(letter | up to four letters before it), by the longest n-gram that the language
//! knows, less a penalty for each letter of context that it does not (stupid backoff: Brants et al., 2007). Tables hold the
//! differences between one order and the next lower one, so that evidence is a sum over the orders, and a language that does
//! not know an n-gram needs no entry. The edges of words are letters.

use std::io::Read;

use super::alphabet::{Script, lower};
use super::codes;
use crate::document::Language;

/// Evidence is counted in these parts of a nat.
pub(super) const UNITS_PER_NAT: f32 = 8.0;
/// The edge of a word.
pub(super) const EDGE: u8 = 1;
/// A letter that no language of its script knows.
const STRANGE: u8 = 255;
/// Letters that are weighed at a time: the evidence of more could be too much for 16 bits.
pub(super) const MAX_LETTERS: usize = 64;
/// The longest n-gram.
const MAX_ORDER: usize = 5;
/// Languages that a script can have.
pub(super) const LANES: usize = 64;
/// Lanes that are summed up at a time.
const LANES_AT_A_TIME: usize = 16;
/// An n-gram that at least one language in so many knows has a row of its own; it is added faster than many postings.
const LANGUAGES_PER_POSTING: usize = 14;
/// Letters below this have a place in a table of their own; there are few above, and those need no table.
const DIRECT: usize = 0x3000;
/// In a posting: no further languages know the n-gram.
const LAST: u16 = 0x8000;
/// In the place of an n-gram: it is that of a row, not of a posting.
const IS_ROW: u32 = 0x80_0000;

/// A language in one of the scripts it is written in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) language: Language,
    /// What a letter of running text in this language gives as evidence, on average.
    pub(super) mean: f32,
}

/// The tables of one script.
#[derive(Debug)]
struct ScriptTables {
    /// The first of the script's slots.
    first_slot: usize,
    n_slots: usize,
    /// Evidence of n-grams for all languages, that of the shorter ones included.
    rows: Vec<Row>,
    /// Row of a bigram, or of its second letter alone, by 256 · first + second.
    row_of: Vec<u16>,
    /// Longer n-grams, by their order less 3. Each is small by itself, so that those of the shorter ones stay in the cache.
    ngrams: [HashTable; MAX_ORDER - 2],
    /// Evidence that an n-gram adds to the next shorter one: lane in bits 8 to 14, evidence in bits 0 to 7.
    postings: Vec<u16>,
}

/// Evidence for the languages of a script, a line of the processor's cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Row([u8; LANES]);

/// N-grams of one order, open addressing: letters in the upper 40 bits, the place of the row or of the first posting in the
/// lower 24; 0 where there is none.
#[derive(Debug, Default)]
struct HashTable {
    entries: Vec<u64>,
}

/// Tables of all scripts.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) slots: Vec<Slot>,
    scripts: Vec<ScriptTables>,
    /// Script and number of each letter, capitals as their small letters: 256 · script + number; 0 for what is no letter.
    letters: Vec<u16>,
}

/// A letter as the tables know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letter {
    /// One of a script with n-grams, by its number.
    Known(u8, u8),
    /// One of another script.
    Of(Script),
    /// No letter.
    None,
}

impl Tables {
    /// The tables that are part of the program.
    pub(super) fn built_in() -> Self {
        Self::read(include_bytes!("../../models/language.bin")).unwrap_or_else(|e| panic!("models/language.bin: {e}"))
    }

    /// The language tables as `train/language` writes them, compressed with Zstandard.
    fn read(file: &[u8]) -> std::io::Result<Self> {
        let mut bytes = Vec::new();
        zstd::stream::read::Decoder::new(file)?.read_to_end(&mut bytes)?;
        let mut from = Reader { bytes: &bytes };
        let mut slots = Vec::new();
        let mut scripts = Vec::new();
        let mut letters = vec![0; DIRECT];
        for (number, script) in Script::WITH_TABLES.into_iter().enumerate() {
            let n_slots = from.byte() as usize;
            let first_slot = slots.len();
            for _ in 0..n_slots {
                let language = codes::by_iso639_3(std::str::from_utf8(from.take(3)).unwrap_or_default());
                slots.push(Slot { language, mean: f32::from(from.u16()) / 256.0 * UNITS_PER_NAT });
            }
            let alphabet: Vec<char> = (0..from.byte()).filter_map(|_| char::from_u32(from.u32())).collect();
            number_letters(&mut letters, number, script, &alphabet);
            scripts.push(ScriptTables::read(&mut from, first_slot, n_slots));
        }
        Ok(Self { slots, scripts, letters })
    }

    /// The letter that a character is.
    #[inline]
    pub(super) fn letter(&self, c: char) -> Letter {
        match self.letters.get(c as usize) {
            Some(0) => Letter::None,
            Some(&code) if code >> 8 < Script::WITH_TABLES.len() as u16 => Letter::Known((code >> 8) as u8, code as u8),
            _ => Script::of(c).map_or(Letter::None, Letter::Of),
        }
    }

    /// The slots of a script.
    pub(super) fn slots_of(&self, script: u8) -> std::ops::Range<usize> {
        let tables = &self.scripts[script as usize];
        tables.first_slot..tables.first_slot + tables.n_slots
    }

    /// Number of the script of a slot; behind the last for a candidate without tables.
    pub(super) fn script_of(&self, candidate: usize) -> usize {
        self.scripts.iter().take_while(|tables| tables.first_slot + tables.n_slots <= candidate).count()
    }

    /// What words of a script say, for each of that script's slots. `words` are at most [`MAX_LETTERS`] letters and edges:
    /// an [`EDGE`] at both ends and between words.
    pub(super) fn weigh(&self, script: u8, words: &[u8]) -> [i16; LANES] {
        self.scripts[script as usize].weigh(words)
    }
}

fn number_letters(letters: &mut [u16], script_number: usize, script: Script, alphabet: &[char]) {
    for (code, place) in letters.iter_mut().enumerate() {
        let Some(letter) = char::from_u32(code as u32) else { continue };
        if Script::of(letter) != Some(script) {
            continue;
        }
        let small = lower(letter);
        let known = alphabet.iter().position(|&a| a == small).map_or(STRANGE, |at| at as u8 + EDGE + 1);
        *place = (script_number as u16) << 8 | u16::from(known);
    }
    let others = |c: usize| char::from_u32(c as u32).and_then(Script::of).is_some_and(|s| !Script::WITH_TABLES.contains(&s));
    letters.iter_mut().enumerate().filter(|(c, place)| **place == 0 && others(*c)).for_each(|(_, place)| *place = u16::MAX);
}

impl ScriptTables {
    fn read(from: &mut Reader, first_slot: usize, n_slots: usize) -> Self {
        let mut tables = Self {
            first_slot,
            n_slots,
            rows: vec![Row([0; LANES])],
            row_of: vec![0; 1 << 16],
            ngrams: Default::default(),
            postings: Vec::new(),
        };
        // Columns lie apart, because they compress better so. N-grams come by order, then by their letters.
        let n_long = [0; MAX_ORDER - 2].map(|_| from.u32() as usize);
        let [n_ngrams, n_postings, n_letters] = [0; 3].map(|_| from.u32() as usize);
        let [shared, own, counts] = [0; 3].map(|_| from.take(n_ngrams));
        let mut letters = from.take(n_letters).iter();
        let (lanes_of, values_of) = (from.take(n_postings), from.take(n_postings));
        tables.ngrams = n_long.map(HashTable::for_ngrams);
        let mut key: Vec<u8> = Vec::with_capacity(MAX_ORDER);
        let mut start = 0;
        for i in 0..n_ngrams {
            key.truncate(shared[i] as usize);
            key.extend(letters.by_ref().take(own[i] as usize));
            let end = start + counts[i] as usize;
            let postings = lanes_of[start..end].iter().zip(&values_of[start..end]);
            tables.add(&key, postings.map(|(&lane, &value)| (lane, value as i8)));
            start = end;
        }
        tables
    }

    fn add(&mut self, key: &[u8], postings: impl ExactSizeIterator<Item = (u8, i8)>) {
        match *key {
            [letter] => {
                let row = self.new_row(&[], 0, postings) as u16;
                (0..256).for_each(|before| self.row_of[before << 8 | letter as usize] = row);
            }
            [before, letter] => {
                let at = (before as usize) << 8 | letter as usize;
                self.row_of[at] = self.new_row(&[], self.row_of[at].into(), postings) as u16;
            }
            _ => self.add_long(key, postings),
        }
    }

    fn add_long(&mut self, key: &[u8], postings: impl ExactSizeIterator<Item = (u8, i8)>) {
        let place = if postings.len() > 1 && postings.len() * LANGUAGES_PER_POSTING >= self.n_slots {
            let below = self.known_of(&key[1..]);
            IS_ROW | self.new_row(&below.postings[..below.n_postings as usize], below.row, postings)
        } else {
            let first = self.postings.len() as u32;
            self.postings.extend(postings.map(|(lane, value)| u16::from(lane) << 8 | u16::from(value as u8)));
            if let Some(last) = self.postings.last_mut() {
                *last |= LAST;
            }
            first
        };
        self.ngrams[key.len() - 3].insert(pack(key), place);
    }

    /// A row that says what row `below` says, what the postings at some places add to it, and what `postings` add.
    fn new_row(&mut self, between: &[u32], below: u32, postings: impl Iterator<Item = (u8, i8)>) -> u32 {
        let mut row = self.rows[below as usize].0;
        let mut add = |lane: u8, value: i8| row[lane as usize] = row[lane as usize].saturating_add_signed(value);
        between.iter().for_each(|&first| postings_from(&self.postings, first).for_each(|(lane, value)| add(lane, value)));
        postings.for_each(|(lane, value)| add(lane, value));
        self.rows.push(Row(row));
        self.rows.len() as u32 - 1
    }

    /// What is known of an n-gram's last letter.
    fn known_of(&self, ngram: &[u8]) -> Known {
        let mut known = [Known::default(); MAX_LETTERS];
        self.known(ngram, &mut known);
        known[ngram.len() - 1]
    }

    /// The search for all letters of a text, one order after the other: no search has to wait for another's memory.
    fn known(&self, words: &[u8], known: &mut [Known; MAX_LETTERS]) {
        let mut open = [0u8; MAX_LETTERS];
        let mut n_open = 0;
        let mut word = 0;
        for end in 1..words.len() {
            let packed = u64::from(words[end - 1]) << 8 | u64::from(words[end]);
            let row = self.row_of[packed as usize].into();
            known[end] = Known { packed, row, n_letters: (end + 1 - word).min(MAX_ORDER) as u8, n_postings: 0, postings: [0; 3] };
            open[n_open] = end as u8;
            n_open += 1;
            if words[end] == EDGE {
                word = end;
            }
        }
        for order in 3..=MAX_ORDER {
            let table = &self.ngrams[order - 3];
            let is_long = |end: &u8| known[*end as usize].n_letters as usize >= order;
            let (mut ends, mut n_ends) = ([0u8; MAX_LETTERS], 0);
            for &end in open[..n_open].iter().filter(|end| is_long(end)) {
                ends[n_ends] = end;
                n_ends += 1;
            }
            let mut first = [0u64; MAX_LETTERS];
            for (entry, &end) in first.iter_mut().zip(&ends[..n_ends]) {
                let end = end as usize;
                known[end].packed |= u64::from(words[end + 1 - order]) << (8 * (order - 1));
                *entry = table.first(known[end].packed);
            }
            // What the shorter one does not know, no longer one knows.
            n_open = 0;
            for (&entry, &end) in first.iter().zip(&ends[..n_ends]) {
                let place = &mut known[end as usize];
                if let Some(found) = table.find(place.packed, entry) {
                    place.take(found);
                    open[n_open] = end;
                    n_open += 1;
                }
            }
        }
    }

    fn weigh(&self, words: &[u8]) -> [i16; LANES] {
        let mut known = [Known::default(); MAX_LETTERS];
        self.known(words, &mut known);
        let known = &known[1..words.len()];
        let mut evidence = [0; LANES];
        // A few lanes of all rows, and then the next few: sums stay in registers.
        for (chunk, sums) in evidence.chunks_exact_mut(LANES_AT_A_TIME).enumerate() {
            let mut some = [0i16; LANES_AT_A_TIME];
            for known in known {
                let values = &self.rows[known.row as usize].0[chunk * LANES_AT_A_TIME..][..LANES_AT_A_TIME];
                some.iter_mut().zip(values).for_each(|(sum, value)| *sum += i16::from(*value));
            }
            sums.copy_from_slice(&some);
        }
        for &first in known.iter().flat_map(|known| &known.postings[..known.n_postings as usize]) {
            postings_from(&self.postings, first).for_each(|(lane, value)| evidence[lane as usize] += i16::from(value));
        }
        evidence
    }
}

impl HashTable {
    /// A table that has room for so many; a third of the places stays free, so that a search is short.
    fn for_ngrams(n: usize) -> Self {
        Self { entries: vec![0; n + n / 2 + 1] }
    }

    /// Where the search for an n-gram begins: multiplicative hashing (Knuth, vol. 3, 6.4), and a multiplication in place of
    /// the remainder (Lemire, 2019).
    #[inline]
    fn place(&self, packed: u64) -> usize {
        let hash = packed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        ((hash * self.entries.len() as u64) >> 32) as usize
    }

    #[inline]
    fn next(&self, place: usize) -> usize {
        if place + 1 == self.entries.len() { 0 } else { place + 1 }
    }

    fn insert(&mut self, packed: u64, value: u32) {
        let mut at = self.place(packed);
        while self.entries[at] != 0 {
            at = self.next(at);
        }
        self.entries[at] = packed << 24 | u64::from(value);
    }

    /// The entry that a search begins with.
    #[inline]
    fn first(&self, packed: u64) -> u64 {
        self.entries[self.place(packed)]
    }

    /// What is stored for an n-gram, whose search begins with the entry `first`.
    #[inline]
    fn find(&self, packed: u64, first: u64) -> Option<u32> {
        let mut entry = first;
        let mut at = self.place(packed);
        loop {
            if entry >> 24 == packed {
                return Some((entry & 0xFF_FFFF) as u32);
            }
            if entry == 0 {
                return None;
            }
            at = self.next(at);
            entry = self.entries[at];
        }
    }
}

/// Where the evidence of a letter is: a row, and postings that add to it.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// The longest n-gram so far that ends here.
    packed: u64,
    row: u32,
    /// Letters of the word up to here, as far as they matter.
    n_letters: u8,
    n_postings: u8,
    postings: [u32; MAX_ORDER - 2],
}

impl Known {
    /// What was found for an n-gram that is longer by a letter.
    #[inline]
    fn take(&mut self, place: u32) {
        if place & IS_ROW != 0 {
            self.row = place & !IS_ROW;
            self.n_postings = 0;
        } else {
            self.postings[self.n_postings as usize] = place;
            self.n_postings += 1;
        }
    }
}

/// Postings from a place on, lanes with their evidence, to the last of the n-gram.
#[inline]
fn postings_from(postings: &[u16], first: u32) -> impl Iterator<Item = (u8, i8)> {
    let mut behind_last = false;
    let own = postings[first as usize..].iter().take_while(move |&&posting| {
        let is_own = !behind_last;
        behind_last = posting & LAST != 0;
        is_own
    });
    own.map(|&posting| ((posting >> 8 & 0x7F) as u8, posting as u8 as i8))
}

fn pack(ngram: &[u8]) -> u64 {
    ngram.iter().fold(0, |packed, &letter| packed << 8 | u64::from(letter))
}

/// Numbers from bytes, little endian. The file is part of the program, so what is missing reads as nothing.
struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> &'a [u8] {
        let (taken, rest) = self.bytes.split_at(n);
        self.bytes = rest;
        taken
    }

    fn byte(&mut self) -> u8 {
        self.take(1)[0]
    }

    fn u16(&mut self) -> u16 {
        u16::from(self.byte()) | u16::from(self.byte()) << 8
    }

    fn u32(&mut self) -> u32 {
        u32::from(self.u16()) | u32::from(self.u16()) << 16
    }
}
