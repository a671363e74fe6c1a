//! What n-grams of letters say about languages: for each n-gram the languages that know it, and how much it speaks for them.
//!
//! A language's evidence at a letter is log P(letter | up to four letters before it), by the longest n-gram that the language
//! knows, less a penalty for each letter of context that it does not (stupid backoff: Brants et al., 2007). Tables hold the
//! differences between one order and the next lower one, so that evidence is a sum over the orders, and a language that does
//! not know an n-gram needs no entry. The edges of words are letters.

use std::ops::Range;
use std::sync::OnceLock;

use super::alphabet::{Script, is_optional, lower};
use super::codes;
use crate::document::Language;
use crate::hash::SPREAD;

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
/// Letters are numbered by frequency; those below this are common.
const COMMON: usize = 64;
/// In the place of a letter's number: [`Letter::Optional`].
const OPTIONAL: u16 = EDGE as u16;
/// Letters below this have a place in a table of their own; there are few above, and those need no table.
const DIRECT: usize = 0x3000;
/// In the place of an n-gram: it is that of an addition, not of a row.
const IS_ADDITION: u32 = 0x80_0000;

/// A language in one of the scripts it is written in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) language: Language,
    /// What a letter of running text in this language gives as evidence, on average.
    pub(super) mean: f32,
    /// The same where the marks of letters are left out.
    pub(super) bare_mean: f32,
}

/// A script of the tables. They are unpacked when its first text comes: many crawls have few scripts.
#[derive(Debug)]
struct ScriptPart {
    slots: Range<usize>,
    /// Compressed with Zstandard.
    packed: &'static [u8],
    unpacked: OnceLock<ScriptTables>,
}

/// The tables of one script.
#[derive(Debug)]
struct ScriptTables {
    n_slots: usize,
    /// Evidence of n-grams for all languages, that of the shorter ones included.
    rows: Vec<Row>,
    /// Row of a bigram, or of its second letter alone, by 256 · first + second.
    row_of: Vec<u16>,
    /// Row of a trigram of common letters, or of its end, by 64² · second + 64 · third + first; none for a language that has
    /// its script for itself.
    row_of_common: Vec<u16>,
    /// Longer n-grams, by their order less 3. Each is small by itself, so that those of the shorter ones stay in the cache.
    ngrams: [HashTable; MAX_ORDER - 2],
    /// Evidence of n-grams that few languages know, as what they add to the row of a shorter one. An addition begins with the
    /// number of postings in bits 8 to 15 and the upper bits of the row, then come its lower bits, then the postings: the
    /// lane in bits 8 to 15, evidence in bits 0 to 7.
    additions: Vec<u16>,
}

/// Evidence for the languages of a script, a line of the processor's cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Row([u8; LANES]);

/// N-grams of one order, open addressing: letters in the upper bits of an entry, the place of the row or of the addition in
/// the lower ones; 0 where there is none.
#[derive(Debug, Default)]
struct HashTable {
    entries: Vec<u64>,
}

/// Tables of all scripts.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) slots: Vec<Slot>,
    scripts: Vec<ScriptPart>,
    /// Script and number of each letter, capitals as their small letters: 256 · script + number; 0 for what is no letter, and
    /// [`OPTIONAL`].
    letters: Vec<u16>,
}

/// A letter as the tables know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letter {
    /// One of a script with n-grams, by its number.
    Known(u8, u8),
    /// One of another script.
    Of(Script),
    /// A sign inside a word that it may be written without.
    Optional,
    /// No letter.
    None,
}

impl Tables {
    /// The tables that are part of the program.
    pub(super) fn built_in() -> Self {
        Self::read(include_bytes!("../../models/language.bin"))
    }

