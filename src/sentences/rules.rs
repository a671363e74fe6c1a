//! Where a sentence ends, by rules: what stands before and behind a full stop, in one pass.

use std::collections::HashMap;

use super::abbreviations::{self, Habit};

/// Marks that end a sentence wherever they stand: ideographic, Indic, Armenian, Ethiopic, Arabic, Burmese, Khmer and others.
fn is_strong(c: char) -> bool {
    matches!(
        c,
        '。' | '！'
            | '？'
            | '｡'
            | '।'
            | '॥'
            | '։'
            | '።'
            | '፧'
            | '፨'
            | '؟'
            | '۔'
            | '။'
            | '។'
            | '៕'
            | '᠃'
            | '᠉'
            | '෴'
            | '⸮'
            | '‼'
            | '⁇'
            | '⁈'
    )
}

/// Marks that end a sentence if what follows allows it.
fn is_weak(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '⁉')
}

/// What closes with the sentence that it stands behind.
const CLOSERS: [char; 17] = ['"', '\'', ')', ']', '}', '»', '”', '’', '›', '」', '』', '）', '】', '〉', '》', '＂', '“'];
/// What may open a sentence.
const OPENERS: [char; 18] = ['"', '\'', '(', '[', '{', '«', '“', '‘', '„', '‚', '‹', '¿', '¡', '「', '『', '（', '—', '–'];
/// What stands before an item of a list.
const BULLETS: [char; 4] = ['•', '⁃', '◦', '▪'];
/// Languages that write ordinal numbers with a full stop.
const WITH_ORDINALS: [&str; 20] =
    ["de", "da", "nb", "nn", "fi", "et", "hu", "cs", "sk", "sl", "hr", "bs", "sr", "pl", "tr", "lv", "lt", "is", "eu", "az"];
/// English words that begin a sentence more often than a name goes on, behind an abbreviation that may end one. In English
/// names go on behind most of them, so nothing else is taken for a beginning.
const STARTERS: [&str; 46] = [
    "the", "a", "an", "it", "he", "she", "they", "we", "you", "i", "this", "that", "these", "those", "there", "how", "what",
    "when", "where", "who", "why", "did", "do", "does", "is", "are", "was", "in", "on", "at", "but", "and", "if", "as", "my",
    "his", "her", "our", "their", "after", "before", "however", "for", "its", "have", "please",
];
/// Bytes of a sentence without any mark, behind which it is broken at a blank; a fraction of it for scripts without blanks
/// between words.
const MAX_BYTES: usize = 4000;
const MAX_BYTES_WITHOUT_WORDS: usize = 600;
/// Characters that are looked at for what a mark stands in, so that time is linear: a word, a title, a quotation, an ellipsis with blanks.
const MAX_TOKEN: usize = 80;
const MAX_TITLE: usize = 40;
const MAX_QUOTATION: usize = 400;
const MAX_ELLIPSIS: usize = 12;

/// The rules as one language has them.
pub(super) struct Rules {
    abbreviations: &'static HashMap<&'static str, Habit>,
    is_english: bool,
    has_ordinals: bool,
    is_armenian: bool,
    is_greek: bool,
}

impl Rules {
    pub(super) fn of(language: &str) -> Self {
        Self {
            abbreviations: abbreviations::of(language),
            is_english: abbreviations::has_list_of_english(language),
            has_ordinals: WITH_ORDINALS.contains(&language),
            is_armenian: language == "hy",
            is_greek: language == "el",
        }
    }

