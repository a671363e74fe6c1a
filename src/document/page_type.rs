//! The kinds of pages that are told apart.

/// What sort of page it is; the kinds are those of WCXB (arXiv:2605.21097).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageType {
    /// News, blog posts, encyclopedias: one text.
    Article,
    /// A page that presents some things with a text on each or all: a shop's category, a gallery.
    Collection,
    /// Manuals and references.
    Documentation,
    /// Questions, posts and answers.
    Forum,
    /// Many short entries that lead elsewhere: front pages, search results, directories.
    Listing,
    /// One thing that is for sale.
    Product,
    /// What a firm, an office or a club says of itself and what it offers.
    Service,
}

impl PageType {
    /// All of them, by name.
    pub const ALL: [Self; 7] =
        [Self::Article, Self::Collection, Self::Documentation, Self::Forum, Self::Listing, Self::Product, Self::Service];

    /// The name used in the corpus.
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Collection => "collection",
            Self::Documentation => "documentation",
            Self::Forum => "forum",
            Self::Listing => "listing",
            Self::Product => "product",
            Self::Service => "service",
        }
    }
}
