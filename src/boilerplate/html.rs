//! The same as the scanner by way of scraper's DOM, which never leaves this file: what the scanner is held against.

use ego_tree::iter::Edge;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use scraper::node::Element;
use scraper::{Html, HtmlTreeSink, Node};

use super::attributes::has_word;
use super::builder::Builder;
use super::images;
use super::markup::Markup;
use super::part::Part;
use super::scanner::Scanned;
use super::tag::Tag;

type NodeRef<'a> = ego_tree::NodeRef<'a, Node>;

/// Parses a page. Text inside `<noscript>` is read as markup, as it is by a browser without scripts.
pub(super) fn outline(html: &str, page_host: &str) -> Scanned {
    let options =
        ParseOpts { tree_builder: TreeBuilderOpts { scripting_enabled: false, ..Default::default() }, ..Default::default() };
    let dom = parse_document(HtmlTreeSink::new(Html::new_document()), options).one(html);
    let mut reading = Reading { page_host, builder: Builder::new(html.len()), markup: Markup::default(), invisible: 0 };
    for edge in dom.tree.root().traverse() {
        match edge {
            Edge::Open(node) => reading.enter(node.value(), node),
            Edge::Close(node) => reading.leave(node.value()),
        }
    }
    Scanned { outline: reading.builder.finish(), markup: reading.markup, is_depth_limited: false }
}

struct Reading<'a> {
    page_host: &'a str,
    builder: Builder,
    markup: Markup,
    /// Open elements whose content is no text of the page.
    invisible: usize,
}

impl<'a> Reading<'a> {
    fn enter(&mut self, value: &'a Node, node: NodeRef<'a>) {
        match value {
            Node::Text(text) if self.invisible == 0 => self.builder.text(Part::from(&**text)),
            Node::Element(element) => self.enter_element(element, node),
            _ => {}
        }
    }

    fn enter_element(&mut self, element: &'a Element, node: NodeRef<'a>) {
        let tag = Tag::from_name(element.name().as_bytes());
        self.note(tag, element, node);
        match tag {
            _ if tag.is_invisible() => self.invisible += 1,
            _ if self.invisible > 0 => {}
            Tag::Br => self.builder.line_break(),
            _ => {
                if tag == Tag::Img {
                    self.image(element);
                }
                let layout = self.builder.layout(self.page_host, tag, |attribute| element.attr(attribute.name()));
                let is_word = tag == Tag::Button && self.builder.is_inside_line() && goes_on_behind(node);
                self.builder.open(if is_word { Tag::Span } else { tag }, &layout);
            }
        }
    }

    fn image(&mut self, element: &Element) {
        let [alternative, class] = ["alt", "class"].map(|name| element.attr(name).unwrap_or_default());
        if let Some(text) = images::text_of(alternative, class) {
            self.builder.text(Part::from(text));
        }
    }

    fn leave(&mut self, value: &Node) {
        let Node::Element(element) = value else { return };
        match Tag::from_name(element.name().as_bytes()) {
            Tag::Br => {}
            tag if tag.is_invisible() => self.invisible -= 1,
            _ if self.invisible == 0 => self.builder.close(),
            _ => {}
        }
    }

    /// Takes over what an element says of the page.
    fn note(&mut self, tag: Tag, element: &Element, node: NodeRef<'a>) {
        let attribute = |name| element.attr(name).unwrap_or_default();
        let text = || text_of(node);
        match element.name() {
            "html" => {
                self.markup.language(attribute("lang"), attribute("xml:lang"));
                self.builder.declare_language(&self.markup.language);
            }
            "title" if self.markup.title.is_empty() => self.markup.title = text(),
            "meta" => self.markup.meta(attribute("name"), attribute("property"), attribute("http-equiv"), attribute("content")),
            "link" => self.markup.link(attribute("rel"), attribute("href")),
            "script" if attribute("type").eq_ignore_ascii_case("application/ld+json") => self.markup.json_ld.push(text()),
            "iframe" => self.markup.framed.extend(element.attr("srcdoc").map(str::to_owned)),
            "noframes" => self.markup.framed.push(text()),
            _ => {}
        }
        if tag == Tag::Time && !attribute("datetime").is_empty() {
            let time = self.builder.time(attribute("datetime").into());
            self.markup.time(time, attribute("class"), attribute("itemprop"));
        }
        let is_date = || has_word(attribute("itemprop"), "datePublished") || has_word(attribute("class"), "published");
        let expansion = if tag == Tag::Other && is_date() { element.attr("title") } else { None };
        if !attribute("itemprop").is_empty() {
            let value = ["content", "datetime"].into_iter().find_map(|name| element.attr(name)).or(expansion);
            let names = attribute("itemprop");
            let text = || if has_word(names, "author") { author_in(node).unwrap_or_else(text) } else { text() };
            self.markup.itemprop(names, || value.map_or_else(text, str::to_owned));
        }
        if let (Some(date), "") = (expansion, attribute("itemprop")) {
            self.markup.itemprop("datePublished", || date.to_owned());
        }
        if has_word(attribute("rel"), "author") && tag == Tag::A {
            self.markup.itemprop("author", || author_in(node).unwrap_or_else(text));
        }
    }
}

/// The first name that is marked up inside an author.
fn author_in(author: NodeRef<'_>) -> Option<String> {
    let named = |node: &NodeRef<'_>| {
        node.value().as_element().is_some_and(|element| element.attr("itemprop").is_some_and(|names| has_word(names, "name")))
    };
    let name = author.descendants().skip(1).find(named)?;
    let given = name.value().as_element().and_then(|element| element.attr("content"));
    Some(given.map_or_else(|| text_of(name), str::to_owned))
}

/// The text inside an element, with a blank at line breaks and at the edges of blocks.
fn text_of(node: NodeRef<'_>) -> String {
    let mut text = String::new();
    for edge in node.children().flat_map(|child| child.traverse()) {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        match node.value() {
            Node::Text(part) if matches!(edge, Edge::Open(_)) => text.push_str(part),
            Node::Element(element) => {
                let tag = Tag::from_name(element.name().as_bytes());
                if tag.is_block() || tag == Tag::Br {
                    text.push(' ');
                }
            }
            _ => {}
        }
    }
    text
}

/// Whether a button has no blocks inside and its line goes on behind it.
fn goes_on_behind(button: NodeRef<'_>) -> bool {
    let is_edge = |node: NodeRef<'_>| {
        let tag = node.value().as_element().map(|element| Tag::from_name(element.name().as_bytes()));
        tag.is_some_and(|tag| tag.is_block() || tag == Tag::Br)
    };
    let round = button.ancestors().take_while(|node| !is_edge(*node));
    let behind = std::iter::once(button).chain(round).flat_map(|node| node.next_siblings());
    let line_behind = behind.flat_map(|node| node.descendants()).take_while(|node| !is_edge(*node));
    let has_text = |node: NodeRef<'_>| node.value().as_text().is_some_and(|text| text.contains(char::is_alphanumeric));
    !button.descendants().skip(1).any(is_edge) && line_behind.into_iter().any(has_text)
}
