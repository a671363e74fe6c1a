//! What stands beside a place of a text: as many bytes as are looked at, so that time is linear.

/// The beginning of a text: so many bytes, without a character that they end inside of.
pub(crate) fn beginning_of(text: &str, n_bytes: usize) -> &str {
    &text[..text.floor_char_boundary(n_bytes)]
}

/// The end of a text: so many bytes, and the rest of a character that they begin inside of.
pub(crate) fn end_of(text: &str, n_bytes: usize) -> &str {
    &text[text.floor_char_boundary(text.len().saturating_sub(n_bytes))..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_not_cut() {
        let texts = |n_bytes: usize| [beginning_of("größe", n_bytes), end_of("größe", n_bytes)];
        assert_eq!([0, 3, 4, 5, 9].map(texts), [["", ""], ["gr", "ße"], ["grö", "öße"], ["grö", "öße"], ["größe", "größe"]]);
    }
}
