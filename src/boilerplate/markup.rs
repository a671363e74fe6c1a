//! What the markup says of a page besides its text: gathered while it is read, weighed in metadata.rs.

/// Values of one `itemprop` that are kept; pages with lists of articles have hundreds.
const MAX_ITEMPROPS: usize = 64;
/// Times that are kept; lists have hundreds.
const MAX_TIMES: usize = 256;
/// Longer values are content, not facts.
const MAX_VALUE: usize = 1000;

/// Facts as written, in document order.
#[derive(Debug, Default)]
pub(super) struct Markup {
    pub(super) title: String,
    pub(super) language: String,
    pub(super) canonical_url: String,
    pub(super) metas: Vec<Meta>,
    pub(super) itemprops: Vec<(String, String)>,
    pub(super) json_ld: Vec<String>,
    pub(super) times: Vec<Time>,
    /// The HTML of documents that frames show which are no files of their own (`srcdoc`), or that stand in for frames (`<noframes>`).
    pub(super) framed: Vec<String>,
    /// The first heading of the first level.
    pub(super) h1: String,
}

/// A `<meta>` element's content, by one of its names, which is in lower case.
#[derive(Debug)]
pub(super) struct Meta {
    name: String,
    named_by: NamedBy,
    content: String,
}

/// What a `<time>` stands for.
#[derive(Debug)]
pub(super) struct Time {
    pub(super) value: String,
    /// The block that it stands in, or the next one.
    pub(super) block: usize,
    /// The author's class names it as that of a later change.
    pub(super) is_of_change: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NamedBy {
    Name,
    Property,
    Pragma,
}

impl Markup {
    pub(super) fn language(&mut self, lang: &str, xml_lang: &str) {
        if self.language.is_empty() {
            self.language = if lang.is_empty() { xml_lang } else { lang }.trim().to_owned();
        }
    }

    pub(super) fn meta(&mut self, name: &str, property: &str, pragma: &str, content: &str) {
        let content = content.trim();
        if content.is_empty() || content.len() > MAX_VALUE {
            return;
        }
        for (name, named_by) in [(name, NamedBy::Name), (property, NamedBy::Property), (pragma, NamedBy::Pragma)] {
            if !name.is_empty() {
                self.metas.push(Meta { name: name.trim().to_ascii_lowercase(), named_by, content: content.to_owned() });
            }
        }
    }

    pub(super) fn link(&mut self, rel: &str, href: &str) {
        if self.canonical_url.is_empty() && rel.split_ascii_whitespace().any(|r| r.eq_ignore_ascii_case("canonical")) {
            self.canonical_url = href.trim().to_owned();
        }
    }

    pub(super) fn itemprop(&mut self, names: &str, value: impl FnOnce() -> String) {
        const KNOWN: [&str; 3] = ["headline", "author", "datePublished"];
        let Some(name) = names.split_ascii_whitespace().find(|name| KNOWN.contains(name)) else { return };
        if self.itemprops.iter().filter(|(other, _)| other == name).count() < MAX_ITEMPROPS {
            let value = value();
            if value.len() <= MAX_VALUE {
                self.itemprops.push((name.to_owned(), value));
            }
        }
    }

    pub(super) fn time(&mut self, value: String, class: &str, block: usize) {
        let class = class.to_ascii_lowercase();
        let is_of_change = ["modif", "updat"].iter().any(|change| class.contains(change)) && !class.contains("publish");
        if self.times.len() < MAX_TIMES && !value.is_empty() && value.len() <= MAX_VALUE {
            self.times.push(Time { value, block, is_of_change });
        }
    }

    /// The first value of the first of these `<meta>` names that has one.
    pub(super) fn first_meta<'a>(&'a self, names: &[&'a str]) -> Option<&'a str> {
        names.iter().find_map(|name| self.all_metas(name).next())
    }

    pub(super) fn all_metas<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.metas.iter().filter(move |meta| meta.name == name).map(|meta| meta.content.as_str())
    }

    /// The names, in small letters, and values of all `<meta>` elements.
    pub(super) fn all_named_metas(&self) -> impl Iterator<Item = (&str, &str)> {
        self.metas.iter().map(|meta| (meta.name.as_str(), meta.content.as_str()))
    }

    /// The first value of a `<meta>` whose `property` is this, as Open Graph has it.
    pub(super) fn first_property(&self, property: &str) -> Option<&str> {
        let is_wanted = |meta: &&Meta| meta.named_by == NamedBy::Property && meta.name == property;
        self.metas.iter().find(is_wanted).map(|meta| meta.content.as_str())
    }

    /// The values of an `itemprop` that are not blank.
    pub(super) fn all_itemprops<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.itemprops.iter().filter(move |(n, value)| n == name && !value.trim().is_empty()).map(|(_, value)| value.as_str())
    }
}
