//! The ends of the sentences of a paragraph, found in one pass over its bytes.

use super::beginnings::Beginnings;
use super::breaks::{self, Sides};
use super::features::Evidence;
use super::finder::{Blanks, Finder};
use super::kinds;
use super::lists::List;
use super::marks::{is_bullet, is_closer, is_mark, is_opener, is_pause};
use super::place::Place;
use super::reasons::Reason;
use super::rules::Rules;
use super::titles;
use super::words::is_letter_or_digit;

/// Bytes of the longest ellipsis that is written with blanks, so that time is linear.
const MAX_DOTS: usize = 400;
/// More signs may be a ruler.
const MAX_SIGNS: usize = 7;

/// Ends of sentences in a paragraph, in bytes, are put into `ends`: each behind the last character of a sentence. The
/// paragraph's own end is not among them. Places without a mark are asked about where they are before one of the beginnings.
pub(super) fn find(
    text: &str,
    rules: &Rules,
    beginnings: Option<&Beginnings>,
    mut is_end: impl FnMut(&Evidence) -> bool,
    ends: &mut Vec<usize>,
) {
    ends.clear();
    let mut search = Search::new(text, rules, beginnings);
    let mut from = 0;
    while let Some(at) = search.finder.find(from) {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        from = at + c.len_utf8();
        let end = if c.is_ascii_whitespace() {
            search.end_at_blank(at, &mut is_end)
        } else if is_bullet(c) {
            let before = text[..at].trim_end();
            (before.len() < at).then_some(before.len())
        } else if is_pause(c) && !search.with_pauses || !is_mark(c) {
            None
        } else if rules.is_plain_end(&text[search.start..at], rest) {
            ends.push(from);
            search.start = from;
            None
        } else {
            let place = Place::at_marks(text, search.start, at);
            from = place.end;
            search.end_at_marks(&place, &mut is_end)
        };
        if let Some(end) = end
            && !text[search.start..end].trim_start().is_empty()
        {
            ends.push(end);
            search.start = end;
        }
    }
    leave_signs_to_sentences(text, ends);
}

/// Signs alone are no sentence: they belong to the one before them.
fn leave_signs_to_sentences(text: &str, ends: &mut Vec<usize>) {
    let mut n_kept = 0;
    for i in 0..ends.len() {
        let next = ends.get(i + 1).copied().unwrap_or(text.len());
        if !is_signs(&text[ends[i]..next]) {
            ends[n_kept] = ends[i];
            n_kept += 1;
        }
    }
    ends.truncate(n_kept);
}

/// Whether a sentence has nothing but a few signs, and no bullet of an item that is empty, nor `[...]` for one that is left out.
fn is_signs(sentence: &str) -> bool {
    let sentence = sentence.trim();
    let n_signs = sentence.chars().take_while(|c| !c.is_alphanumeric()).take(MAX_SIGNS).map(char::len_utf8).sum::<usize>();
    let is_omission = sentence.starts_with(['[', '(']) && sentence.contains(['.', '…']);
    n_signs == sentence.len() && !sentence.starts_with(is_bullet) && !is_omission
}

/// A paragraph whose sentences are looked for.
#[derive(Debug)]
struct Search<'t> {
    text: &'t str,
    rules: &'t Rules,
    beginnings: Option<&'t Beginnings>,
    finder: Finder<'t, 't>,
    list: Option<List<'t>>,
    /// Whether colons and semicolons are asked about.
    with_pauses: bool,
    /// Where the sentence began.
    start: usize,
}

impl<'t> Search<'t> {
    fn new(text: &'t str, rules: &'t Rules, beginnings: Option<&'t Beginnings>) -> Self {
        let list = List::begun_by(text);
        let blanks = match beginnings {
            _ if list.is_some() => Blanks::All,
            None => Blanks::None,
            Some(beginnings) => Blanks::Before(beginnings),
        };
        let mut finder = Finder::new(text, blanks);
        if kinds::is_ruler(text.as_bytes()) {
            finder.stop_behind_token(0);
        }
        Self { text, rules, beginnings, finder, list, with_pauses: beginnings.is_some() || rules.has_pauses(), start: 0 }
    }

    #[inline]
    fn end_at_blank(&mut self, at: usize, is_end: &mut impl FnMut(&Evidence) -> bool) -> Option<usize> {
        let next = &self.text[at + 1..];
        let is_token_end = self.finder.is_token_end(at);
        if kinds::is_ruler(next.as_bytes()) {
            self.finder.stop_behind_token(at + 1);
        }
        let is_behind_blank = self.text[..at].ends_with(char::is_whitespace);
        if !is_behind_blank && self.list.as_mut().is_some_and(|list| list.goes_on_with(next.trim_start())) {
            return Some(at);
        }
        if is_behind_blank || self.text.as_bytes()[at] == b'\t' {
            return None;
        }
        let (sides, reason) = self.judge_blank(&self.text[self.start..at], next, is_token_end)?;
        let place = Place::at_blank(self.text, self.start, at);
        let ends =
            self.rules.judge_marks(&place).is_none() && is_end(&Evidence { place: &place, words: &place.words(), sides, reason });
        ends.then_some(at)
    }

