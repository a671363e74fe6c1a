//! Bylines in scripts without capitals, where only a label or an office tells a name: `作者：王硕`, `홍길동 기자`, `بقلم: سامي حداد`.

use crate::characters::is_unspaced;

/// Labels before Chinese and Japanese names.
#[rustfmt::skip]
const LABELS: [&str; 16] = [
    "作者", "取材・文", "撰文", "文・写真", "文", "編集", "記者", "记者", "采写", "撰稿", "撰寫", "執筆", "執筆者", "著者", "筆者", "ライター",
];
/// Ends of Chinese and Japanese words for offices and papers, and for people without a name.
#[rustfmt::skip]
const NO_NAMES_AT_END: [&str; 23] = [
    "记者", "記者", "编辑", "編輯", "編集部", "編集長", "网", "網", "报", "報", "社", "通信", "佚名", "匿名", "未知", "不详", "不詳", "网友", "網友",
    "投稿", "原创", "管理员", "管理員",
];
/// Offices behind Korean names.
const OFFICES: [&str; 7] = ["기자", "선임기자", "전문기자", "인턴기자", "객원기자", "특파원", "논설위원"];
/// What may stand before Korean names.
const BEFORE_OFFICES: [&str; 5] = ["글", "기자명", "취재", "글·사진", "글="];
/// Last syllables of departments and teams, which names of three syllables do not have.
const DEPARTMENTS: [char; 2] = ['부', '팀'];
/// Labels before names in scripts with blanks between words.
#[rustfmt::skip]
const LABELS_OF_OTHERS: [&str; 15] = [
    "بقلم", "كتب", "كتبت", "الكاتب", "إعداد", "نویسنده", "تحریر", "מאת", "כתב", "लेखक", "লেখক", "প্রতিবেদক", "โดย", "ผู้เขียน",
    "ავტორი",
];
/// Those of them that need no colon.
const LABELS_ALONE: [&str; 3] = ["بقلم", "מאת", "โดย"];
/// Words of desks, teams and papers.
#[rustfmt::skip]
const NO_NAMES: [&str; 16] = [
    "فريق", "تحرير", "التحرير", "وكالة", "وكالات", "مكتب", "هيئة", "صحيفة", "تحریریه", "خبرگزاری", "מערכת", "כתבי", "डेस्क", "ডেস্ক",
    "ทีมข่าว", "กองบรรณาธิการ",
];
/// Words of a line that are looked at for Korean names.
const MAX_WORDS: usize = 24;
/// Characters of a name.
const MAX_NAME: usize = 40;

/// The people that a byline of a page in some language names, if it is in such a script.
pub(super) fn people(line: &str, language: &str) -> Vec<String> {
    if line.is_ascii() {
        return Vec::new();
    }
    let of_label = east_asian(line, language).or_else(|| line.split(['|', '•']).map(str::trim).find_map(behind_label));
    of_label.map_or_else(|| before_office(line), |name| vec![name])
}

/// A Chinese or Japanese name behind its label, which begins the line or stands behind a blank.
fn east_asian(line: &str, language: &str) -> Option<String> {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '|' | '｜');
    line.match_indices(['：', ':', '/', '／']).find_map(|(at, colon)| {
        let before = line[..at].trim_end();
        let label = LABELS.iter().find(|label| before.ends_with(**label))?;
        let start = &before[..before.len() - label.len()];
        let is_label = start.is_empty() || start.ends_with(is_blank) && !colon.starts_with(['/', '／']);
        is_label.then(|| name_of(line[at + colon.len()..].trim_start(), language))?
    })
}

/// The name that a text begins with. Japanese ones may have a blank between their parts, elsewhere something else follows it.
fn name_of(text: &str, language: &str) -> Option<String> {
    let letters = |text: &str| text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let is_name = |name: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&name.chars().count()) && name.chars().all(is_unspaced)
    };
    let (name, rest) = text.split_at(letters(text));
    let is_end = |rest: &str| !rest.starts_with(|c: char| matches!(c, '：' | ':') || c.is_alphanumeric());
    let given = rest.strip_prefix([' ', '\u{3000}']).map(|given| given.split_at(letters(given)));
    if let Some((given, rest)) = given.filter(|(given, _)| is_name(given, 1..=3))
        && language.starts_with("ja")
        && is_name(name, 1..=3)
        && is_end(rest)
    {
        return Some(format!("{name} {given}"));
    }
    let is_office = || NO_NAMES_AT_END.iter().any(|word| name.ends_with(word));
    (is_name(name, 2..=4) && is_end(rest) && !is_office()).then(|| name.to_owned())
}