    /// The language tables as `train/language` writes them: for each script its slots, its letters, and the rest as one frame
    /// of Zstandard behind its length.
    fn read(bytes: &'static [u8]) -> Self {
        let mut from = Reader { bytes };
        let mut slots = Vec::new();
        let mut scripts = Vec::new();
        let mut alphabets = Vec::new();
        for _ in Script::WITH_TABLES {
            let first_slot = slots.len();
            for _ in 0..from.byte() {
                let language = codes::by_iso639_3(std::str::from_utf8(from.take(3)).unwrap_or_default());
                let [mean, bare_mean] = [0; 2].map(|_| f32::from(from.u16()) / 256.0 * UNITS_PER_NAT);
                slots.push(Slot { language, mean, bare_mean });
            }
            alphabets.push((0..from.byte()).filter_map(|_| char::from_u32(from.u32())).collect());
            let length = from.u32() as usize;
            scripts.push(ScriptPart { slots: first_slot..slots.len(), packed: from.take(length), unpacked: OnceLock::new() });
        }
        let letters = (0..DIRECT as u32).map(|c| char::from_u32(c).map_or(0, |c| number_of(c, &alphabets))).collect();
        Self { slots, scripts, letters }
    }

    /// The letter that a character is.
    #[inline]
    pub(super) fn letter(&self, c: char) -> Letter {
        match self.letters.get(c as usize) {
            Some(0) => Letter::None,
            Some(&OPTIONAL) => Letter::Optional,
            Some(&code) if code >> 8 < Script::WITH_TABLES.len() as u16 => Letter::Known((code >> 8) as u8, code as u8),
            _ => Script::of(c).map_or(Letter::None, Letter::Of),
        }
    }

    /// The slots of a script.
    pub(super) fn slots_of(&self, script: u8) -> Range<usize> {
        self.scripts[script as usize].slots.clone()
    }

    /// Number of the script of a slot; behind the last for a candidate without tables.
    pub(super) fn script_of(&self, candidate: usize) -> usize {
        self.scripts.iter().take_while(|script| script.slots.end <= candidate).count()
    }

    /// What words say at first sight, by trigrams of common letters: a tenth of the work of [`Self::weigh`].
    pub(super) fn skim(&self, script: u8, words: &[u8]) -> [i16; LANES] {
        self.scripts[script as usize].tables().skim(words)
    }

    /// What words of a script say, for each of that script's slots. `words` are at most [`MAX_LETTERS`] letters and edges:
    /// an [`EDGE`] at both ends and between words.
    pub(super) fn weigh(&self, script: u8, words: &[u8]) -> [i16; LANES] {
        self.scripts[script as usize].tables().weigh(words)
    }
}

/// Script and number of a letter, as [`Tables::letters`] has them.
fn number_of(letter: char, alphabets: &[Vec<char>]) -> u16 {
    let Some(script) = Script::of(letter) else { return if is_optional(letter) { OPTIONAL } else { 0 } };
    let Some(number) = Script::WITH_TABLES.iter().position(|s| *s == script) else { return u16::MAX };
    let small = lower(letter);
    let known = alphabets[number].iter().position(|&a| a == small).map_or(STRANGE, |at| at as u8 + EDGE + 1);
    (number as u16) << 8 | u16::from(known)
}

impl ScriptPart {
    #[inline]
    fn tables(&self) -> &ScriptTables {
        self.unpacked.get_or_init(|| self.unpack())
    }

    fn unpack(&self) -> ScriptTables {
        let size = zstd::zstd_safe::get_frame_content_size(self.packed).ok().flatten().unwrap_or_default();
        let bytes = zstd::bulk::decompress(self.packed, size as usize).unwrap_or_else(|e| panic!("models/language.bin: {e}"));
        ScriptTables::read(Reader { bytes: &bytes }, self.slots.len())
    }
}

