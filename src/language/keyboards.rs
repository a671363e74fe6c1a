//! Urdu typed with the Arabic letters for yeh, kaf and heh, and Arabic with the Persian ones: they look alike, and are others.

use memchr::memchr3;

/// Letters that Urdu has and Arabic and Persian have not; one that only Arabic has; those that Arabic has not.
const OF_URDU: [char; 5] = ['ے', 'ں', 'ٹ', 'ڈ', 'ڑ'];
const OF_ARABIC: char = 'ة';
const NOT_OF_ARABIC: [char; 4] = ['پ', 'چ', 'ژ', 'گ'];

/// The text in the letters that its language is written with, each as many bytes as before; `None` if it has them already.
pub(super) fn retyped(text: &str) -> Option<String> {
    let to_urdu = |letter| match letter {
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ه' => 'ہ',
        other => other,
    };
    let to_arabic = |letter| match letter {
        'ی' => 'ي',
        'ک' => 'ك',
        other => other,
    };
    // One of these bytes is the first of each letter that either is told by.
    memchr3(0xD9, 0xDA, 0xDB, text.as_bytes())?;
    if text.contains(OF_URDU) {
        return text.contains(['ي', 'ك']).then(|| text.chars().map(to_urdu).collect());
    }
    let is_arabic = text.contains(['ی', 'ک']) && text.contains(OF_ARABIC) && !text.contains(NOT_OF_ARABIC);
    is_arabic.then(|| text.chars().map(to_arabic).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_those_of_the_language() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(retyped(text).as_deref(), expected);
            assert!(expected.is_none_or(|retyped| retyped.len() == text.len()));
        };
        check("يہ كتاب میرے لیے ہے", Some("یہ کتاب میرے لیے ہے"));
        check("یہ کتاب میرے لیے ہے", None);
        check("المدرسة الکبیرة", Some("المدرسة الكبيرة"));
        check("المدرسة الكبيرة", None);
        check("این کتاب بزرگ است", None);
    }
}