/// The Korean names before offices: `홍길동 기자`, `홍길동·김철수 기자`, `홍길동 기자, 김철수 기자`.
pub(in super::super) fn before_office(line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split([' ', '\t', '(']).filter(|word| !word.is_empty()).take(MAX_WORDS).collect();
    let is_office = |word: &str| OFFICES.contains(&word.trim_end_matches(|c: char| !c.is_alphabetic()));
    let is_name = |name: &&str| {
        let is_hangul = |c: char| matches!(c, '\u{AC00}'..='\u{D7A3}');
        name.chars().count() == 3 && name.chars().all(is_hangul) && !name.ends_with(DEPARTMENTS)
    };
    let mut people: Vec<String> = Vec::new();
    let mut start = 0;
    for office in (1..words.len()).filter(|&at| is_office(words[at])) {
        let may_stand_before = |word: &&str| match people.is_empty() {
            true => BEFORE_OFFICES.contains(word) || word.ends_with(['=', ']']),
            false => word.contains('@') || !word.contains(char::is_alphabetic),
        };
        let is_begun = words.get(start..office - 1).is_some_and(|before| before.iter().all(may_stand_before));
        let names = words[office - 1].split(['·', '・', ',', '=']);
        if !is_begun || !names.clone().all(|name| is_name(&name)) {
            break;
        }
        people.extend(names.map(str::to_owned));
        start = office + 1;
    }
    people
}

/// A name of two to four words behind a label that begins the line, up to a sign or a number.
fn behind_label(line: &str) -> Option<String> {
    let end = line.find([':', ' '])?;
    let (label, rest) = line.split_at(end);
    let behind = rest.trim_start();
    let behind = match behind.strip_prefix([':', '/']) {
        Some(behind) if LABELS_OF_OTHERS.contains(&label) => behind,
        None if LABELS_ALONE.contains(&label) => behind,
        _ => return None,
    };
    let is_sign =
        |c: char| c.is_ascii_punctuation() && !matches!(c, '\'' | '.' | '"') || c.is_numeric() || matches!(c, '،' | '•' | '–');
    let name = behind.split(is_sign).next().unwrap_or_default().trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_of_script = |word: &&str| word.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase() && c > '\u{58F}');
    let is_name = (2..=4).contains(&words.len())
        && name.chars().nth(MAX_NAME).is_none()
        && words.iter().all(is_of_script)
        && !words.iter().any(|word| NO_NAMES.contains(word));
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_offices_tell_names() {
        let check = |language: &str, line: &str, expected: &[&str]| assert_eq!(people(line, language), expected, "{line}");
        check("zh", "作者：王硕 2012-01-17", &["王硕"]);
        check("zh", "2012-01-17 08:00 来源：港口日报 作者：王硕", &["王硕"]);
        check("zh", "文/王硕", &["王硕"]);
        check("ja", "取材・文：王硕", &["王硕"]);
        check("ja", "執筆：山田 花子", &["山田 花子"]);
        check("zh", "记者：王硕 新华网", &["王硕"]);
        check("zh-TW", "作者： 责任编辑：王硕", &[]);
        check("zh", "作者：实习编辑 王硕", &[]);
        check("zh", "图/文/王硕", &[]);
        check("zh", "作者：佚名", &[]);
        check("ja", "記者：港通信", &[]);
        check("ko", "홍길동 기자 hong@example.com", &["홍길동"]);
        check("ko", "[서울=항구뉴스] 홍길동·김철수 기자 = ", &["홍길동", "김철수"]);
        check("ko", "기자명 홍길동 기자", &["홍길동"]);
        check("ko", "홍길동 기자, 김철수 기자", &["홍길동", "김철수"]);
        check("ko", "홍길동 기자 hong@example.com / 김철수 특파원 기자", &["홍길동", "김철수"]);
        check("ko", "홍길동 기자 그리고 항구의 김철수 기자", &["홍길동"]);
        check("ko", "정치부 기자", &[]);
        check("ko", "항구에서 만난 홍길동 기자", &[]);
        check("ar", "بقلم: سامي حداد", &["سامي حداد"]);
        check("ar", "بقلم سامي حداد - 17 مارس 2012", &["سامي حداد"]);
        check("ar", "كتب سامي حداد رسالة", &[]);
        check("ar", "كتب - روايات عالمية", &[]);
        check("ar", "بقلم فريق التحرير", &[]);
        check("fa", "نویسنده: سارا احمدی", &["سارا احمدی"]);
        check("he", "מאת רות לוי, תל אביב", &["רות לוי"]);
        check("he", "17.03.2012 | מאת: רות לוי", &["רות לוי"]);
        check("th", "โดย สมชาย ใจดี", &["สมชาย ใจดี"]);
        check("th", "โดย ทีมข่าว การเมือง", &[]);
        check("th", "เรื่อง: การประชุม ประจำปี", &[]);
    }
}
