//! Reading bylines: which names of people a line gives.

mod uncased;

use super::calendar;
pub(super) use uncased::before_office;

/// Characters of a person's name.
const MAX_PERSON: usize = 40;
/// Words that stand between the names of a list, and small words inside of names.
const CONJUNCTIONS: [&str; 13] = ["and", "&", "und", "et", "y", "og", "och", "en", "e", "и", "та", "ve", "και"];
#[rustfmt::skip]
const PARTICLES: [&str; 22] = [
    "al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le", "ten", "ter", "van",
    "von", "zu",
];
/// Words, in small letters, that are in no name of a person, but in those of offices, papers and parts of pages.
#[rustfmt::skip]
const NO_NAMES: [&str; 104] = [
    "brand", "collection", "los", "price", "product", "range", "type",
    "about", "by", "chief", "columns", "consultant", "director", "index", "manager", "officer", "photographer", "president", "producer",
    "producers", "writer", "admin", "agency", "all", "analyst", "associated", "association", "author", "authors", "blog", "board", "bureau", "business",
    "category", "center", "centre", "city", "club", "college", "columnist", "comments", "company", "contributor", "contributors", "cooking",
    "correspondent", "daily", "date", "demand", "department", "desk", "digital", "editor", "editorial", "editors", "email", "expert",
    "food", "foundation", "global", "group", "guest", "herald", "home", "inc", "institute", "international", "journal", "kitchen", "live",
    "llc", "ltd", "magazine", "media", "ministry", "national", "network", "new", "news", "office", "online", "only", "our", "photo",
    "photos", "post", "press", "read", "recipe", "recipes", "redaktion", "reporter", "research", "school", "service", "services", "society",
    "sports", "staff", "studio", "team", "the", "times", "university",
];
/// Words by which a byline leads to its names, where they begin it or only [`BEFORE`] and a date stand before them.
#[rustfmt::skip]
const LABELS: [&str; 35] = [
    "by", "by:", "author:", "authors:", "writer:", "von:", "autor:", "autorin:", "par:", "auteur:", "por:", "door:", "автор:", "текст:",
    "oleh:", "text:", "материала:", "статьи:", "авторы:", "автори:", "авторка:", "аўтар:", "συντάκτης:", "συντάκτρια:", "γράφει:", "yazar:",
    "yazan:", "szerző:", "írta:", "penulis:", "teksti:", "kirjoittaja:", "autors:", "autorius:", "giả:",
];
/// Words that are labels without a colon in these languages; in others they are words, as `door` is in English.
const PREPOSITIONS: [(&str, &[&str]); 5] =
    [("von", &["de"]), ("par", &["fr"]), ("por", &["es", "pt"]), ("door", &["nl"]), ("da", &["it", "pt"])];
#[rustfmt::skip]
const BEFORE: [&str; 32] = [
    "a", "at", "am", "pm", "a.m.", "p.m.", "on", "article", "created", "posted", "published", "review", "story", "submitted", "text", "words",
    "written", "ein", "eine", "geschrieben", "veröffentlicht", "écrit", "publié", "rédigé", "escrito", "publicado", "geschreven",
    "scritto", "pubblicato", "the", "автор", "tác",
];
/// Signs and words behind which a byline tells something else.
const ENDS: [char; 17] = ['\t', '|', '•', '·', '»', '›', '/', '—', '–', '(', '[', '@', ':', ';', '<', '>', '*'];
#[rustfmt::skip]
const END_WORDS: [&str; 17] = [
    "-", "on", "in", "for", "at", "from", "with", "updated", "published", "posted", "about", "am", "le", "il", "em", "op", "ngày",
];

/// The people of a list that ends with a conjunction, if it names nobody else: `Ann Hill, Bob West and Cid East`. Commas alone may
/// part a name from a town or an office.
pub(super) fn people(list: &str) -> Option<Vec<String>> {
    let (before, last) = last_of_list(list)?;
    let people: Vec<&str> = before.split(',').map(str::trim).filter(|name| !name.is_empty()).chain([last]).collect();
    people.iter().all(|name| is_person(name)).then(|| people.into_iter().map(str::to_owned).collect())
}