    /// Why a sentence may end at a blank, if it may.
    #[inline]
    fn judge_blank(&self, sentence: &str, next: &str, is_token_end: bool) -> Option<(Sides, Reason)> {
        let may_break = || {
            let last = sentence.bytes().next_back().unwrap_or_default();
            let first = next.as_bytes().first_chunk().copied().unwrap_or_default();
            breaks::may_be(last, first) && breaks::may_be_between(sentence.as_bytes(), next.as_bytes())
        };
        let (sides, reason) = if is_token_end || may_break() { breaks::judge(sentence, next) } else { (Sides::UNSEEN, None) };
        let reason = reason.or_else(|| {
            let begins = is_behind_word(sentence) && self.beginnings.is_some_and(|beginnings| beginnings.begin(next));
            (begins && !titles::go_on(sentence, next)).then_some(Reason::Blank)
        });
        reason.map(|reason| (sides, reason))
    }

    #[inline]
    fn end_at_marks(&mut self, place: &Place, is_end: &mut impl FnMut(&Evidence) -> bool) -> Option<usize> {
        if is_in_address(place.behind().as_bytes()) {
            self.finder.stop_behind_token(place.end);
        }
        if place.behind().is_empty() || is_only_dots(place.before()) {
            return None;
        }
        let ends = match self.rules.judge_marks(place) {
            Some(reason) => reason.log_odds() > 0.0,
            None => {
                let words = place.words();
                let reason = self.rules.judge_words(place, &words);
                is_end(&Evidence { place, words: &words, sides: Sides::UNSEEN, reason })
            }
        };
        ends.then_some(place.end)
    }
}

/// Whether a mark before this may stand in an address, or in the name of a file.
fn is_in_address(behind: &[u8]) -> bool {
    let may_be = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'/';
    matches!(*behind, [first, second, ..] if may_be(first) && may_be(second) && !first.is_ascii_digit())
}

/// Whether a sentence may end without a mark: behind a word, or what closes with one.
fn is_behind_word(before: &str) -> bool {
    before.ends_with(|c: char| is_letter_or_digit(c) || is_closer(c) && !is_opener(c))
}

