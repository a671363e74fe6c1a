//! Which day of publication a line beside the title names, if the day is that.

use std::collections::HashSet;

use super::bylines::people_of_line;
use super::calendar::{Found, Order, dates_in, is_long_before, is_of_date};
use crate::boilerplate::markup::is_label;

/// Different days below a title; where there are more, they are those of a list.
pub(super) const MAX_DAYS: usize = 2;
/// Letters of a line beside its date, such as the name of a writer or a town.
const MAX_BESIDE: usize = 70;
/// The same above the title, where other things may be said, and in a line that ends as a sentence does.
const FEW_BESIDE: usize = 12;
/// Beginnings of words, in small letters, by which a line says that its date is that of something else than the publication: that
/// something was changed for the last time, of a life, of an event, of a membership, of today.
#[rustfmt::skip]
const OTHER_DATES: [&str; 142] = [
    "updat", "modif", "revis", "review", "edited", "correct", "chang", "last ", "letzte", "zuletzt", "aktualis", "änder", "geänder",
    "stand:", "actuali", "mis à jour", "dernière", "aggiorn", "ultim", "últim", "atualiz", "bijgewerkt", "wijzig", "gewijzigd", "laatst",
    "oppdater", "opdater", "uppdater", "endre", "ændre", "ändra", "senast", "sidst", "sist ", "päivit", "muokat", "viimeksi", "aktualiz",
    "ostatni", "zmien", "zmian", "uprav", "posledn", "módos", "frissít", "güncel", "değiş", "обновл", "измен", "последн", "оновл",
    "змін", "останн", "ενημ", "τελευτ", "更新", "修改", "修订", "修訂", "最終", "수정", "최종",
    "تحديث", "تعديل", "به‌روز", "بروز", "ویرایش", "اپ ڈیٹ", "עודכן", "עדכון", "अपडेट", "अद्यतन", "আপডেট", "হালনাগাদ", "புதுப்பி", "cập nhật",
    "ปรับปรุง", "อัปเดต", "อัพเดต", "განახლ", "թարմաց", "жаңарт", "шинэчл", "atnaujin", "atjaun", "uuenda", "diperbarui",
    "born", "died", "gebor", "geb.", "gestorben", "gest.", "†", "né le", "née le", "décéd", "nació", "nacid", "nato il", "nato a ", "nata ",
    "nasc", "født", "född", "syntyn", "urodz", "narozen", "родил", "出生", "生于", "生まれ",
    "founded", "establish", "opened", "effective", "event", "copyright", "©", "expire", "valid", "deadline", "until", "from ", "between",
    "through", "since", "starts", "ends", "due ", "release", "in cinemas",
    "member", "joined", "regist", "inscri", "today", "heute", "сегодня", "now:", "access", "retriev",
];
/// Lines, in small letters, below which there is the day of an event.
#[rustfmt::skip]
const OF_EVENTS: [&str; 12] = [
    "when", "date and time", "date & time", "dates", "wann", "termin", "quand", "cuándo", "quando", "wanneer", "kiedy", "когда",
];
/// Labels that stand only beside events, in small letters.
const BESIDE_EVENTS: [&str; 8] =
    ["venue", "doors", "doors open", "tickets", "admission", "veranstaltungsort", "einlass", "eintritt"];
/// Beginnings of words by which a line says that its date is that of the publication.
#[rustfmt::skip]
const PUBLISHED: [&str; 60] = [
    "posted", "publ", "added", "submitted", "written", "created", "veröffentl", "erstellt", "eingestellt", "geschrieben", "pubbl", "gepubl",
    "geplaatst", "julkais", "dodan", "opublikow", "zamieszcz", "zveřejn", "vydán", "közzé", "yayın", "опублик", "добавл", "размещ", "δημοσ",
    "发布", "发表", "發布", "發佈", "發表", "公開日", "掲載", "投稿", "입력", "등록", "승인", "نشر", "انتشار", "شائع", "פורסם", "प्रकाशित", "প্রকাশ",
    "đăng", "เผยแพร่", "โพสต์", "გამოქვეყნ", "жариялан", "нийтэл", "paskelbt", "avaldat", "objavlj", "giriş", "eklenme", "oluşturul", "xuất bản",
    "terbit", "tayang", "megjelen", "来源", "來源",
];
/// Labels that say no more than that there is a date.
const OF_DATES: [&str; 10] = ["date", "datum", "data", "fecha", "dato", "dátum", "tarih", "pvm", "ngày", "tanggal"];