/// A list in two, at its last conjunction; what stands before it may have others, as in `Ann Hill and Bob West and Cid East`.
fn last_of_list(list: &str) -> Option<(&str, &str)> {
    let mut end = list.len();
    list.rsplit(' ').find_map(|word| {
        let at = end - word.len();
        end = at.saturating_sub(1);
        (at > 0 && CONJUNCTIONS.contains(&word)).then(|| (list[..at].trim(), list[at + word.len()..].trim()))
    })
}

/// Whether a text looks as the full name of a person: two to five words that begin with capitals, but for small ones inside.
pub(super) fn is_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_name = |word: &&str| {
        let is_of_letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'));
        is_of_letters && word.starts_with(char::is_uppercase)
    };
    let is_particle = |word: &&str| PARTICLES.contains(word);
    let is_known = |word: &&str| NO_NAMES.contains(&word.to_lowercase().trim_end_matches(['\'', '’', '.']));
    let is_of_other = |word: &&str| word.ends_with("'s") || word.ends_with("’s");
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    (2..=5).contains(&words.len())
        && text.chars().nth(MAX_PERSON).is_none()
        && (is_name(first) || is_particle(first))
        && is_name(last)
        && last.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
        && words.iter().all(|word| is_name(word) || is_particle(word))
        && words.iter().filter(|word| is_name(word)).nth(1).is_some()
        && !words.iter().any(|word| is_known(word) || is_of_other(word))
}

/// The people that a byline of a page in some language, by its tag, names: `By Ann Hill and Bob West, Daily Harbour`, `March 17, 2012,
/// by Ann Hill`, `作者：王硕`. The tag may be empty.
pub(super) fn people_of_line(line: &str, language: &str) -> Vec<String> {
    let named = uncased::people(line, language);
    if !named.is_empty() {
        return named;
    }
    // Something else may stand before a byline: `Storms | By Ann Hill`.
    let parts = std::iter::once(line).chain(line.split(['|', '•', '\t']).skip(1).map(str::trim));
    let Some(named) = parts.filter_map(|part| behind_label(part, language)).next() else { return Vec::new() };
    let named = before_end(named);
    // Behind a comma there is a paper or an office, unless a conjunction follows.
    let before_comma = |list: &str| list.split(',').next().unwrap_or_default().trim().to_owned();
    let list = last_of_list(named).map(|(before, last)| format!("{before} and {}", before_comma(last)));
    let of_list = list.and_then(|list| people(&list)).or_else(|| people(&before_comma(named)));
    of_list.unwrap_or_else(|| Some(before_comma(named)).filter(|name| is_person(name)).into_iter().collect())
}

/// What stands behind the label of a byline.
fn behind_label<'a>(line: &'a str, language: &str) -> Option<&'a str> {
    let language = language.split(['-', '_']).next().unwrap_or_default();
    let is_of_page = |known: &&str| language.is_empty() || known.eq_ignore_ascii_case(language);
    let is_preposition =
        |word: &str| PREPOSITIONS.iter().any(|(preposition, languages)| word == *preposition && languages.iter().any(is_of_page));
    let mut at = 0;
    for word in line.split(' ') {
        let next = at + word.len() + 1;
        let plain = word.to_lowercase();
        // By itself it begins names, such as that of Leonardo.
        let is_name = plain == "da" && at == 0;
        if LABELS.contains(&plain.as_str()) || is_preposition(&plain) && !is_name {
            return line.get(next..).map(str::trim_start);
        }
        let letters = plain.trim_matches(|c: char| !c.is_alphanumeric());
        let is_of_date = letters.is_empty() || letters.starts_with(|c: char| c.is_ascii_digit()) || calendar::is_of_date(letters);
        if !is_of_date && !BEFORE.contains(&plain.trim_end_matches(',')) {
            return None;
        }
        at = next;
    }
    None
}