    /// Ends of sentences in a paragraph, in bytes: each behind the last character of a sentence. The paragraph's own end is
    /// not among them.
    pub(super) fn ends(&self, text: &str) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut list = ListItems::begun_by(text);
        let mut start = 0;
        let mut is_behind_blank = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let ends_here = if self.is_mark(c) {
                let end = end_of_marks(text, at);
                while chars.next_if(|(next, _)| *next < end).is_some() {}
                self.is_end(text, start, at, end).then_some(end)
            } else if c.is_whitespace() && !is_behind_blank {
                let is_item = list.begins_item(text, at);
                (is_item || is_too_long(text, start, at)).then_some(at)
            } else {
                None
            };
            is_behind_blank = c.is_whitespace();
            if let Some(end) = ends_here
                && end < text.len()
                && !text[start..end].trim().is_empty()
            {
                ends.push(end);
                start = end;
            }
        }
        ends
    }

    fn is_mark(&self, c: char) -> bool {
        is_weak(c) || is_strong(c) || c == ':' && self.is_armenian || c == ';' && self.is_greek
    }

    /// Whether a sentence that began at `start` ends with the marks from `at` and the closers behind them up to `end`.
    fn is_end(&self, text: &str, start: usize, at: usize, end: usize) -> bool {
        let behind = &text[end..];
        let marks = &text[at..end];
        let marks = &marks[..marks.find(|c| !self.is_mark(c)).unwrap_or(marks.len())];
        let has_strong = marks.contains(is_strong);
        let Some(next) = behind.chars().next() else { return true };
        // Words that are left out, and titles of books.
        if text[..at].ends_with('[') || is_in_title(&text[start..at]) {
            return false;
        }
        if has_strong {
            return !next.is_ascii_punctuation() && !CLOSERS.contains(&next);
        }
        if !next.is_whitespace() {
            return is_blank_missing(&text[start..at], behind) && self.is_end_of_word(text, start, at, behind);
        }
        let follower = behind.trim_start();
        let word = follower.trim_start_matches(OPENERS).trim_start();
        let Some(first) = word.chars().next() else { return true };
        if first.is_lowercase() || follower.starts_with([',', ';', ':', ')', ']', '»', '-']) {
            return false;
        }
        if follower.starts_with(['—', '–']) && is_in_quotation(&text[start..at]) {
            return false;
        }
        if marks == "..." && text[..at].ends_with(char::is_whitespace)
            || marks.starts_with('.') && is_spaced_ellipsis(text, at, end)
        {
            return false;
        }
        if marks != "." {
            return true;
        }
        self.is_end_of_word(text, start, at, word)
    }

    /// Whether a single full stop behind a word ends a sentence, before a word that could begin one.
    fn is_end_of_word(&self, text: &str, start: usize, at: usize, next: &str) -> bool {
        let before = &text[start..at];
        let token_start =
            before.rfind(char::is_whitespace).map_or(0, |space| space + before[space..].chars().next().map_or(1, char::len_utf8));
        let token = before[token_start..].trim_start_matches(OPENERS).trim_start_matches(BULLETS);
        let is_first = before[..token_start].trim().trim_start_matches(BULLETS).is_empty();
        let next_word: String = next.chars().take_while(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if token.is_empty() {
            return true;
        }
        if token.chars().all(|c| c.is_ascii_digit()) {
            let is_ordinal = self.has_ordinals && token.len() <= 2;
            return !is_first && !is_ordinal;
        }
        if self.has_ordinals && token.chars().all(|c| "IVXLCDM".contains(c)) {
            return false;
        }
        let mut letters = token.chars();
        if let (Some(letter), None) = (letters.next(), letters.next())
            && letter.is_alphabetic()
        {
            // An initial, or a letter that numbers an item; English "I" is a word, too.
            return letter == 'I' && !is_first && STARTERS.contains(&next_word.as_str());
        }
        let small = token.to_lowercase();
        let known = |word: &str| self.abbreviations.get(word);
        let behind_article = small.rsplit(['\'', '’']).next().unwrap_or_default();
        match known(&small).or_else(|| known(small.trim_end_matches('.'))).or_else(|| known(behind_article)) {
            Some(Habit::GoesOn) => return false,
            Some(Habit::BeforeNumber) => return !next.starts_with(|c: char| c.is_ascii_digit()),
            Some(Habit::MayEnd) => {
                return !next.starts_with(|c: char| c.is_ascii_digit()) && self.may_begin(&next_word);
            }
            None => {}
        }
        let is_dotted = small.contains('.')
            && small.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic));
        !is_dotted || STARTERS.contains(&next_word.as_str())
    }

    /// Whether a word with a capital begins a sentence behind an abbreviation that may end one.
    fn may_begin(&self, word: &str) -> bool {
        !self.is_english || STARTERS.contains(&word) || self.abbreviations.get(word) == Some(&Habit::GoesOn)
    }
}

