//! What the markup says of a page besides its text: gathered while it is read, weighed in metadata.rs.

/// Values of one `itemprop` that are kept; pages with lists of articles have hundreds.
const MAX_ITEMPROPS: usize = 64;
/// Times that are kept; lists have hundreds.
const MAX_TIMES: usize = 256;
/// Bytes of a label in a line of its own, and words of one without a colon.
const MAX_LABEL: usize = 40;
const WORDS_OF_LABEL: usize = 4;
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
    /// What stands before it, in the same line or in the one before.
    pub(super) before: String,
    /// Its class or microdata name it as that of something else than the publication.
    pub(super) is_of_other: bool,
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

    pub(super) fn time(&mut self, mut time: Time, class: &str, itemprop: &str) {
        const OTHERS: [&str; 12] =
            ["modif", "updat", "start", "end", "event", "birth", "death", "expire", "valid", "dtstart", "dtend", "datemodif"];
        let names = [class, itemprop].map(str::to_ascii_lowercase);
        let mut words = names.iter().flat_map(|names| names.split([' ', '-', '_']));
        let is_published = names.iter().any(|names| names.contains("publish"));
        time.is_of_other = !is_published && words.any(|word| OTHERS.iter().any(|other| word.starts_with(other)));
        if self.times.len() < MAX_TIMES && time.value.len() <= MAX_VALUE {
            self.times.push(time);
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

/// Whether a line is short enough to say what stands in the next one, and no more than that.
pub(super) fn is_label(line: &str) -> bool {
    line.len() <= MAX_LABEL && (line.ends_with(':') || line.split_whitespace().count() <= WORDS_OF_LABEL)
}