fn before_end(named: &str) -> &str {
    let sign = named.char_indices().find(|(_, c)| ENDS.contains(c) || c.is_ascii_digit());
    let (end, is_number) = sign.map_or((named.len(), false), |(at, c)| (at, c.is_ascii_digit()));
    let mut named = named[..end].trim_end();
    let mut at = 0;
    for word in named.split(' ') {
        if END_WORDS.contains(&word.to_lowercase().as_str()) {
            named = named[..at].trim_end();
            break;
        }
        at += word.len() + 1;
    }
    // The month is of the date that follows.
    let last = named.rsplit(' ').next().unwrap_or_default();
    let is_month_behind_name = named.split(' ').nth(2).is_some();
    let is_month =
        is_number && is_month_behind_name && calendar::is_of_date(last.trim_end_matches([',', '.']).to_lowercase().as_str());
    let named = named[..named.len() - if is_month { last.len() } else { 0 }].trim_end_matches([' ', ',']);
    let is_abbreviated = ["Jr.", "JR.", "Sr.", "SR."].iter().any(|ending| named.ends_with(ending));
    if is_abbreviated { named } else { named.trim_end_matches('.') }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_people_are_people() {
        let check = |list: &str, expected: &[&str]| assert_eq!(people(list).unwrap_or_default(), expected, "{list}");
        check("Ann Hill and Bob van der West", &["Ann Hill", "Bob van der West"]);
        check("Ann Hill, Bob O'West, and J. R. East", &["Ann Hill", "Bob O'West", "J. R. East"]);
        check("ANN HILL & Жанна Дюбуа", &["ANN HILL", "Жанна Дюбуа"]);
        for other in
            ["Hill, Ann", "Ann Hill, Harbour News", "Ann Hill and others", "Hill and West", "Ann", "ann hill", "The Hill"]
        {
            check(other, &[]);
        }
    }

    #[test]
    fn bylines_name_people() {
        let check = |line: &str, expected: &[&str]| assert_eq!(people_of_line(line, ""), expected, "{line}");
        check("By Ann Hill", &["Ann Hill"]);
        check("Written by: Ann Hill | Updated 17 March 2012", &["Ann Hill"]);
        check("Written by Ann Hill | Updated 17 March 2012", &["Ann Hill"]);
        check("By ANN HILL and Bob West, Harbour Staff | March 17, 2012", &["ANN HILL", "Bob West"]);
        check("Saturday, March 17, 2012, by Ann Hill", &["Ann Hill"]);
        check("Posted on 17.03.2012 by Ann Hill in News", &["Ann Hill"]);
        check("Von Ann Hill, Berlin", &["Ann Hill"]);
        check("By Ann Hill March 17, 2012", &["Ann Hill"]);
        check("By Ann Hill\tMarch 17, 2012", &["Ann Hill"]);
        check("By Ann Hill, Los Angeles", &["Ann Hill"]);
        check("By Ann Hill and Bob West, Los Angeles", &["Ann Hill", "Bob West"]);
        check("By Ann Hill, Bob West and Cid East in Los Angeles", &["Ann Hill", "Bob West", "Cid East"]);
        check("作者：王硕 2012-01-17", &["王硕"]);
        check("Автор статьи: Анна Горина", &["Анна Горина"]);
        check("Штормы | 17.03.2012 | Автор: Анна Горина", &["Анна Горина"]);
        check("Tác giả: Trần Văn An", &["Trần Văn An"]);
        check("Autor: Tomasz Lis 17.03.2012", &["Tomasz Lis"]);
        check("By Ann Hill.", &["Ann Hill"]);
        check("Scritto da Ann Hill", &["Ann Hill"]);
        check("By Ann Hill Jr.", &["Ann Hill Jr."]);
        check("Автор: Анна Горина", &["Анна Горина"]);
        for none in [
            "Shop By Category",
            "By Price Range",
            "By Skin Type",
            "By Los Angeles",
            "Da Vinci Code",
            "By admin",
            "By The Harbour Team",
            "Ann Hill",
            "Storms by the harbour",
            "By",
            "Stand by Ann Hill",
        ] {
            check(none, &[]);
        }
    }

    #[test]
    fn prepositions_are_labels_in_their_languages() {
        let check = |line: &str, language: &str, n_people| {
            assert_eq!(people_of_line(line, language).len(), n_people, "{line} {language}");
        };
        check("Door Ann Hill", "nl-BE", 1);
        check("Door Hardware Sets", "en", 0);
        check("Por Ann Hill", "PT_br", 1);
        check("Von Ann Hill", "fr", 0);
        check("By Ann Hill", "fr", 1);
        check("Text: Ann Hill", "de", 1);
    }

    #[test]
    fn time_is_linear_in_long_lists() {
        assert_eq!(people(&"Ann Hill, ".repeat(1 << 16)), None);
        assert_eq!(people(&format!("{}and", "and ".repeat(1 << 18))), None);
        assert_eq!(people_of_line(&"by ".repeat(1 << 20), "").len(), 0);
    }
}
