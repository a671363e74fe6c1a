//! Lines of Chinese characters in Japanese texts: names, headings and lists have no kana, and are Japanese all the same.

use super::candidates::{CHINESE, JAPANESE};
use super::pieces::Pieces;

/// Characters of common words that Chinese sentences seldom do without, and that Japanese writes otherwise or seldom.
const OF_SENTENCES: &str = "的是你我他她们們这這哪个么麼吗嗎呢吧啊很还沒说說对从從为";

/// Common characters in the form that China simplified them to, which no Japanese text has: they are not in JIS X 0208.
const SIMPLIFIED: &str = "过发动现样开关经头进间见问东车长马话书让给应请认识该难业产务专总统级组织结络门电报实际议论计设战术农场县乡镇华汉庆辽龙岛欢观视规质费资负责贸购货优传众亿选简单师员岁团图备复审军减则刚创剧办劳势协卖卫历压够奖妈妇宁宾导层带帮录态惊执扩扬护拟择换显杀权构标栏树桥检汇济测满灵热爱环疗监盘";

/// Where the characters of all pieces together speak for Japanese rather than for Chinese, pieces of characters that both have and that
/// are no Chinese sentences speak for both alike, and a unit more for Japanese. `n_tables` candidates come before the Chinese one.
pub(super) fn weigh(text: &str, pieces: &mut Pieces, n_tables: usize) {
    let (chinese, japanese) = (n_tables + CHINESE, n_tables + JAPANESE);
    let is_chinese = |c: char| OF_SENTENCES.contains(c) || SIMPLIFIED.contains(c);
    let n_pieces = pieces.pieces.len();
    let sum = |candidate: usize| (0..n_pieces).map(|piece| i64::from(pieces.evidence(piece)[candidate])).sum::<i64>();
    if sum(japanese) <= sum(chinese) {
        return;
    }
    for piece in 0..n_pieces {
        let range = pieces.pieces[piece].range.clone();
        let evidence = pieces.evidence_mut(piece);
        if evidence[chinese] > evidence[japanese] && !text[range].contains(is_chinese) {
            evidence[japanese] = evidence[chinese] + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Identifier, Ngrams};

    fn check(text: &str, main: &str, of_lines: &[&str]) {
        let found = Ngrams::default().identify(text, None);
        assert_eq!(found.main.bcp47, main, "{text}");
        let language_at = |at: usize| found.spans.iter().find(|span| span.range.contains(&at)).map(|span| span.language.bcp47);
        let starts = text.lines().map(|line| line.as_ptr() as usize - text.as_ptr() as usize);
        assert_eq!(starts.filter_map(language_at).collect::<Vec<_>>(), of_lines, "{text}");
    }

    #[test]
    fn names_in_japanese_texts_are_japanese() {
        let names =
            "宮崎県：延岡市、西都市、日南市、串間市、国富町、綾町、美郷町、高千穂町、都城市、小林市、三股町、高原町、諸塚村";
        let text = format!("けさの地震で、各地の震度は次のとおりでした。\n{names}\nこの地震による津波の心配はありません。");
        check(&text, "ja", &["ja", "ja", "ja"]);
        check("北京市、天津市、上海市、重庆市、河北省、山西省、辽宁省、吉林省", "zh", &["zh"]);
    }

    #[test]
    fn chinese_sentences_beside_japanese_ones_are_chinese() {
        let chinese = "这是一个关于港口的故事，港口在很久以前就已经关闭了，现在没有人住在那里，也没有船只停靠在那里。";
        check(
            &format!("これは港についての話です。\n{chinese}\nいまはだれもすんでいません。むかしのはなしです。"),
            "zh",
            &["ja", "zh", "ja"],
        );
    }

    #[test]
    fn simplified_characters_are_chinese() {
        let japanese = "これは港についての話です。むかしは船がたくさん来ていましたが、いまはだれもすんでいません。".repeat(2);
        let chinese = "港口今日重新开放，船只停靠码头，市民前往观看。中国航运公司发布公告，今年运输总量增长百分之五。";
        check(&format!("{japanese}\n{chinese}\n{japanese}"), "ja", &["ja", "zh", "ja"]);
    }
}