impl ScriptTables {
    fn read(mut from: Reader, n_slots: usize) -> Self {
        let mut tables = Self {
            n_slots,
            rows: vec![Row([0; LANES])],
            row_of: vec![0; 1 << 16],
            row_of_common: if n_slots > 1 { vec![0; COMMON.pow(3)] } else { Vec::new() },
            ngrams: Default::default(),
            additions: Vec::new(),
        };
        // N-grams come by order, those of one order by their parents, which are without the first letter. Columns lie apart,
        // because they compress better so.
        let n_of_order = [0; MAX_ORDER].map(|_| from.u32() as usize);
        let n_ngrams = n_of_order.iter().sum();
        let n_postings = from.u32() as usize;
        let [letters, n_children, counts] = [0; 3].map(|_| from.take(n_ngrams));
        let (lanes_of, values_of) = (from.take(n_postings), from.take(n_postings));
        // About what is needed: to move tables while they grow takes as long as to make them.
        let n_rows = counts.iter().filter(|&&n_postings| tables.needs_row(n_postings.into())).count();
        tables.rows.reserve(n_rows + n_of_order[0] + n_of_order[1]);
        tables.additions.reserve(2 * (n_ngrams - n_rows) + n_postings);
        let mut entries = [2, 3, 4].map(|order: usize| Vec::with_capacity(n_of_order[order]));
        let mut columns = letters.iter().zip(n_children).zip(counts);
        let mut start = 0;
        let mut parents = vec![(Ngram::default(), n_of_order[0])];
        while !parents.is_empty() {
            let mut with_children = Vec::new();
            for (parent, n_own) in parents {
                for ((&letter, &n_children), &n_postings) in columns.by_ref().take(n_own) {
                    let end = start + usize::from(n_postings);
                    let postings = lanes_of[start..end].iter().zip(&values_of[start..end]);
                    let ngram = tables.add(parent, letter, postings.map(|(&lane, &value)| (lane, value as i8)));
                    if let Some(entries) = ngram.order.checked_sub(3).and_then(|order| entries.get_mut(order)) {
                        entries.push(entry(ngram.packed, ngram.place));
                    }
                    if n_children > 0 {
                        with_children.push((ngram, n_children.into()));
                    }
                    start = end;
                }
            }
            parents = with_children;
        }
        tables.ngrams = entries.map(HashTable::of);
        tables
    }

    /// Adds the n-gram that has one letter more in front than its parent.
    fn add(&mut self, parent: Ngram, letter: u8, postings: impl ExactSizeIterator<Item = (u8, i8)>) -> Ngram {
        let order = parent.order + 1;
        let has_row = order < 3 || self.needs_row(postings.len());
        let place = match has_row {
            true => self.new_row(parent.place, postings),
            false => self.new_addition(parent.place, postings),
        };
        let packed = u64::from(letter) << (8 * parent.order) | parent.packed;
        match order {
            1 => (0..=u8::MAX).for_each(|before| self.set_row(before, letter, place as u16)),
            2 => self.set_row(letter, parent.packed as u8, place as u16),
            _ => {}
        }
        if order == 3 && has_row {
            self.set_common_row(packed, place as u16);
        }
        Ngram { packed, order, place }
    }

    /// Whether an n-gram that so many languages know is added faster as a row.
    fn needs_row(&self, n_postings: usize) -> bool {
        n_postings > 1 && n_postings * LANGUAGES_PER_POSTING >= self.n_slots
    }

    fn set_row(&mut self, before: u8, letter: u8, row: u16) {
        self.row_of[bigram(before, letter)] = row;
        let commons = commons(before, letter);
        self.row_of_common.get_mut(commons).unwrap_or_default().fill(row);
    }

    fn set_common_row(&mut self, trigram: u64, row: u16) {
        let [third, second, first, ..] = trigram.to_le_bytes();
        let common = self.row_of_common.get_mut(commons(second, third)).and_then(|rows| rows.get_mut(first as usize));
        common.into_iter().for_each(|common| *common = row);
    }

    /// A row that says what is at a place and what `postings` add to it.
    fn new_row(&mut self, below: u32, postings: impl Iterator<Item = (u8, i8)>) -> u32 {
        let (row, between) = self.row_and_additions(below);
        let mut row = self.rows[row as usize];
        let between = self.additions[between].iter().map(|&addition| split(addition));
        between.chain(postings).for_each(|(lane, value)| {
            let evidence = &mut row.0[lane as usize];
            *evidence = evidence.saturating_add_signed(value);
        });
        self.rows.push(row);
        self.rows.len() as u32 - 1
    }

