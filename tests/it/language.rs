//! Languages: what they are told to be, on sentences of our own, and what must hold for any text.

use std::path::Path;

use corpusmill::document::{Language, Languages};
use corpusmill::language::Identifier;
use proptest::prelude::*;

use crate::support::{NGRAMS, line_with_languages, mill, rows};

fn identify(text: &str) -> Languages {
    NGRAMS.identify(text, None)
}

fn known(bcp47: &str) -> Language {
    NGRAMS.languages().into_iter().find(|language| language.bcp47 == bcp47).expect("a language that is known")
}

fn check(code: &str, text: &str) {
    assert_eq!(identify(text).main.bcp47, code, "{text}");
}

/// Codes with a sentence in that language each.
fn sentences() -> Vec<(&'static str, &'static str)> {
    include_str!("../language/sentences.tsv").lines().filter_map(|line| line.split_once('\t')).collect()
}

fn sentence_in(code: &str) -> &'static str {
    sentences().into_iter().find(|(other, _)| *other == code).map(|(_, text)| text).expect("a sentence")
}

#[test]
fn sentences_are_in_their_languages() {
    let wrong: Vec<String> = sentences()
        .into_iter()
        .map(|(code, text)| (code, identify(text).main.bcp47, text))
        .filter(|(code, found, _)| code != found)
        .map(|(code, found, text)| format!("{code}, told as {found}: {text}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sure_answers_are_right_ones() {
    let (mut n, mut n_sure) = (0, 0);
    for (code, text) in sentences() {
        for n_chars in [10, 20, 40] {
            let beginning: String = text.chars().take(n_chars).collect();
            let found = identify(&beginning);
            let is_sure = found.confidence >= 0.98;
            assert!(!is_sure || found.main.bcp47 == code, "{beginning:?}: {found:?}");
            n += 1;
            n_sure += usize::from(is_sure);
        }
    }
    assert!(3 * n_sure > n, "{n_sure} of {n} answers are sure");
}

#[test]
fn a_name_in_latin_letters_hides_no_other_script() {
    let english = format!("{} ", sentence_in("en")).repeat(20);
    for code in ["ar", "el", "he", "hi", "hy", "ja", "ka", "ko", "ru", "th", "zh"] {
        for (_, text) in sentences().into_iter().filter(|(other, _)| *other == code) {
            for sentence in [format!("Debian {text}"), format!("Debian GNU/Linux {text}"), format!("{text} Debian {text}")] {
                let languages = identify(&format!("{english}\n{sentence}\n{english}"));
                let place = english.len() + 1 + sentence.len() / 2;
                assert_eq!([languages.main.bcp47, languages.at(place).bcp47], ["en", code], "{sentence}");
            }
            let word: String = text.chars().take(1).collect();
            assert_eq!(identify(&format!("{english}The word {word} is on the wall of this house.")).shares.len(), 1, "{word}");
        }
    }
}

#[test]
fn capitals_and_addresses_do_not_matter() {
    for (code, text) in sentences().into_iter().filter(|(code, _)| ["de", "pl", "ru", "tr", "vi"].contains(code)) {
        let loud = text.to_uppercase();
        let noisy = text.replace(' ', " https://www.example.com/p?id=7 &nbsp; #tag ");
        assert_eq!([identify(&loud).main.bcp47, identify(&noisy).main.bcp47], [code; 2], "{text}");
    }
}

#[test]
fn names_do_not_decide() {
    check("nb", "Vi møtte Guillermo Fernández og Beatriz Villanueva på flyplassen");
    check("sl", "Včeraj je Frederick Washington prvič nastopil v dvorani skupaj z Margaret Livingstone");
    check("el", "Το νέο βιβλίο του David Andrew Millington");
}

#[test]
fn malay_has_two_scripts() {
    let check = |text, script| {
        let found = identify(text);
        assert_eq!((found.main.bcp47, found.script), ("ms", script), "{text}");
    };
    check("Semua manusia dilahirkan bebas dan sama rata dari segi kemuliaan dan hak-hak kerana mereka mempunyai akal", "Latn");
    check("سموا مأنسيا دلاهيركن بيبس دان سامرات دري سڬي كمولياءن دان حق٢، دان مريک هندقله برتيندق دڠن سماڠت", "Arab");
}

#[test]
fn decomposed_letters_are_the_same_letters() {
    let decomposed =
        "Chuye\u{302}\u{301}n pha\u{300} ro\u{31b}\u{300}i be\u{302}\u{301}n ca\u{309}ng lu\u{301}c ba\u{309}y gio\u{31b}\u{300}";
    assert_eq!(identify(decomposed).main.bcp47, "vi");
}

#[test]
fn forms_of_letters_are_letters() {
    check("de", "Die Ge\u{AD}mein\u{AD}de\u{AD}ver\u{AD}wal\u{AD}tung hat ges\u{AD}tern be\u{AD}schlos\u{AD}sen");
    check("en", "The oﬃce of the ﬁnance minister conﬁrmed the ﬁrst ﬁgures");
    check("en", "Ｔｈｅ ｏｌｄ ｓｈｉｐ ｌｅｆｔ ｔｈｅ ｈａｒｂｏｕｒ ｉｎ ｔｈｅ ｍｏｒｎｉｎｇ");
    check("ar", "ﺍﻟﺴﻼﻡ ﻋﻠﻴﻜﻢ ﻭﺭﺣﻤﺔ ﺍﻟﻠﻪ ﻭﺑﺮﻛﺎﺗﻪ");
    check("ar", "فَتَحَ الوَلَدُ البَابَ وَدَخَلَ إِلَى البَيْتِ مَعَ أُخْتِهِ");
    check("ar", "هذه مدینة کبیرة فی جنوب البلاد یسکن فیها الکثیر من الصیادین وعائلاتهم");
    check("ur", "يه كتاب ميرے بھائي كي هے اور ميں اسے كل واپس كروں گا");
    check("ar", "مرحبـــــا بكـــم في مـــوقعنا الجـــديد");
    check("he", "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ");
    check("ru", "Ста\u{301}рая доро\u{301}га вела\u{301} че\u{301}рез лес к реке\u{301}");
}

#[test]
fn marks_may_be_left_out() {
    check("cs", "Vcera vecer jsme sli s prateli do stare hospody u reky a povidali jsme si az do rana o tom, co bude dal");
    check("vi", "Toi nay chung toi se an com o nha ba ngoai roi di dao quanh ho voi cac ban cung lop den khuya moi ve");
    check(
        "hr",
        "Sto se tice glazbe, tjedan dana smo slusali tisucu pjesama, a ravnatelj kazalista nije htio reci tko ih je skladao",
    );
}

#[test]
fn words_tell_what_signs_hide() {
    check("mr", "हे पुस्तक माझे आहे");
    check("hi", "यह किताब मेरी है");
    check("und", "मेरो घर पहाडमा छ र यो गाउँ धेरै राम्रो छ भने हामी सबै यहाँ खुसी छौँ पनि");
    check("es", "Hay muchas actividades en las ciudades y universidades antes de este segundo lugar");
    check("pt", "O livro é bom, mas o filme é melhor, e eles sabem que o prazo é curto");
    check("en", "The Wi-Fi in the old hall opens at nine o'clock");
}

#[test]
fn letters_of_other_keyboards_matter_where_they_stand_alone() {
    let arabic =
        "ذهب الرجل إلى السوق في الصباح الباكر واشترى الخبز والفاكهة من التاجر الذي يعرفه منذ سنوات طويلة، ثم عاد إلى بيته.";
    let urdu = "يه كتاب ميرے بھائي كي هے اور ميں اسے كل واپس كروں گا، كيونكه اسے اس كي بهت ضرورت هے اور وه اسے پڑھنا چاهتا هے۔";
    let languages: Vec<_> = identify(&format!("{arabic}\n{urdu}")).shares.iter().map(|share| share.language.bcp47).collect();
    assert_eq!(languages, ["ar", "ur"]);
}

#[test]
fn words_may_be_set_in_spaced_letters() {
    check("de", "W i l l k o m m e n  i n  u n s e r e m  H a u s");
    check("ru", "Д о б р о   п о ж а л о в а т ь");
    check("und", "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z");
}

#[test]
fn words_that_close_languages_share_tell_nothing() {
    check("nn", "Slik er det, og jenta fekk brevet tilbake");
    check("da", "En meget særlig og tydelig skriftlig advarsel");
    check("hr", "Pogreške su rijetke, ali greške pri vrednovanju i povrede pravila treba prijaviti");
    check("hr", "Zbog sistematskih pregleda dužnosnici nisu došli na posao");
    check("hr", "U to vrijeme rečenice su bile kraće, a privremena rješenja su s vremenom postala pravilo");
}

#[test]
fn a_few_words_of_one_standard_are_enough() {
    check("bs", "Službeni kurs kafe na berzi");
    check("bs", "Grupa je dobila obavezu da kuha");
    check("hr", "Kava na burzi opet je skuplja");
    check("hr", "Litva i Latvija imaju demokraciju");
    check("sr", "U kafani su dobijali kafu i duvan");
    check("sr", "Suva zemlja i gluva noć");
}

#[test]
fn text_without_blanks_may_have_numbers() {
    check("zh", "这款手机支持5G网络，并配有USB接口，价格为3999元");
    check("ja", "#新商品のWi-Fi6対応ルーターを9月に発売します");
    check("th", "โทรศัพท์รุ่นใหม่รองรับ5Gและมีพอร์ตUSB3.0ราคา9900บาท");
}

#[test]
fn lists_of_terms_are_in_their_language() {
    let recipe = "Gehaktballetjes in tomatensaus\n500 g half-om-halfgehakt\n1 ui, fijn gesnipperd\n2 tenen knoflook, geperst\n\
        4 el paneermeel\n1 ei\n2 blikken tomatenblokjes\npeper, zout, paprikapoeder\n\
        Meng het gehakt met ui, knoflook, ei en paneermeel.\nDraai er balletjes van.\nBak ze rondom bruin in olijfolie.\n\
        Voeg tomatenblokjes en kruiden toe.\nLaat 20 min. sudderen, deksel op de pan.\nServeer met rijst of stokbrood.";
    assert_eq!(identify(recipe).main, known("nl"));
}

#[test]
fn each_part_has_its_language() {
    let parts = ["de", "en", "ja", "tr"];
    let text = parts.map(sentence_in).join("\n");
    let found = identify(&text);
    let mut start = 0;
    for code in parts {
        assert_eq!(found.at(start).bcp47, code, "{found:?}");
        start += sentence_in(code).len() + 1;
    }
    assert!((found.shares.iter().map(|share| share.share).sum::<f64>() - 1.0).abs() < 1e-9);
}

#[test]
fn sentences_have_their_own_language() {
    let (folder, _) = mill(&[Path::new("fixtures/warc-languages/input.warc")], &line_with_languages(), 1, None);
    let sentences = rows(folder.path(), "sentences");
    let english: Vec<&str> = sentences.iter().filter(|row| row["lang"] == "en").map(|row| row["text"].as_str()).collect();
    assert_eq!(english.len(), 1, "{english:?}");
    assert!(english[0].starts_with("The captain"));
}

#[test]
fn english_notices_do_not_outvote_a_page() {
    let finnish = sentence_in("fi");
    let page = format!(
        "Share on Facebook\nSign in to read more articles\n{finnish}\nAll rights reserved\nPrivacy policy and terms of use"
    );
    let found = identify(&page);
    assert_eq!(found.main.bcp47, "fi");
    assert!(found.shares.is_sorted_by(|a, b| a.share >= b.share), "{found:?}");
    assert!(found.shares.iter().any(|share| share.language.bcp47 == "en"), "{found:?}");
}

#[test]
fn a_declaration_decides_a_near_tie_and_no_more() {
    let (bosnian, serbian) = (known("bs"), known("sr"));
    let tie = "To je dobro.";
    assert_eq!(NGRAMS.identify(tie, Some(serbian)).main, serbian);
    assert_eq!(NGRAMS.identify(tie, Some(bosnian)).main, bosnian);
    for (code, text) in sentences().into_iter().filter(|(code, _)| *code != "en") {
        assert_eq!(NGRAMS.identify(text, Some(known("en"))).main.bcp47, code, "{text}");
    }
}

#[test]
fn scripts_are_told() {
    let check = |code: &str, script: &str| {
        let text = sentence_in(code);
        assert_eq!(identify(text).script, script, "{text}");
    };
    check("de", "Latn");
    check("uk", "Cyrl");
    check("ja", "Jpan");
    check("fa", "Arab");
    assert_eq!(identify("123").script, "");
}

proptest! {
    /// Whatever the text, its parts are all of it, and its shares add up.
    #[test]
    fn parts_are_the_whole(text in "(\\PC|[a-zé \n。]|ква|\u{301}){0,400}") {
        let found = identify(&text);
        let mut end = 0;
        for span in &found.spans {
            prop_assert_eq!(span.range.start, end);
            prop_assert!(text.is_char_boundary(span.range.end));
            end = span.range.end;
        }
        prop_assert_eq!(end, text.len());
        let all: f64 = found.shares.iter().map(|share| share.share).sum();
        prop_assert!(found.shares.is_empty() || (all - 1.0).abs() < 1e-9);
        prop_assert!(found.shares.is_sorted_by(|a, b| a.share >= b.share));
        prop_assert!((0.0..=1.0).contains(&found.confidence));
    }
}

/// The tables part from the crate that they are made from where a text may be in no known language, and in close ones.
#[cfg(feature = "lingua")]
#[test]
fn the_tables_agree_with_lingua() {
    let lingua = corpusmill::language::Lingua::default();
    let told: Vec<_> = sentences().into_iter().filter(|(code, _)| *code != "und").collect();
    let agreeing = told.iter().filter(|(_, text)| lingua.identify(text, None).main == identify(text).main).count();
    assert!(agreeing * 20 >= told.len() * 19, "{agreeing} of {}", told.len());
}
