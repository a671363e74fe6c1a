//! Marks that end sentences, what opens and closes with a sentence, and where in a text they are.

use std::sync::LazyLock;

/// Marks that end a sentence wherever they stand: Unicode's Sentence_Terminal, without those of the Latin, Greek and Cyrillic
/// scripts; the Greek question mark; Tibetan shads.
#[inline]
pub(super) fn is_strong(c: char) -> bool {
    !c.is_ascii() && is_strong_beyond_ascii(c)
}

fn is_strong_beyond_ascii(c: char) -> bool {
    matches!(
        c,
        '\u{37E}'
        | '։'
        | '؝'..='؟'
        | '۔'
        | '܀'..='܂'
        | '߹'
        | '࠷'
        | '࠹'
        | '࠽'..='࠾'
        | '।'..='॥'
        | '෴'
        | '།'..='༏'
        | '၊'..='။'
        | '።'
        | '፧'..='፨'
        | '᙮'
        | '᜵'..='᜶'
        | '។'..='៕'
        | '᠃'
        | '᠉'
        | '᥄'..='᥅'
        | '᪨'..='᪫'
        | '᭎'..='᭏'
        | '᭚'..='᭛'
        | '᭞'..='᭟'
        | '᭽'..='᭿'
        | '᰻'..='᰼'
        | '᱾'..='᱿'
        | '‼'..='‽'
        | '⁇'..='⁈'
        | '⳹'..='⳻'
        | '⸮'
        | '⸼'
        | '⹓'..='⹔'
        | '。'
        | '꓿'
        | '꘎'..='꘏'
        | '꛳'
        | '꛷'
        | '꡶'..='꡷'
        | '꣎'..='꣏'
        | '꤯'
        | '꧈'..='꧉'
        | '꩝'..='꩟'
        | '꫰'..='꫱'
        | '꯫'
        | '︒'
        | '︕'..='︖'
        | '！'
        | '？'
        | '｡'
    )
}

/// Marks that end a sentence if what follows allows it.
pub(super) fn is_weak(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '⁉' | '．')
}

/// Marks that end a sentence in some languages, and between some words.
pub(super) fn is_pause(c: char) -> bool {
    matches!(c, ':' | ';')
}

pub(super) fn is_mark(c: char) -> bool {
    is_weak(c) || is_pause(c) || is_strong(c)
}

/// What closes with the sentence that it stands behind.
pub(super) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '}' | '»' | '”' | '’' | '›' | '」' | '』' | '）' | '】' | '〉' | '》' | '＂' | '“')
}

/// What may open a sentence.
pub(super) fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '(' | '[' | '{' | '«' | '“' | '‘' | '„' | '‚' | '‹' | '¿' | '¡' | '「' | '『' | '（' | '—' | '–')
}

/// What stands before an item of a list.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '⁃' | '◦' | '▪')
}

/// Which bytes begin one of a set of texts: for each first byte the second ones, by their low six bits. Others may be among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heads([u64; 256]);

impl Heads {
    pub(super) fn of<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        let mut second_bytes = [0; 256];
        for text in texts {
            match text.as_ref().as_bytes() {
                [first, second, ..] => second_bytes[usize::from(*first)] |= 1 << (second & 63),
                // Any byte may follow.
                [single] => second_bytes[usize::from(*single)] = u64::MAX,
                [] => {}
            }
        }
        Self(second_bytes)
    }

    fn have(&self, near: &[u8]) -> bool {
        self.0[usize::from(near[0])] >> (near[1] & 63) & 1 == 1
    }
}

static MARKS: LazyLock<Heads> =
    LazyLock::new(|| Heads::of(('\0'..='\u{FFFF}').filter(|c| is_mark(*c) || is_bullet(*c)).map(String::from)));

/// Marks, and blanks before anything but digits and small letters: of what may be a capital nothing is left out. Tabs are not
/// among them, for they stand between the cells of a table, whose rows are taken as they are.
static MARKS_AND_BLANKS: LazyLock<Heads> = LazyLock::new(|| {
    let mut heads = MARKS.clone();
    for blank in [b' ', b'\n'] {
        heads.0[usize::from(blank)] = u64::from(u32::MAX);
    }
    heads
});

/// What is to be found beside marks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Blanks<'h> {
    None,
    Before(&'h Heads),
    All,
}

/// Finds the characters of a text at which a sentence may end, and few others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finder<'h> {
    marks: &'static Heads,
    marks_and_blanks: &'static Heads,
    blanks: Blanks<'h>,
}

impl<'h> Finder<'h> {
    pub(super) fn new(blanks: Blanks<'h>) -> Self {
        Self { marks: &MARKS, marks_and_blanks: &MARKS_AND_BLANKS, blanks }
    }

    /// The first place from `from`, which is the beginning of a character.
    pub(super) fn find(self, text: &str, from: usize) -> Option<usize> {
        let Self { marks, marks_and_blanks, blanks } = self;
        let bytes = &text.as_bytes()[from..];
        let is_blank = |byte: u8| byte <= b' ';
        let place = match blanks {
            Blanks::None => bytes.windows(2).position(|near| marks.have(near)),
            Blanks::Before(heads) => {
                let is_place = |near: &[u8]| marks_and_blanks.have(near) && (!is_blank(near[0]) || heads.have(&near[1..]));
                bytes.windows(3).position(is_place)
            }
            Blanks::All => bytes.windows(2).position(|near| marks.have(near) || is_blank(near[0])),
        };
        // At the text's end windows are too short.
        let is_place = |at: &usize| text.is_char_boundary(from + at) && marks.have(&[bytes[*at], 0]);
        let last = || (bytes.len().saturating_sub(2)..bytes.len()).find(is_place);
        place.or_else(last).map(|at| from + at)
    }
}