/// Whether a blank was forgotten between a word in small letters and one that begins with a capital.
fn is_blank_missing(before: &str, behind: &str) -> bool {
    let near = before.char_indices().rev().take(MAX_TOKEN).last().map_or("", |(at, _)| &before[at..]);
    let token = near.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_word = token.chars().rev().take(3).filter(|c| c.is_lowercase()).count() == 3;
    let is_plain = !token.contains(['.', '/', '@', ':', '_']);
    let mut letters = behind.chars();
    let begins_sentence = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    let far = behind.char_indices().nth(MAX_TOKEN).map_or(behind, |(at, _)| &behind[..at]);
    let next = far.split(char::is_whitespace).next().unwrap_or_default();
    is_word && is_plain && begins_sentence && !next.contains(['/', '@', '_', '='])
}

/// Whether a quotation between « and » is not yet closed: what follows with a dash belongs to it.
fn is_in_quotation(before: &str) -> bool {
    before.chars().rev().take(MAX_QUOTATION).find(|c| matches!(c, '«' | '»')) == Some('«')
}

/// Whether a title between 《 and 》 is not yet closed.
fn is_in_title(before: &str) -> bool {
    before.chars().rev().take(MAX_TITLE).find(|c| matches!(c, '《' | '》')) == Some('《')
}

/// Marks of the same sentence end, and the closers that belong to it.
fn end_of_marks(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let marks = rest.trim_start_matches(|c| is_weak(c) || is_strong(c) || matches!(c, ':' | ';'));
    let closed = marks.trim_start_matches(CLOSERS);
    // French has a blank before the closing mark, and one behind it.
    let behind_guillemet = closed.trim_start_matches([' ', '\u{a0}', '\u{202f}']).strip_prefix('»');
    let closed = behind_guillemet.filter(|rest| rest.chars().next().is_none_or(char::is_whitespace)).unwrap_or(closed);
    text.len() - without_citations(closed).len()
}

/// Without numbers of notes in brackets: they belong to the sentence before them.
fn without_citations(mut text: &str) -> &str {
    while let Some((number, _)) = text.strip_prefix('[').and_then(|inside| inside.get(..4).unwrap_or(inside).split_once(']'))
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        text = &text[number.len() + 2..];
    }
    text
}

/// Three full stops with blanks between them: words are left out, and the sentence goes on. Four end it.
fn is_spaced_ellipsis(text: &str, at: usize, end: usize) -> bool {
    let is_dot_before = text[..at].trim_end().ends_with('.') && text[..at].ends_with(' ');
    let is_dot_behind = text[end..].trim_start().starts_with('.');
    let before = text[..at].chars().rev().take(MAX_ELLIPSIS).filter(|c| !c.is_whitespace()).take_while(|c| *c == '.').count();
    is_dot_behind || is_dot_before && before < 3
}

fn is_too_long(text: &str, start: usize, at: usize) -> bool {
    let n_bytes = at - start;
    n_bytes > MAX_BYTES || n_bytes > MAX_BYTES_WITHOUT_WORDS && text[start..at].chars().next_back().is_some_and(is_without_words)
}

