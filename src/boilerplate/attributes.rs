//! What the attributes of an element say.

use super::facts::Facts;
use super::names::NameId;

/// What an element's attributes say, as far as it matters here.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Attributes<'a> {
    pub(super) class: &'a str,
    pub(super) id: &'a str,
    pub(super) role: &'a str,
    pub(super) style: &'a str,
    pub(super) itemprop: &'a str,
    pub(super) hidden: bool,
    pub(super) aria_hidden: bool,
    /// Of a link, where it leads.
    pub(super) target: Target,
}

/// The same with the names that a page's outline knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) facts: Facts,
    pub(super) class: NameId,
    pub(super) id: NameId,
    pub(super) role: NameId,
    pub(super) itemprop: NameId,
    /// Of a link, where it leads.
    pub(super) target: Target,
}

impl Layout {
    /// That of an element without attributes.
    pub(super) const NONE: Self = Self {
        facts: Facts::NONE,
        class: NameId::NONE,
        id: NameId::NONE,
        role: NameId::NONE,
        itemprop: NameId::NONE,
        target: Target::SameHost,
    };
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Target {
    #[default]
    SameHost,
    OtherHost,
}

impl Target {
    /// Relative addresses stay on the host.
    pub(super) fn of(href: &str, page_host: &str) -> Self {
        let is_path = href.starts_with(['#', '?']) || href.starts_with('/') && !href.starts_with("//");
        if is_path {
            return Self::SameHost;
        }
        let scheme_less = ["https:", "http:", ""].iter().find_map(|scheme| href.strip_prefix(scheme)).unwrap_or(href);
        let Some(address) = scheme_less.strip_prefix("//") else { return Self::SameHost };
        let host = address.split(['/', '?', '#', ':']).next().unwrap_or_default();
        if without_www(host).eq_ignore_ascii_case(without_www(page_host)) { Self::SameHost } else { Self::OtherHost }
    }
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}
