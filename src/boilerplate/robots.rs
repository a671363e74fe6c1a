//! The rules that a site has for crawlers, which crawls and copies of sites hold beside the pages.

use url::Url;

use crate::document::{Media, Page};

/// Whether it is the file of such rules (RFC 9309).
pub(super) fn is_robots_txt(page: &Page) -> bool {
    let is_at_its_address = || Url::parse(&page.provenance.url).is_ok_and(|url| url.path() == "/robots.txt");
    page.media != Media::Html && (is_at_its_address() || holds_rules_for_crawlers(&page.text))
}

/// Whether a text names a crawler, has a rule for it, and is nothing but names with their values and comments.
fn holds_rules_for_crawlers(text: &str) -> bool {
    const RULES: [&str; 4] = ["allow", "crawl-delay", "disallow", "sitemap"];
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    let (mut names_crawler, mut has_rule) = (false, false);
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let name = line.split_once(':').map(|(name, _)| name.trim());
        let Some(name) = name.filter(|name| is_name(name)) else { return false };
        names_crawler |= name.eq_ignore_ascii_case("user-agent");
        has_rule |= RULES.iter().any(|rule| name.eq_ignore_ascii_case(rule));
    }
    names_crawler && has_rule
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_names_with_values() {
        let check = |text: &str, expected: bool| assert_eq!(holds_rules_for_crawlers(text), expected, "{text}");
        check("\u{feff}# Keep out\nUser-agent: *\nDisallow: /private/\n", true);
        check("USER-AGENT : x\ncrawl-delay: 5\nX-Other: y", true);
        check("User-agent: *\n", false);
        check("Sitemap: /sitemap.xml", false);
        check("User-agent: *\nDisallow: /\nThese rules are explained below: read on.", false);
        check("", false);
    }
}