/// The day that a line below the title names, unless the lines list what was published on several days, or tell of an event.
pub(super) fn date_below(lines: &[&str], order: Order) -> Option<String> {
    let days: HashSet<String> = lines.iter().flat_map(|line| dates_in(line, order)).map(|found| found.iso).collect();
    if days.len() > MAX_DAYS || lines.iter().any(|line| BESIDE_EVENTS.contains(&label_of(line).as_str())) {
        return None;
    }
    // `Last updated:` may stand in a line of its own.
    let says_of_other = |line: &str| {
        let is_when = OF_EVENTS.contains(&label_of(line).as_str());
        is_label(line) && (is_when || is_of_other(&line.to_lowercase())) && dates_in(line, order).is_empty()
    };
    let is_labelled = |at: usize| at.checked_sub(1).is_some_and(|before| says_of_other(lines[before]));
    lines.iter().enumerate().find_map(|(at, line)| date_of_line(line, order, MAX_BESIDE).filter(|_| !is_labelled(at)))
}

/// The same above the title, where a date with a clock may be that of the visit if nothing else is said of it.
pub(super) fn date_above(lines: &[&str], order: Order, visit: &str) -> Option<String> {
    let is_clock = |signs: &[u8]| signs[0].is_ascii_digit() && signs[1] == b':' && signs[2].is_ascii_digit();
    let has_clock = |line: &str| line.as_bytes().windows(3).any(is_clock);
    let is_of_text = |line: &str| has_word(&line.to_lowercase(), &PUBLISHED) || !people_of_line(line, "").is_empty();
    lines.iter().find_map(|line| match (is_of_text(line), has_clock(line)) {
        (true, _) => date_of_line(line, order, MAX_BESIDE),
        (false, true) => date_of_line(line, order, FEW_BESIDE).filter(|day| is_long_before(day, visit)),
        (false, false) => date_of_line(line, order, FEW_BESIDE),
    })
}

/// Whether a text in small letters says that the date beside it is that of something else than the publication.
pub(super) fn is_of_other(text: &str) -> bool {
    has_word(text, &OTHER_DATES)
}

/// Whether a text has a word with one of these beginnings. Scripts without capitals may have no blanks between words.
fn has_word(text: &str, beginnings: &[&str]) -> bool {
    let mut is_inside = false;
    text.char_indices().any(|(at, c)| {
        let was_inside = std::mem::replace(&mut is_inside, c.is_alphabetic());
        let may_begin = |word: &str| !was_inside || !word.starts_with(char::is_lowercase);
        !(was_inside && c.is_ascii()) && beginnings.iter().any(|word| text[at..].starts_with(word) && may_begin(word))
    })
}

/// What stands before the colon of a line, or the line, in small letters.
fn label_of(line: &str) -> String {
    line.split(':').next().unwrap_or_default().trim_end_matches(['?', ' ']).to_lowercase()
}

/// The first day of a line that names one, says little more, and not that the day is that of something else.
fn date_of_line(line: &str, order: Order, max_beside: usize) -> Option<String> {
    let dates = dates_in(line, order);
    let first = dates.first()?;
    let before = line[..first.range.start].to_lowercase();
    let in_dates = dates.iter().map(|date| letters(&line[date.range.clone()])).sum::<usize>();
    let is_sentence = line.ends_with(['.', '!', '?']);
    let is_byline = || has_word(&line.to_lowercase(), &PUBLISHED) || !people_of_line(line, "").is_empty();
    let max_beside = if is_sentence && !is_byline() { FEW_BESIDE.min(max_beside) } else { max_beside };
    let is_of_other = is_of_other(&before) || is_labelled_otherwise(&before) || before.trim_end().ends_with(" of");
    (!is_of_other && !is_span(line, &dates) && letters(line) - in_dates <= max_beside).then(|| first.iso.clone())
}

/// Whether a date behind this is labelled as something else than that of the publication: `Exam: 17 March 2012`.
fn is_labelled_otherwise(before: &str) -> bool {
    let Some((label, between)) = before.rsplit_once(':') else { return false };
    let is_label_of_date = between.split([' ', ',']).all(|word| word.is_empty() || is_of_date(word));
    let label = label.rsplit(['|', '•', '·', '–', '—', ',', '/', '\t']).next().unwrap_or_default().trim();
    let is_latin = label.chars().all(|c| c < '\u{250}');
    let is_when = OF_EVENTS.contains(&label);
    // Of labels in other scripts too few are known.
    let is_of_text = |label: &str| has_word(label, &PUBLISHED) || has_word(label, &["article", "story"]);
    let is_known = || !is_latin || OF_DATES.contains(&label) || is_of_text(label) || label == "by" || label.starts_with("by ");
    is_label_of_date && label.contains(char::is_alphabetic) && (is_when || !is_known())
}

