//! Marks that end sentences, and what opens and closes with a sentence.

/// Marks that end a sentence wherever they stand: Unicode's Sentence_Terminal as far as U+FFFF, without those of the Latin, Greek
/// and Cyrillic scripts; the Greek question mark; Tibetan shads.
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
        | '﹖'..='﹗'
        | '！'
        | '？'
        | '｡'
    )
}

/// Marks that end a sentence if what follows allows it.
pub(super) fn is_weak(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '⁉' | '﹒' | '．')
}

/// Marks that end a sentence in some languages, and between some words.
pub(super) fn is_pause(c: char) -> bool {
    matches!(c, ':' | ';')
}

/// Signs of other scripts than the Latin that no sentence begins with.
pub(super) fn is_comma(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：' | '،' | '؛')
}

/// What chooses how the character before it is shown, as a sign or as an emoji: `‼` or `‼️`.
pub(super) fn is_variation(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}')
}

pub(super) fn is_mark(c: char) -> bool {
    is_weak(c) || is_pause(c) || is_strong(c)
}

/// What closes with the sentence that it stands behind.
pub(super) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '}' | '»' | '”' | '’' | '›' | '＂' | '“') || is_east_asian_closer(c)
}

fn is_east_asian_closer(c: char) -> bool {
    matches!(c, '」' | '』' | '）' | '】' | '〉' | '》' | '｣' | '］' | '｝' | '〕' | '〗' | '〙' | '〛' | '〟')
}

/// What may open a sentence.
pub(super) fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '(' | '[' | '{' | '«' | '“' | '‘' | '„' | '‚' | '‹' | '¿' | '¡' | '「' | '『' | '（' | '—' | '–')
}

/// What stands before an item of a list.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '⁃' | '◦' | '▪')
}
