//! The stack of open elements (HTML standard, 13.2.4.2), and what is in scope on it.

use super::tag::Tag;

/// By which rules an element is read, and what is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    Html,
    /// It belongs to SVG or MathML.
    Foreign,
    /// The same, but HTML is read inside.
    IntegrationPoint,
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenElement {
    pub(super) tag: Tag,
    /// Hash of the name in lower case: it tells elements apart that have no tag of their own.
    pub(super) name: u32,
    pub(super) rules: Rules,
    /// Its end tag came while blocks were open inside; it ends with the last of them.
    pub(super) is_detached: bool,
    /// The outline knows of it.
    pub(super) is_shown: bool,
}

/// The stack. Nothing here takes longer than the stack is high, which is bounded.
#[derive(Debug)]
pub(super) struct OpenElements {
    stack: Vec<OpenElement>,
    /// How many elements of each tag are open in HTML, so that most end tags of what is not open cost nothing.
    counts: [u16; Tag::COUNT],
}

impl OpenElements {
    pub(super) fn new() -> Self {
        Self { stack: Vec::new(), counts: [0; Tag::COUNT] }
    }

    pub(super) fn len(&self) -> usize {
        self.stack.len()
    }

    pub(super) fn top(&self) -> Option<&OpenElement> {
        self.stack.last()
    }

    /// The tag of the innermost one.
    pub(super) fn innermost(&self) -> Tag {
        self.top().map_or(Tag::Html, |top| top.tag)
    }

    pub(super) fn at(&self, position: usize) -> &OpenElement {
        &self.stack[position]
    }

    pub(super) fn push(&mut self, element: OpenElement) {
        self.counts[element.html_tag() as usize] += 1;
        self.stack.push(element);
    }

    pub(super) fn pop(&mut self) -> Option<OpenElement> {
        let element = self.stack.pop()?;
        self.counts[element.html_tag() as usize] -= 1;
        Some(element)
    }

    /// Takes an element out of every search, and leaves it open for what is inside.
    pub(super) fn detach(&mut self, position: usize) {
        let element = &mut self.stack[position];
        self.counts[element.html_tag() as usize] -= 1;
        element.is_detached = true;
        self.counts[element.html_tag() as usize] += 1;
    }

    pub(super) fn is_open(&self, tag: Tag) -> bool {
        self.counts[tag as usize] > 0
    }

    /// Whether the next token is read by the rules for foreign content.
    pub(super) fn is_in_foreign_content(&self) -> bool {
        self.top().is_some_and(|element| element.rules == Rules::Foreign)
    }

    /// Position of the innermost element that `is_wanted`, unless one that `bounds` is met first.
    pub(super) fn find(&self, is_wanted: impl Fn(&OpenElement) -> bool, bounds: impl Fn(&OpenElement) -> bool) -> Option<usize> {
        for (position, element) in self.stack.iter().enumerate().rev() {
            if is_wanted(element) {
                return Some(position);
            }
            if bounds(element) {
                return None;
            }
        }
        None
    }

    /// Position of the innermost element of this tag in the scope that `also_bounds` adds to.
    pub(super) fn in_scope(&self, tag: Tag, also_bounds: impl Fn(Tag) -> bool) -> Option<usize> {
        if !self.is_open(tag) {
            return None;
        }
        self.find(|element| element.html_tag() == tag, |element| element.bounds_scope() || also_bounds(element.html_tag()))
    }

    pub(super) fn in_table_scope(&self, tag: Tag) -> Option<usize> {
        if !self.is_open(tag) {
            return None;
        }
        self.find(|element| element.html_tag() == tag, |element| matches!(element.html_tag(), Tag::Table | Tag::Template))
    }

    /// The innermost part of a table that is open: it says by which rules table parts are read.
    pub(super) fn table_part(&self) -> Option<Tag> {
        if !self.is_open(Tag::Table) && !self.is_open(Tag::Template) {
            return None;
        }
        let is_part = |e: &OpenElement| {
            matches!(
                e.html_tag(),
                Tag::Table
                    | Tag::Caption
                    | Tag::Colgroup
                    | Tag::Tbody
                    | Tag::Thead
                    | Tag::Tfoot
                    | Tag::Tr
                    | Tag::Td
                    | Tag::Th
                    | Tag::Template
            )
        };
        self.find(is_part, |_| false).map(|position| self.stack[position].tag)
    }
}

impl OpenElement {
    pub(super) fn is_foreign(&self) -> bool {
        self.rules != Rules::Html
    }

    /// The tag for the rules of HTML, which do not see foreign elements nor those that have ended.
    pub(super) fn html_tag(&self) -> Tag {
        if self.is_foreign() || self.is_detached { Tag::Other } else { self.tag }
    }

    fn bounds_scope(&self) -> bool {
        self.html_tag().bounds_scope() || self.rules == Rules::IntegrationPoint
    }
}
