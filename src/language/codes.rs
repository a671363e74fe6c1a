//! The codes of the languages that are known.

use crate::document::Language;

/// All of them: BCP 47 (the shortest ISO 639 code) and ISO 639-3.
pub(super) const ALL: [Language; 75] = [
    Language { bcp47: "af", iso639_3: "afr" },
    Language { bcp47: "ar", iso639_3: "ara" },
    Language { bcp47: "az", iso639_3: "aze" },
    Language { bcp47: "be", iso639_3: "bel" },
    Language { bcp47: "bg", iso639_3: "bul" },
    Language { bcp47: "bn", iso639_3: "ben" },
    Language { bcp47: "bs", iso639_3: "bos" },
    Language { bcp47: "ca", iso639_3: "cat" },
    Language { bcp47: "cs", iso639_3: "ces" },
    Language { bcp47: "cy", iso639_3: "cym" },
    Language { bcp47: "da", iso639_3: "dan" },
    Language { bcp47: "de", iso639_3: "deu" },
    Language { bcp47: "el", iso639_3: "ell" },
    Language { bcp47: "en", iso639_3: "eng" },
    Language { bcp47: "eo", iso639_3: "epo" },
    Language { bcp47: "es", iso639_3: "spa" },
    Language { bcp47: "et", iso639_3: "est" },
    Language { bcp47: "eu", iso639_3: "eus" },
    Language { bcp47: "fa", iso639_3: "fas" },
    Language { bcp47: "fi", iso639_3: "fin" },
    Language { bcp47: "fr", iso639_3: "fra" },
    Language { bcp47: "ga", iso639_3: "gle" },
    Language { bcp47: "gu", iso639_3: "guj" },
    Language { bcp47: "he", iso639_3: "heb" },
    Language { bcp47: "hi", iso639_3: "hin" },
    Language { bcp47: "hr", iso639_3: "hrv" },
    Language { bcp47: "hu", iso639_3: "hun" },
    Language { bcp47: "hy", iso639_3: "hye" },
    Language { bcp47: "id", iso639_3: "ind" },
    Language { bcp47: "is", iso639_3: "isl" },
    Language { bcp47: "it", iso639_3: "ita" },
    Language { bcp47: "ja", iso639_3: "jpn" },
    Language { bcp47: "ka", iso639_3: "kat" },
    Language { bcp47: "kk", iso639_3: "kaz" },
    Language { bcp47: "ko", iso639_3: "kor" },
    Language { bcp47: "la", iso639_3: "lat" },
    Language { bcp47: "lg", iso639_3: "lug" },
    Language { bcp47: "lt", iso639_3: "lit" },
    Language { bcp47: "lv", iso639_3: "lav" },
    Language { bcp47: "mi", iso639_3: "mri" },
    Language { bcp47: "mk", iso639_3: "mkd" },
    Language { bcp47: "mn", iso639_3: "mon" },
    Language { bcp47: "mr", iso639_3: "mar" },
    Language { bcp47: "ms", iso639_3: "msa" },
    Language { bcp47: "nb", iso639_3: "nob" },
    Language { bcp47: "nl", iso639_3: "nld" },
    Language { bcp47: "nn", iso639_3: "nno" },
    Language { bcp47: "pa", iso639_3: "pan" },
    Language { bcp47: "pl", iso639_3: "pol" },
    Language { bcp47: "pt", iso639_3: "por" },
    Language { bcp47: "ro", iso639_3: "ron" },
    Language { bcp47: "ru", iso639_3: "rus" },
    Language { bcp47: "sk", iso639_3: "slk" },
    Language { bcp47: "sl", iso639_3: "slv" },
    Language { bcp47: "sn", iso639_3: "sna" },
    Language { bcp47: "so", iso639_3: "som" },
    Language { bcp47: "sq", iso639_3: "sqi" },
    Language { bcp47: "sr", iso639_3: "srp" },
    Language { bcp47: "st", iso639_3: "sot" },
    Language { bcp47: "sv", iso639_3: "swe" },
    Language { bcp47: "sw", iso639_3: "swa" },
    Language { bcp47: "ta", iso639_3: "tam" },
    Language { bcp47: "te", iso639_3: "tel" },
    Language { bcp47: "th", iso639_3: "tha" },
    Language { bcp47: "tl", iso639_3: "tgl" },
    Language { bcp47: "tn", iso639_3: "tsn" },
    Language { bcp47: "tr", iso639_3: "tur" },
    Language { bcp47: "ts", iso639_3: "tso" },
    Language { bcp47: "uk", iso639_3: "ukr" },
    Language { bcp47: "ur", iso639_3: "urd" },
    Language { bcp47: "vi", iso639_3: "vie" },
    Language { bcp47: "xh", iso639_3: "xho" },
    Language { bcp47: "yo", iso639_3: "yor" },
    Language { bcp47: "zh", iso639_3: "zho" },
    Language { bcp47: "zu", iso639_3: "zul" },
];

/// Codes in use for one of the languages that are not its own: older ones, those of macrolanguages and of their members, those of
/// ISO 639-2 for bibliographies.
const OTHER_CODES: [(&str, &str); 39] = [
    ("no", "nb"),
    ("nor", "nb"),
    ("iw", "he"),
    ("in", "id"),
    ("sh", "sr"),
    ("hbs", "sr"),
    ("fil", "tl"),
    ("mo", "ro"),
    ("cmn", "zh"),
    ("yue", "zh"),
    ("arb", "ar"),
    ("azj", "az"),
    ("ekk", "et"),
    ("pes", "fa"),
    ("prs", "fa"),
    ("swh", "sw"),
    ("zsm", "ms"),
    ("zlm", "ms"),
    ("lvs", "lv"),
    ("als", "sq"),
    ("khk", "mn"),
    ("alb", "sq"),
    ("arm", "hy"),
    ("baq", "eu"),
    ("chi", "zh"),
    ("cze", "cs"),
    ("dut", "nl"),
    ("fre", "fr"),
    ("geo", "ka"),
    ("ger", "de"),
    ("gre", "el"),
    ("ice", "is"),
    ("mac", "mk"),
    ("mao", "mi"),
    ("may", "ms"),
    ("per", "fa"),
    ("rum", "ro"),
    ("slo", "sk"),
    ("wel", "cy"),
];

/// The language of a tag as pages declare it: `de`, `de-AT`, `deu`, `de_DE`, the first of several; `None` if it is not known.
pub fn by_tag(tag: &str) -> Option<Language> {
    let first = tag.trim().split(['-', '_', ',', ';', ' ']).next()?.to_ascii_lowercase();
    let code = OTHER_CODES.iter().find(|(other, _)| *other == first).map_or(first.as_str(), |(_, code)| code);
    ALL.into_iter().find(|language| language.bcp47 == code || language.iso639_3 == code)
}

/// The language of a code of ISO 639-3, or `und`.
pub(super) fn by_iso639_3(code: &str) -> Language {
    ALL.into_iter().find(|language| language.iso639_3 == code).unwrap_or(Language::UNDETERMINED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_tags_are_understood() {
        let check = |tag, expected: Option<&str>| assert_eq!(by_tag(tag).map(|language| language.bcp47), expected, "{tag:?}");
        check("de", Some("de"));
        check("EN-us", Some("en"));
        check("zh_Hant_TW", Some("zh"));
        check("nor", Some("nb"));
        check("eng,deu", Some("en"));
        check(" fr ", Some("fr"));
        check("fre", Some("fr"));
        check("wel", Some("cy"));
        check("gl", None);
        check("", None);
    }
}
