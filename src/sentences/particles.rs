//! Japanese particles, by which a sentence goes on behind a quotation that ends as one does: 「行こう！」と彼は言った。

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

/// Whether what stands behind a quotation goes on with the sentence that it is in.
pub(super) fn go_on(behind: &str) -> bool {
    behind.starts_with(PARTICLES) && !BEGINNINGS.iter().any(|word| behind.starts_with(word))
}
