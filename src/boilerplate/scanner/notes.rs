//! What the page's tags say of the page: its language, its author, its dates.

use super::{Capture, Scanner};
use crate::boilerplate::attributes::{Attribute, has_word};
use crate::boilerplate::references;
use crate::boilerplate::tag::Tag;

/// Properties whose elements hold what the page says of itself. Others, such as comments and pictures, have authors and dates of their own.
const HOLDERS: [&str; 7] = ["articleBody", "blogPost", "mainContentOfPage", "mainEntity", "mainEntityOfPage", "text", "url"];

impl Scanner<'_> {
    /// Takes over what a start tag says of the page.
    pub(super) fn note(&mut self, tag: Tag) {
        let raw = self.tokenizer.attributes();
        let itemprop = raw.get(Attribute::Itemprop);
        let has = |attribute, word| raw.get(attribute).is_some_and(|words| has_word(words, word));
        let is_date = || has(Attribute::Itemprop, "datePublished") || has(Attribute::Class, "published");
        // The element is `abbr`, which has no tag of its own, in all but a few cases.
        let expansion = if tag == Tag::Other && is_date() { raw.get(Attribute::Title) } else { None };
        if itemprop.is_none() && expansion.is_none() && !matches!(tag, Tag::Html | Tag::Meta | Tag::Link | Tag::Time | Tag::A) {
            return;
        }
        let by_author = tag == Tag::A && has(Attribute::Rel, "author");
        let given = raw.get(Attribute::Content).or(raw.get(Attribute::Datetime)).or(expansion);
        self.note_of_page(tag);
        let names = match itemprop.filter(|names| !names.is_empty()) {
            Some(names) => names,
            None if by_author => "author",
            None if expansion.is_some() => "datePublished",
            None => return,
        };
        match given {
            _ if self.is_name_of_author(names) => self.note_name(tag),
            Some(given) => self.markup.itemprop(names, || references::decoded_value(given)),
            None if HOLDERS.iter().any(|holder| has_word(names, holder)) => {}
            None => self.begin_capture(tag, names),
        }
    }

    /// Takes over what the elements say that are there for that.
    fn note_of_page(&mut self, tag: Tag) {
        let raw = self.tokenizer.attributes();
        let value = |attribute| raw.get(attribute).map(references::decoded_value).unwrap_or_default();
        match tag {
            Tag::Html => {
                self.markup.language(&value(Attribute::Lang), &value(Attribute::XmlLang));
                self.builder.declare_language(&self.markup.language);
            }
            Tag::Meta => self.markup.meta(
                &value(Attribute::Name),
                &value(Attribute::Property),
                &value(Attribute::HttpEquiv),
                &value(Attribute::Content),
            ),
            Tag::Link => self.markup.link(raw.get(Attribute::Rel).unwrap_or_default(), &value(Attribute::Href)),
            Tag::Time if raw.get(Attribute::Datetime).is_some_and(|time| !time.is_empty()) => {
                let [class, itemprop] = [Attribute::Class, Attribute::Itemprop].map(|name| raw.get(name).unwrap_or_default());
                self.markup.time(self.builder.time(value(Attribute::Datetime)), class, itemprop);
            }
            _ => {}
        }
    }

    fn is_name_of_author(&self, names: &str) -> bool {
        has_word(names, "name") && self.capture.as_ref().is_some_and(|capture| has_word(&capture.name, "author"))
    }

    /// The name inside an author is the author; what stands beside it, dates and the like, is not.
    fn note_name(&mut self, tag: Tag) {
        match self.tokenizer.attributes().get(Attribute::Content) {
            Some(given) => {
                self.capture = None;
                self.markup.itemprop("author", || references::decoded_value(given));
            }
            None if tag.is_void() => {}
            None => self.capture = Some(Capture { below: self.open.len(), name: "author".into(), text: String::new() }),
        }
    }

    /// Words on both sides of a line break or of a block's edge are two.
    pub(super) fn part_captured_words(&mut self, tag: Tag) {
        if let Some(capture) = &mut self.capture
            && (tag.is_block() || tag == Tag::Br)
        {
            capture.text.push(' ');
        }
    }

    fn begin_capture(&mut self, tag: Tag, name: &str) {
        if self.capture.is_none() && !tag.is_void() {
            self.capture = Some(Capture { below: self.open.len(), name: name.to_owned(), text: String::new() });
        }
    }

    pub(super) fn end_capture(&mut self, height: usize) {
        if self.capture.as_ref().is_some_and(|capture| height <= capture.below)
            && let Some(capture) = self.capture.take()
        {
            self.markup.itemprop(&capture.name, || capture.text);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::boilerplate::html;
    use crate::boilerplate::scanner::scan;

    /// What a page says of itself in microdata, by both engines.
    fn check(page: &str, itemprop: &str, expected: &[&str]) {
        for scanned in [scan(page, ""), html::outline(page, "")] {
            let values = scanned.markup.all_itemprops(itemprop);
            let values: Vec<String> = values.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            assert_eq!(values, expected, "{page}");
        }
    }

    #[test]
    fn the_name_inside_an_author_is_the_author() {
        let author = |inside: &str| format!("<p itemprop='author' itemscope>{inside} - <time>1 May, 9:00</time></p>");
        check(
            &author("By <span itemprop='name'>Ann <b>Hill</b></span>, <i itemprop='jobTitle'>reporter</i>"),
            "author",
            &["Ann Hill"],
        );
        check(&author("<meta itemprop='url name' content='Ann &amp; Bob'>"), "author", &["Ann & Bob"]);
        check(&author("<img itemprop='image'>Ann Hill"), "author", &["Ann Hill - 1 May, 9:00"]);
        check("<a rel='author'><span itemprop='name'>Ann Hill</span> (editor)</a>", "author", &["Ann Hill"]);
        check("<div itemprop='review'><p itemprop='name'>A harbour</p></div>", "author", &[]);
    }

    #[test]
    fn facts_are_found_inside_of_what_holds_the_text() {
        let author = "<i itemprop='author'>Ann Hill</i>";
        check(&format!("<div itemprop='x mainContentOfPage'>The {author}</div>"), "author", &["Ann Hill"]);
        let page = format!("<div itemprop='comment'>{author}</div><i itemprop='author'>Bob West</i>");
        let scanned = scan(&page, "");
        assert_eq!(scanned.markup.all_itemprops("author").collect::<Vec<_>>(), ["Bob West"]);
    }

    #[test]
    fn words_of_different_lines_stay_apart() {
        let headline = |inside: &str| format!("<div itemprop='headline'>{inside}</div>");
        check(&headline("Harbour storms<br>damage the <b>pi</b>er"), "headline", &["Harbour storms damage the pier"]);
        check(&headline("Harbour storms<p>damage<div>the</div>pier"), "headline", &["Harbour storms damage the pier"]);
        check(&headline("Harbour<hr/>storms"), "headline", &["Harbour storms"]);
    }

    #[test]
    fn times_are_told_with_what_stands_before_them() {
        let check = |page: &str, expected: (&str, bool)| {
            for scanned in [scan(page, ""), html::outline(page, "")] {
                let time = &scanned.markup.times[0];
                assert_eq!((time.before.as_str(), time.is_of_other), expected, "{page}");
            }
        };
        let time = "<time datetime='2012-03-17' class='x'>May</time>";
        check(&format!("<p>By Ann<br>Last updated {time}"), ("Last updated", false));
        check(&format!("<div>Updated:</div><div>{time}</div>"), ("Updated:", false));
        check(&format!("<h1>Harbour review</h1><p>{time}"), ("", false));
        check(&format!("<p>{}</p><p>{time}", "The ferry was updated. ".repeat(9)), ("", false));
        for (names, expected) in [("'y' itemprop='dateModified'", true), ("'updated published'", false), ("'dt-start'", true)] {
            check(&format!("<p>{}", time.replace("'x'", names)), ("", expected));
        }
    }

    #[test]
    fn what_an_abbreviated_date_stands_for_is_the_date() {
        let date = "<abbr class='x published' title='2012-08-09T05:53:00-04:00'>5:53 AM</abbr>";
        check(date, "datePublished", &["2012-08-09T05:53:00-04:00"]);
        check(&date.replace("class='x published'", "itemprop='datePublished'"), "datePublished", &["2012-08-09T05:53:00-04:00"]);
        check(&date.replace("published", "unpublished"), "datePublished", &[]);
        check("<span itemprop='datePublished' title='Date'>9 May 2012</span>", "datePublished", &["9 May 2012"]);
        check("<cite itemprop='author' title='All of Ann'>Ann Hill</cite>", "author", &["Ann Hill"]);
    }
}