/// Letters of Thai, Lao, Burmese and Khmer, which put blanks between phrases.
fn is_without_words(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

/// The numbered items of a list that runs on in one paragraph.
#[derive(Debug)]
struct ListItems {
    last: Option<(u32, String)>,
}

impl ListItems {
    fn begun_by(paragraph: &str) -> Self {
        Self { last: marker(paragraph.trim_start()) }
    }

    /// Whether an item begins behind the blank at `at`: the next number in the style of the one before, or a bullet.
    fn begins_item(&mut self, text: &str, at: usize) -> bool {
        let next = text[at..].trim_start();
        if next.starts_with(BULLETS) {
            self.last = None;
            return true;
        }
        let Some((number, style)) = &self.last else { return false };
        let follower = marker(next).filter(|(next_number, next_style)| *next_number == number + 1 && next_style == style);
        let follows = follower.is_some();
        self.last = follower.or_else(|| self.last.take());
        follows
    }
}

/// The number of an item and how it is written: `1.`, `1)`, `1.)`, `a.`, `a)`.
fn marker(text: &str) -> Option<(u32, String)> {
    let token = &text[..text.find(char::is_whitespace)?];
    let sign = token.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let name = &token[..token.len() - sign.len()];
    if !matches!(sign, "." | ")" | ".)") || name.is_empty() || name.len() > 3 {
        return None;
    }
    let number = match name.as_bytes() {
        [letter @ b'a'..=b'z'] => u32::from(letter - b'a'),
        digits if digits.iter().all(u8::is_ascii_digit) => name.parse().ok()?,
        _ => return None,
    };
    let style = if name.as_bytes()[0].is_ascii_digit() { "1" } else { "a" };
    Some((number, format!("{style}{sign}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` stands where a sentence ends.
    fn check(language: &str, expected: &str) {
        let text = expected.replace('|', "");
        let mut found = String::new();
        let mut start = 0;
        for end in Rules::of(language).ends(&text) {
            found.push_str(&text[start..end]);
            found.push('|');
            start = end;
        }
        found.push_str(&text[start..]);
        assert_eq!(found, expected);
    }

    #[test]
    fn abbreviations_and_initials_go_on() {
        check("en", "Mr. Finch met J. S. Bach's biographer at 5 p.m. in Mt. Airy.| They talked, e.g. about fugues.");
        check("en", "See no. 7 and vol. 3.| The answer was no.| Then she left.");
        check("en", "The firm is Hull & Sons Inc.| It sells rope.");
        check("de", "Dr. Vogel kommt am 3. Oktober, z. B. mit Karl dem IV. Regiment.| Er bleibt bis zum 5. November.");
        check("ru", "Он живёт на ул. Мира, д. 7, т. е. рядом.| Мы зайдём.");
        check("it", "È arrivato l'Ing. Rossi.| Buongiorno!");
    }

    #[test]
    fn numbers_and_addresses_are_left_whole() {
        check("en", "Version 2.0.1 costs $3.50.| See https://www.example.com/a.html or write to J.Doe@example.com.| Thanks.");
    }

    #[test]
    fn quotations_and_brackets_close_with_their_sentence() {
        check("en", "\"Is it late?\" she asked.| (It was.)| He left [...] at once.");
        check("en", "It is long.[1][23]| It is old.[2]");
        check("fr", "« Il pleut. »| Elle ferma la porte.");
        check("ru", "«Прибор врёт, — говорит он. — Он старый».| Все молчат.");
        check("de", "„Komm jetzt!“, rief sie.| „Nein.“| Er blieb.");
        check("zh", "他说：“走吧！”| 然后走了。| 我看过《来吧！爸爸》。");
    }

    #[test]
    fn marks_of_all_scripts_end_sentences() {
        check("hi", "वह आया।| फिर गया।");
        check("hy", "Նա եկավ։| Հետո գնաց:| Վերջ։");
        check("ja", "行った。|帰った。");
        check("ar", "هل وصلت؟| نعم.");
    }

    #[test]
    fn items_of_a_list_begin_sentences() {
        check("en", "1. Fill the tank| 2. Light the fire| 3. Wait");
        check("en", "• Rope| • Tar");
        check("en", "a) bread| b) salt");
    }

    #[test]
    fn blanks_that_were_forgotten_do_not_matter() {
        check("en", "We saw the album.|Then we left.");
        check("en", "It runs on v8.Engine and x.Com here.");
    }

    #[test]
    fn text_without_marks_is_cut_at_blanks() {
        let text = "word ".repeat(2000);
        let ends = Rules::of("en").ends(&text);
        assert!(!ends.is_empty() && ends.windows(2).all(|pair| pair[1] - pair[0] <= MAX_BYTES + 5), "{ends:?}");
    }

    #[test]
    fn the_seed_page_has_traps() {
        check("en", "It met on 8 July.|  Thus far, nothing.");
        check("en", "The Dialogue (S&ED),  with its authoritative; quasi-authoritative; and other texts.");
    }
}