    /// The same as an addition.
    fn new_addition(&mut self, below: u32, postings: impl Iterator<Item = (u8, i8)>) -> u32 {
        let (row, between) = self.row_and_additions(below);
        let place = self.additions.len();
        self.additions.extend([0, row as u16]);
        self.additions.extend_from_within(between);
        self.additions.extend(postings.map(|(lane, value)| u16::from(lane) << 8 | u16::from(value as u8)));
        let n_postings = (self.additions.len() - place - 2) as u16;
        self.additions[place] = n_postings << 8 | (row >> 16) as u16;
        IS_ADDITION | place as u32
    }

    /// The place of the longest n-gram that is known, of at most `order` letters; `packed` are those or more.
    #[inline]
    fn place_of(&self, packed: u64, order: usize) -> u32 {
        for order in (3..=order).rev() {
            if let Some(place) = self.ngrams[order - 3].find(packed & !(!0 << (8 * order))) {
                return place;
            }
        }
        self.row_of[packed as usize & 0xFFFF].into()
    }

    /// The row of a place, and where the additions are that it needs.
    #[inline]
    fn row_and_additions(&self, place: u32) -> (u32, Range<usize>) {
        if place & IS_ADDITION == 0 {
            return (place, 0..0);
        }
        let at = (place & !IS_ADDITION) as usize;
        let row = u32::from(self.additions[at] & 0xFF) << 16 | u32::from(self.additions[at + 1]);
        (row, at + 2..at + 2 + usize::from(self.additions[at] >> 8))
    }

    fn skim(&self, words: &[u8]) -> [i16; LANES] {
        let mut rows = [0; MAX_LETTERS];
        let (mut first, mut second) = (0, words[0]);
        for (row, &third) in rows.iter_mut().zip(&words[1..]) {
            let common = self.row_of_common.get(commons(second, third)).and_then(|rows| rows.get(first as usize));
            *row = common.unwrap_or_else(|| &self.row_of[bigram(second, third)]).to_owned().into();
            // No n-gram goes beyond the edge of a word.
            (first, second) = (if third == EDGE { 0 } else { second }, third);
        }
        let mut evidence = [0; LANES];
        self.add_rows(&rows[..words.len() - 1], &mut evidence);
        evidence
    }

    /// Where the evidence of each letter but the first is.
    fn places(&self, words: &[u8]) -> [u32; MAX_LETTERS] {
        let mut searches = [Search::default(); MAX_LETTERS];
        let (mut packed, mut order) = (u64::from(EDGE), 1);
        // The longest n-gram is nearly always known. All of them are read before the first is looked at: reading takes long,
        // and none has to wait for another.
        for (search, &letter) in searches.iter_mut().zip(&words[1..]) {
            packed = packed << 8 | u64::from(letter);
            order = MAX_ORDER.min(order + 1);
            *search = self.search(packed, order);
            if letter == EDGE {
                (packed, order) = (u64::from(EDGE), 1);
            }
        }
        let mut places = [0; MAX_LETTERS];
        for (place, search) in places.iter_mut().zip(&searches[..words.len() - 1]) {
            *place = if ngram_of(search.entry) == search.packed {
                place_in(search.entry)
            } else {
                self.place_of(search.packed, search.order)
            };
        }
        places
    }

    #[inline]
    fn search(&self, packed: u64, order: usize) -> Search {
        if order < 3 {
            return Search { packed, order, entry: entry(packed, self.row_of[packed as usize & 0xFFFF].into()) };
        }
        let packed = packed & !(!0 << (8 * order));
        Search { packed, order, entry: self.ngrams[order - 3].first(packed) }
    }

    fn weigh(&self, words: &[u8]) -> [i16; LANES] {
        let mut rows = self.places(words);
        let rows = &mut rows[..words.len() - 1];
        let mut evidence = [0; LANES];
        for place in &mut *rows {
            let (row, additions) = self.row_and_additions(*place);
            *place = row;
            for &addition in &self.additions[additions] {
                let (lane, value) = split(addition);
                evidence[lane as usize] += i16::from(value);
            }
        }
        self.add_rows(rows, &mut evidence);
        evidence
    }

