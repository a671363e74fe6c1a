//! Part of a longer text, so that it can be read and copied sixteen bytes at a time.

use crate::lanes::N_LANES;

/// Part of a text, in bytes. What stands behind it can be looked at along with it, though it does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) whole: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'a> Part<'a> {
    pub(super) fn as_str(self) -> &'a str {
        &self.whole[self.start..self.end]
    }

    /// Appends it. A short one takes what stands behind it along and leaves that again: copies of a known length are faster.
    #[inline(always)]
    pub(super) fn push_to(self, out: &mut String) {
        let length = out.len() + (self.end - self.start);
        match self.whole.get(self.start..self.start + N_LANES) {
            Some(sixteen) if self.end - self.start <= N_LANES => {
                out.push_str(sixteen);
                out.truncate(length);
            }
            _ => out.push_str(self.as_str()),
        }
    }
}

impl<'a> From<&'a str> for Part<'a> {
    fn from(whole: &'a str) -> Self {
        Self { whole, start: 0, end: whole.len() }
    }
}
