//! What a sentence goes on with behind a quotation that ends as one does: Japanese particles, 「行こう！」と彼は言った。, and who said
//! it in Chinese, “走吧！”他说。

/// Particles that no sentence begins with, but in the words of [`BEGINNINGS`].
const PARTICLES: [char; 7] = ['と', 'を', 'が', 'の', 'に', 'は', 'も'];
/// Words that begin as particles do, and begin sentences.
const BEGINNINGS: [&str; 26] = [
    "とある",
    "とうとう",
    "ときどき",
    "ときに",
    "とくに",
    "ところ",
    "とっても",
    "とても",
    "となり",
    "とにかく",
    "とはいえ",
    "ともあれ",
    "ともかく",
    "とりあえず",
    "とりわけ",
    "がんば",
    "がっかり",
    "のち",
    "にも",
    "はい",
    "はじめ",
    "はたして",
    "もう",
    "もし",
    "もち",
    "もっと",
];

/// Words that begin as none of them, and begin no sentence.
const OTHERS: [&str; 3] = ["など", "なんて", "って"];
/// Chinese verbs that say that somebody spoke.
const SAID: [char; 7] = ['说', '說', '道', '问', '問', '喊', '叫'];
/// Words that end with one of them, and say something else: that somebody knows or hears, or streets, reports and novels.
#[rustfmt::skip]
const NOT_SAID: [&str; 15] = [
    "知道", "听说", "聽說", "小说", "小說", "街道", "小道", "轨道", "渠道", "频道", "味道", "报道", "報道", "学问", "访问",
];
/// Characters of the name of who spoke, with the verb.
const MAX_SPEAKER: usize = 8;

/// Whether what stands behind a quotation goes on with the sentence that it is in.
pub(super) fn go_on(behind: &str) -> bool {
    let begins_with_particle = || behind.starts_with(PARTICLES) && !BEGINNINGS.iter().any(|word| behind.starts_with(word));
    !behind.starts_with(|c: char| c.is_ascii())
        && (begins_with_particle() || OTHERS.iter().any(|word| behind.starts_with(word)) || says_who_spoke(behind))
}

/// Whether nothing but the name of who spoke follows up to the end of the sentence.
fn says_who_spoke(behind: &str) -> bool {
    let mut end = behind.char_indices().take(MAX_SPEAKER + 1).skip_while(|(_, c)| c.is_alphabetic());
    end.next().is_some_and(|(at, c)| {
        let (speaker, is_end) = (&behind[..at], c == '。');
        is_end && speaker.ends_with(SAID) && !NOT_SAID.iter().any(|word| speaker.ends_with(word))
    })
}
