//! Malay in Arabic letters (Jawi), which the models do not have; it is told by its letters.

/// Letters for ng, ny and g, and those for p and ch that other languages have as well.
const OWN: [char; 4] = ['\u{6A0}', '\u{6BD}', '\u{762}', '\u{6AC}'];
const SHARED: [char; 2] = ['\u{6A4}', '\u{686}'];
/// Of its letters one in so many is one of these, at least; so many of them are its own alone, and all together.
const ONE_IN: usize = 30;
const LEAST_OWN: usize = 1;
const LEAST: usize = 2;

/// Letters of a text that are looked at.
const MAX_LETTERS: usize = 1000;

/// How many letters say that a text is in Jawi; `None` if it is not.
pub(super) fn letters<'a>(text: impl Iterator<Item = &'a str>) -> Option<usize> {
    let (mut n_letters, mut n_own, mut n_shared) = (0, 0, 0);
    for c in text
        .flat_map(str::chars)
        .filter(|c| matches!(c, '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}' | '\u{750}'..='\u{77F}'))
        .take(MAX_LETTERS)
    {
        n_letters += 1;
        n_own += usize::from(OWN.contains(&c));
        n_shared += usize::from(SHARED.contains(&c));
    }
    let n_found = n_own + n_shared;
    (n_own >= LEAST_OWN && n_found >= LEAST && n_found * ONE_IN >= n_letters).then_some(n_found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jawi_is_told_by_its_letters() {
        let check = |text, expected| assert_eq!(letters([text].into_iter()).is_some(), expected, "{text}");
        check("سموا مأنسيا دلاهيركن بيبس دان سامرات دري سڬي كمولياءن، دڠن اورڠ", true);
        check("ڤينتو ايت دبوك", false);
        check("تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں", false);
        check("هەموو مرۆڤەکان بە سەربەستی لەدایک دەبن", false);
    }
}