/// Whether a sentence has nothing but an ellipsis so far, which may be written with blanks.
fn is_only_dots(before: &str) -> bool {
    before.len() <= MAX_DOTS
        && before.ends_with(' ')
        && before.contains('.')
        && before.bytes().all(|byte| matches!(byte, b'.' | b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` stands where a sentence ends.
    fn check(language: &str, expected: &str) {
        let text = expected.replace('|', "");
        let mut found = String::new();
        let mut start = 0;
        let mut ends = Vec::new();
        find(&text, &Rules::of(language), None, |evidence| evidence.prior() > 0.0, &mut ends);
        for end in ends {
            found.push_str(&text[start..end]);
            found.push('|');
            start = end;
        }
        found.push_str(&text[start..]);
        assert_eq!(found, expected);
    }

    #[test]
    fn abbreviations_and_initials_go_on() {
        check("en", "Mr. Finch met J. S. Bach's biographer at 5 p.m. in Mt. Airy.| They talked, e.g. about fugues.");
        check("en", "See no. 7 and vol. 3.| The answer was no.| Then she left.");
        check("en", "The firm is Hull & Sons Inc.| It sells rope.");
        check("en", "It runs Aug. 14-Sept. 21 in Rm. 113.| Ask for Rs. 180.");
        check("en", "It is made of CH3-Br.| It smells.");
        check("el", "Η Γρ. Κολοσσός αγόρασε 100 γρ.| Τέλος.");
        check("th", "ดร. สมชาย มาเวลา 10.00 น. ที่บ้าน");
        check("de", "Dr. Vogel kommt am 3. Oktober, z. B. mit Karl dem IV. Regiment.| Er bleibt bis zum 5. November.");
        check("ru", "Он живёт на ул. Мира, д. 7, т. е. рядом.| Мы зайдём.");
        check("it", "È arrivato l'Ing. Rossi.| Buongiorno!");
        check("hi", "श्री ए. पी. जे. शर्मा आए।| वे बैठे।");
        check("ka", "დოქტორი გ. ბერიძე მოვიდა 2012 წ. მარტში.| შემდეგ წავიდა.");
        check("pl", "Fot. Anna Lis.| Port jest stary.");
    }

    #[test]
    fn numbers_and_addresses_are_left_whole() {
        check("en", "Version 2.0.1 costs $3.50.| See https://www.example.com/a.html or write to J.Doe@example.com.| Thanks.");
    }

    #[test]
    fn quotations_and_brackets_close_with_their_sentence() {
        check("en", "\"Is it late?\" she asked.| (It was.)| He left [...] at once.");
        check("en", "It is long.[1][23]| It is old.[2]");
        check("fr", "« Il pleut. »| Elle ferma la porte.");
        check("fr", "Il pleut.| «Vraiment?»| Elle ferma la porte.");
        check("de", "»Komm sofort her.«| Er ging.| »Wirklich?«| Sie lachte: »›Ja!‹«| Dann schwieg er.");
        check("de", "»Das ist«, sagte er, »kein Spiel.«| »Doch!« rief sie.");
        check("da", "»Kom nu her.«| Han gik hjem.| ›Er det sandt?‹| Hun lo.");
        check("ru", "«Прибор врёт, — говорит он. — Он старый».| Все молчат.");
        check("de", "„Komm jetzt!“, rief sie.| „Nein.“| Er blieb.");
        check("zh", "他说：“走吧！”| 然后走了。| 我看过《来吧！爸爸》。");
    }

    #[test]
    fn marks_of_all_scripts_end_sentences() {
        check("hi", "वह आया।| फिर गया।");
        check("hy", "Նա եկավ։| Հետո գնաց:| Վերջ։");
        check("ja", "行った。|帰った。");
        check("ja", "必要です。|\\offset を使う。|-1 が左です。(注)");
        check("ar", "هل وصلت؟| نعم.");
        check("ur", "وہ آیا۔| ’’ہم چلے گئے۔‘‘| وہ بولا۔| ”کیوں؟“| پھر گیا۔");
        check("ja", "うまい‼️| また来ます‼️");
        check("zh", "“我们走吧。”李小禾说。|“为什么？”他问道。|“走！”|他说：“快走！”|“好。”|说完他走了。");
        check("zh", "“为什么？”|我不知道。|“走吧！”|这是一条小道。");
        check("ja", "「開かない！」などの声があった。");
        check("zh", "见第二章（“港口在哪里？”），那里有图。|完。");
    }

    #[test]
    fn items_of_a_list_begin_sentences() {
        check("en", "1. Fill the tank| 2. Light the fire| 3. Wait");
        check("en", "8.5.1. Harbours and rivers");
        check("en", "Figure 17.3. The harbour at dawn.| See Figure 2.| It is old.");
        check("zh", "图 3.1. 港口");
        check("en", "Version 2.0.| It brings many things.");
        check("en", "Is it new?| 2.0.| It is new.");
        check("de", "A.4. Häfen.| Es waren 2.3.");
        check("de", "Teil 2. Die Häfen.| Abbildung 4.2. Der Fluss.");
        check("en", "• Rope| • Tar");
        check("en", "a) bread| b) salt");
    }

    #[test]
    fn blanks_that_were_forgotten_do_not_matter() {
        check("en", "We saw the album.|Then we left.");
        check("en", "It runs on v8.Engine and x.Com here.");
    }

    #[test]
    fn blanks_stand_before_notes_and_in_ellipses() {
        check("en", "He was born here (1821). [22]| His poems are known.");
        check("nl", "Het was raak.| ...en toen barste de hel los.");
        check("en", "It was long . . . and dull.| It ended.");
    }

    #[test]
    fn titles_of_foreign_names_go_on() {
        check("es", "Mr. Frost vive en St. John.| Tiene un perro.");
        check("fi", "Hän tapasi Dr. Jonesin.| Sitten hän lähti.");
        check("en", "Thanks for all.| PS. Call me, Drs. Ali are out.");
        check("pt", "Sáb. e dom. fechado.| Seg. aberto.");
    }

    #[test]
    fn units_years_and_abbreviations_with_blanks_may_end_sentences() {
        check("ru", "Он купил хлеб, соль и т. п.| Потом ушёл.");
        check("ru", "Он пробежал эстафету 4 × 400 м.| Затем отдыхал.");
        check("uk", "Станцію закрили у 1991 р.| Потім її знесли.");
        check("uk", "У 1991 р. Україна стала незалежною.");
        check("en", "At 5 a.m. The Times was late.");
        check("sv", "Det tar 5 min.| Rör om.");
        check("cs", "Vařte 5 min.| Pak sceďte.");
        check("lt", "Skyrė 5 mln. Lt ir 20 tūkst.| Tada baigė.");
        check("ru", "Стол длиной 20 см.| Дверь узкая, см. Рис. 3.");
        check("hr", "Kupio je kruh, sir i dr.| Onda je došao dr. Horvat.");
        check("az", "Çörək, duz və s.| Sonra getdi.");
        check("cs", "Stál 5 mil. Kč a prodal se za 7 mil.| Pak shořel.");
        check("tr", "Onu Kaya Tic. Ltd. Şti.| Sonra gitti.");
    }

    #[test]
    fn no_break_blanks_part_words() {
        check("de", "Er kommt z.\u{a0}B. Dienstag und kostet 5\u{a0}Mio. Euro.| Gut.");
        check("cs", "Psal J.\u{202f}S. Bachovi.| Ten mlčel.");
    }

    #[test]
    fn languages_have_the_abbreviations_of_their_relatives_and_their_own() {
        check("sr", "Стигао је проф. Марић из ул. Липе.| Dr. Ilić je tu.");
        check("bs", "Stigao je prof. Marić.| Onda je otišao.");
        check("be", "Прыйшоў праф. Лук з вул. Ліпы.| Ён маўчыць.");
        check("af", "Mnr. Nel ken dr. Smit.| Hy bly.");
    }

    #[test]
    fn ordinal_numbers_go_on() {
        check("de", "Gefäße aus dem 1. -3. Jahrhundert, dem 2.-4. Jahrhundert.| Siehe Abs. 2.| Das gilt.");
        check("ko", "그는 2020. 5. 3. 서울에서 왔다.| 많은 사람이 왔다.");
        check("de", "Der Wert ist 5.| Die Grenze liegt am 3. Tag bei 9.| Dann endet es.");
        check("pl", "Filtr ma co najmniej 15.| Jeśli pada, wystarczy 5. dnia.");
        check("fi", "Ennen 1.1. 1980 hän sai 25.| Sitten hän lähti.");
        check("nb", "Hun så XII. Olav på en CD.| Filmen var ny.");
        check("en", "It costs 10.50.| 1000 people came.");
        check("cs", "Poslal mi fax.| V úterý přišel.");
        check("fr", "Voir fig. IV et vol. XII de la série.| Fin.");
    }

    #[test]
    fn smileys_belong_to_the_sentence_before_them() {
        check("en", "I love her. :)| Then we left.| Great! ;-)");
        check("en", "Enjoy your soup! 😉| Then rest.❤️| Well done! 🥔🎉");
        check("en", "👋 Welcome!| 🚚 Fast delivery.| ✅ Free returns.");
        check("en", "It is fast.| ✅ It is free.");
        check("en", "It is done.| ★ Next item here.");
    }

    #[test]
    fn signs_alone_are_no_sentence() {
        check("en", "It rained.| Then it stopped. ® ”");
        check("en", "Is it good?| Then it rained! (?)");
        check("en", "It rained.| [...]");
        check("en", "It rained.[1]| It stopped.²³| Then it was dry.");
        check("ja", "｢はい。｣|［注。］|次です。");
        check("zh", "去哪裡﹖|回家﹗|好。");
        check("zh", "他走了。[完] 。|我也走了。");
    }

    #[test]
    fn scripts_without_capitals_begin_sentences() {
        check("ka", "ის მოვიდა.| მერე წავიდა.");
        check("hi", "वे 5 लाख रु. कमाते हैं।| एम. टी. गांधी आए।");
        check("bn", "ড. ইউনূস এলেন।| মোঃ. রহিম গেলেন।");
    }

    #[test]
    fn words_may_be_left_out_anywhere() {
        check("fr", "Il y eut 42 matchs.| (...) Les joueurs partirent.| Il rit... !| Elle part.");
        check("en", "It was said . . . I did not hear it.| It ended....| Then all left.");
        check("en", "It was dull.| . . . The rest was not.");
        check("en", "It was dull… and then it ended…| Then all left.");
        check("en", "Rows (a, b, ... ) are for [ c, ... ] alone.");
    }

    #[test]
    fn marks_before_colons_go_on() {
        check("de", "Das Urteil (Az.: BAG 216) gilt.");
        check("kk", "Бұл жағдайы.|XVIII ғасырда болды.");
        check("en", "It was posted via newsfeed.Com to all.");
        check("nl", "Hij kwam om 8 uur.| 's Morgens ging hij weg.");
    }

    #[test]
    fn addresses_files_and_rulers_end_lines() {
        check("en", "See http://a.example.com/x| http://b.example.com/y and call.");
        check("en", "http://a.example.com/x, http://b.example.com/y and www.example.com.");
        check("en", "Enclosed - plan.pdf| - list.pdf");
        check("en", "==========| It ends here.");
    }

    #[test]
    fn quotation_marks_close_behind_a_blank() {
        check("en", "She said: \"It is late. \"| Then she left.");
        check("en", "He left.| \" It was late.\"");
        check("en", "“It is late. ”| Then she left.");
    }

    #[test]
    fn the_seed_page_has_traps() {
        check("en", "It met on 8 July.|  Thus far, nothing.");
        check("en", "The Dialogue (S&ED),  with its authoritative; quasi-authoritative; and other texts.");
    }
}