    /// A few lanes of all rows, and then the next few: sums stay in registers.
    fn add_rows(&self, rows: &[u32], evidence: &mut [i16; LANES]) {
        for (chunk, sums) in evidence.chunks_exact_mut(LANES_AT_A_TIME).enumerate() {
            let mut some = [0i16; LANES_AT_A_TIME];
            for &row in rows {
                let values = &self.rows[row as usize].0[chunk * LANES_AT_A_TIME..][..LANES_AT_A_TIME];
                some.iter_mut().zip(values).for_each(|(sum, value)| *sum += i16::from(*value));
            }
            sums.iter_mut().zip(some).for_each(|(sum, some)| *sum += some);
        }
    }
}

impl HashTable {
    /// A table of these entries; a third of the places stays free, so that a search is short.
    fn of(entries: Vec<u64>) -> Self {
        let mut table = Self { entries: vec![0; entries.len() + entries.len() / 2 + 1] };
        // One after the other without other work in between: the processor waits for many places at a time.
        entries.into_iter().for_each(|entry| table.insert(entry));
        table
    }

    /// Where the search for an n-gram begins: multiplicative hashing, and a multiplication in place of the remainder
    /// (Lemire, 2019).
    #[inline]
    fn place(&self, packed: u64) -> usize {
        let hash = packed.wrapping_mul(SPREAD) >> 32;
        ((hash * self.entries.len() as u64) >> 32) as usize
    }

    #[inline]
    fn next(&self, place: usize) -> usize {
        if place + 1 == self.entries.len() { 0 } else { place + 1 }
    }

    fn insert(&mut self, entry: u64) {
        let mut at = self.place(ngram_of(entry));
        while self.entries[at] != 0 {
            at = self.next(at);
        }
        self.entries[at] = entry;
    }

    /// The entry that a search for an n-gram begins with.
    #[inline]
    fn first(&self, packed: u64) -> u64 {
        self.entries[self.place(packed)]
    }

    /// What is stored for an n-gram.
    #[inline]
    fn find(&self, packed: u64) -> Option<u32> {
        let mut at = self.place(packed);
        loop {
            let entry = self.entries[at];
            if ngram_of(entry) == packed {
                return Some(place_in(entry));
            }
            if entry == 0 {
                return None;
            }
            at = self.next(at);
        }
    }
}

/// Bits of an entry that hold a place.
const PLACE_BITS: u32 = 24;

#[inline]
fn entry(packed: u64, place: u32) -> u64 {
    packed << PLACE_BITS | u64::from(place)
}

#[inline]
fn ngram_of(entry: u64) -> u64 {
    entry >> PLACE_BITS
}

#[inline]
fn place_in(entry: u64) -> u32 {
    entry as u32 & !(!0 << PLACE_BITS)
}

/// An n-gram of the tables.
#[derive(Debug, Clone, Copy, Default)]
struct Ngram {
    packed: u64,
    order: usize,
    place: u32,
}

/// An n-gram that is searched for, and the first entry that may be its own.
#[derive(Debug, Clone, Copy, Default)]
struct Search {
    packed: u64,
    order: usize,
    entry: u64,
}

/// Lane and evidence of an addition.
#[inline]
fn split(addition: u16) -> (u8, i8) {
    ((addition >> 8) as u8, addition as u8 as i8)
}

/// The place of a bigram in [`ScriptTables::row_of`].
#[inline]
fn bigram(first: u8, second: u8) -> usize {
    (first as usize) << 8 | second as usize
}

/// The places of the trigrams in [`ScriptTables::row_of_common`] that end with two letters; beyond the last if one is rare.
#[inline]
fn commons(second: u8, third: u8) -> Range<usize> {
    let [second, third] = [second as usize, third as usize];
    let start = if second.max(third) < COMMON { (second * COMMON + third) * COMMON } else { COMMON.pow(3) };
    start..start + COMMON
}

/// Numbers from bytes, little endian. The file is part of the program, so nothing of it is missing.
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