/// Whether the first of these dates begins or ends a span, which is how long something lasts: `16-17 March 2012`, `17 March to 20 April
/// 2012`.
fn is_span(line: &str, dates: &[Found]) -> bool {
    const SIGNS: [&str; 7] = ["-", "–", "—", "&", "/", "+", "~"];
    const WORDS: [&str; 14] = ["to", "till", "and", "bis", "und", "au", "et", "al", "y", "e", "do", "до", "по", "и"];
    let [first, others @ ..] = dates else { return false };
    let is_to = |text: &str| SIGNS.contains(&text) || WORDS.contains(&text);
    if others.first().is_some_and(|second| is_to(line[first.range.end..second.range.start].trim())) {
        return true;
    }
    let before = line[..first.range.start].to_lowercase();
    let before = before.trim_end();
    let is_weekday = |word: &str| is_of_date(word.trim_end_matches(['.', ',']));
    let before = before.rsplit_once(' ').filter(|(_, word)| is_weekday(word)).map_or(before, |(before, _)| before.trim_end());
    let behind_sign = SIGNS.iter().find_map(|sign| before.strip_suffix(sign));
    let behind_word = || before.rsplit_once(' ').filter(|(_, word)| WORDS.contains(word)).map(|(before, _)| before);
    let Some(begin) = behind_sign.or_else(behind_word) else { return false };
    let mut words = begin.split([' ', ',']).rev().filter(|word| !word.is_empty());
    let is_day = |word: Option<&str>| {
        let digits = word.map_or("", |word| word.trim_end_matches(|c: char| c == '.' || c.is_alphabetic()));
        digits.len() <= 2 && digits.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
    };
    match words.next() {
        Some(month) if is_weekday(month) => is_day(words.next()),
        day => is_day(day),
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_beside_the_title_tell_the_day() {
        let check = |above: &str, below: &str, expected: &str| {
            let below: Vec<&str> = below.split('|').collect();
            let found =
                date_below(&below, Order::Unknown).or_else(|| date_above(&[above], Order::Unknown, "2012-03-18T10:00:00Z"));
            assert_eq!(found.unwrap_or_default(), expected, "{above} {below:?}");
        };
        check("News", "By Ann Hill • March 17, 2012 9:05 AM PST", "2012-03-17");
        check("17 March 2012", "By Ann Hill", "2012-03-17");
        check("", "Posted 17 March 2012, updated 18 March 2012", "2012-03-17");
        check("", "Last updated on 18 March 2012", "");
        check("", "This section was updated|18 March 2012", "");
        check("", "When?|Saturday 17 March 2012", "");
        check("Saturday 17 March 2012", "", "2012-03-17");
        check("Saturday 17 March 2012, 10:15", "", "");
        check("Wednesday 14 March 2012, 10:15", "", "2012-03-14");
        check("Posted: Saturday 17 March 2012, 10:15", "", "2012-03-17");
        check("17 марта 2012, 10:15 | Автор: Анна Горина", "", "2012-03-17");
        check("آخر تحديث: 17 مارس 2012", "", "");
        check("입력 2012.03.17 10:00", "", "2012-03-17");
        check("", "Ferry 17 March 2012|Pier 16 March 2012|Storm 12 March 2012", "");
        check("", "17 March 2012 – 20 April 2012", "");
        check("Welcome to the harbour on this 17 March 2012", "", "");
        check("", &format!("{} on 17 March 2012", "The ferry sailed from the harbour ".repeat(3)), "");
    }

    #[test]
    fn dates_of_other_things_are_none_of_publication() {
        let check = |line: &str, expected: &str| {
            assert_eq!(date_below(&[line], Order::DayFirst).unwrap_or_default(), expected, "{line}");
        };
        for line in [
            "Letzte Änderung: 17.03.2012",
            "Laatst gewijzigd op 17 maart 2012",
            "最終更新日：2012年3月17日",
            "geboren am 17. März 1952 in Berlin",
            "Nació el 17 de marzo de 1952",
            "Registered: 17 March 2012",
            "When: Saturday, 17 March 2012",
            "Exam: 17 March 2012",
            "Next meeting: 17 March 2012",
            "The fire of 17 March 1912",
            "On 17 March 1912 the ship sailed to Boston.",
            "16-17 March 2012",
            "16th and 17th March 2012",
            "16. bis 17. März 2012",
            "Sat 16 – Sun 17 March 2012",
            "17 March – 20 April 2012",
            "Mar 17 - Apr 20, 2012",
            "16./17.03.2012",
        ] {
            check(line, "");
        }
        for line in [
            "Friends of the harbour, 17 March 2012",
            "Weekends, 17 March 2012",
            "Nacional - 17 de marzo de 2012",
            "10:30 - 17 March 2012",
            "Date: Saturday, 17 March 2012",
            "Posted on: 17 March 2012",
            "Article Date: 17 March 2012",
            "Category: Storms | 17 March 2012",
            "By: Ann Hill 17 March 2012",
            "By Ann Hill, Harbour Staff, 17 March 2012.",
            "Дата: 17 марта 2012",
        ] {
            check(line, "2012-03-17");
        }
        let event = ["17 March 2012", "Venue: Harbour Hall"];
        assert_eq!(date_below(&event, Order::Unknown), None);
        let below_title = ["A review of the new ferry house", "17 March 2012"];
        assert!(date_below(&below_title, Order::Unknown).is_some());
    }
}
