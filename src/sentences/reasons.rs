//! Why a sentence ends at a place, or goes on, and how likely that is by the reason alone.

/// Why a sentence ends at a place, or goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// A mark that ends sentences wherever it stands.
    StrongMark,
    /// An exclamation mark, a question mark or an ellipsis.
    Mark,
    /// A full stop behind a word like any other.
    Word,
    /// A full stop, and a blank that was forgotten.
    BlankMissing,
    /// A full stop behind signs, or nothing.
    NoWord,
    /// A full stop behind a number.
    Number,
    /// Behind an abbreviation that may end a sentence, before what may begin one.
    MayEnd,
    /// Behind a word that is an abbreviation before numbers only, before another word.
    NotBeforeNumber,
    /// Behind what looks like an initial or an abbreviation, before a word that begins sentences.
    Starter,
    /// Inside a title between 《 and 》, or `[...]` or `(...)`.
    Enclosed,
    /// Inside a word: no blank follows.
    InsideWord,
    /// What follows begins in a small letter.
    SmallLetter,
    /// An abbreviation, before a small letter.
    AbbreviationBeforeSmallLetter,
    /// What follows is a sign that goes on.
    Sign,
    /// A quotation that is not over yet, or is followed by who said it.
    Quotation,
    /// Dots that stand for words.
    Ellipsis,
    /// The number of an item in a list.
    ItemNumber,
    Ordinal,
    Initial,
    /// An abbreviation that never ends a sentence.
    Abbreviation,
    /// An abbreviation, before a number.
    BeforeNumber,
    /// An abbreviation that may end a sentence, before what goes on.
    MayGoOn,
    /// Letters with full stops between them.
    Dotted,
    /// A colon or a semicolon.
    Pause,
    /// A colon or a semicolon before a small letter.
    PauseBeforeSmallLetter,
    /// A colon or a semicolon before a quotation, a bracket or a dash.
    PauseBeforeSign,
    /// Dots that stand for words, before a capital.
    EllipsisBeforeCapital,
    /// The same, with blanks between them.
    EllipsisWithBlanks,
    /// Before a word that begins sentences; here, as in what follows, no mark stands.
    Blank,
    /// Between two addresses.
    AddressBehindAddress,
    /// Behind an address, before a capital.
    BehindAddress,
    /// Between the names of two files, or behind an address, before a dash.
    BeforeItem,
    BeforeRuler,
    BehindRuler,
    /// Before a date and a time in digits.
    BeforeDate,
    /// Behind a date and a time in digits.
    BehindTime,
    /// Behind a smiley, before a capital.
    BehindSmiley,
    /// Behind what closes with `>`.
    BehindPointed,
}

impl Reason {
    /// The logarithm of the odds that a sentence ends, as far as the rules know.
    pub(super) fn log_odds(self) -> f32 {
        match self {
            Self::StrongMark => f32::INFINITY,
            Self::Mark | Self::Word | Self::BlankMissing | Self::NoWord | Self::Number => 4.0,
            Self::Starter => 6.0,
            Self::MayEnd | Self::NotBeforeNumber => 3.0,
            Self::Enclosed | Self::InsideWord | Self::Ellipsis | Self::ItemNumber => f32::NEG_INFINITY,
            Self::AbbreviationBeforeSmallLetter | Self::PauseBeforeSmallLetter => f32::NEG_INFINITY,
            Self::Quotation | Self::PauseBeforeSign | Self::Initial | Self::Abbreviation => -8.0,
            Self::Sign | Self::Ordinal | Self::BeforeNumber | Self::MayGoOn | Self::Dotted => -4.0,
            Self::Pause | Self::EllipsisWithBlanks => -6.0,
            Self::SmallLetter | Self::Blank => -5.0,
            Self::AddressBehindAddress => 4.0,
            Self::BeforeItem | Self::BehindRuler | Self::BehindTime | Self::BehindSmiley => 2.0,
            Self::BehindAddress | Self::BeforeRuler | Self::BeforeDate => 0.0,
            Self::BehindPointed => -1.0,
            Self::EllipsisBeforeCapital => -3.0,
        }
    }
}
