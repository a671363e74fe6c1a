//! Which gaps between kept lines of plain text are of the text, though no markup says that they are lists, headings or code.

use super::judge::Verdict;
use super::measures::Measures;
use super::outline::Outline;
use super::refine::FAIRLY_PROBABLE;

/// Lines of a gap that are fairly probable, or are in a text of which most lines are kept.
const LONGEST_GAP: usize = 3;
/// Lines of a gap, and the least probability of them on average, where empty lines show that the text was laid out by its author.
const GAP_OF_AUTHOR: (usize, f32) = (8, 0.1);
/// In a text that was laid out, one line in so many at least stands below an empty one. Whoever renders markup leaves none.
const ONE_LINE_IN: usize = 20;
/// Lines of a list that a kept line introduces.
const LONGEST_LIST: usize = 8;
/// Words of a line that introduces a list; shorter ones may be labels.
const WORDS_OF_INTRODUCTION: f32 = 4.0;
/// From this probability on a gap may be of the text: that of its lines on average, or of each item of a list.
const LEAST_OF_GAP: f32 = 0.25;
/// Share of kept lines in a text from which on there is little beside it that its gaps might be.
const MOSTLY_KEPT: f64 = 0.7;
/// Signs that stand alone on lines of programs and data.
const SIGNS_OF_CODE: [char; 8] = ['{', '}', '(', ')', '[', ']', ';', ','];

/// Keeps the gaps between kept lines that are of the text.
pub(super) fn close(outline: &Outline, measures: &[Measures], verdicts: &mut [Verdict]) {
    keep_fair_lines(measures, verdicts);
    keep_improbable_lines(outline, measures, verdicts);
}

/// Keeps short gaps in a text that is kept nearly as a whole, lists behind a line that ends with a colon, and brackets that end what
/// was begun before.
fn keep_improbable_lines(outline: &Outline, measures: &[Measures], verdicts: &mut [Verdict]) {
    let n_kept = verdicts.iter().filter(|verdict| verdict.keep).count();
    let is_mostly_kept = n_kept as f64 >= MOSTLY_KEPT * verdicts.len() as f64;
    let n_below_empty = outline.blocks.iter().filter(|line| line.blank_lines > 0).count();
    let is_laid_out = n_below_empty * ONE_LINE_IN >= outline.blocks.len();
    let (longest, least) = match (is_mostly_kept, is_laid_out) {
        (true, true) => GAP_OF_AUTHOR,
        (true, false) => (LONGEST_GAP, LEAST_OF_GAP),
        (false, _) => (0, 1.0),
    };
    let kept: Vec<usize> = (0..verdicts.len()).filter(|&line| verdicts[line].keep).collect();
    let text = |line: usize| outline.text_of(&outline.blocks[line]).trim_end();
    for pair in kept.windows(2) {
        let (before, gap) = (pair[0], pair[0] + 1..pair[1]);
        if gap.is_empty() || gap.len() > LONGEST_LIST {
            continue;
        }
        let probabilities = || verdicts[gap.clone()].iter().map(|verdict| verdict.probability);
        let is_introduced = measures[before].words >= WORDS_OF_INTRODUCTION && text(before).ends_with([':', '：']);
        let is_list = is_introduced && probabilities().all(|probability| probability >= LEAST_OF_GAP);
        let is_of_text = gap.len() <= longest && probabilities().sum::<f32>() >= least * gap.len() as f32;
        let is_code = |line: usize| !text(line).is_empty() && text(line).chars().all(|sign| SIGNS_OF_CODE.contains(&sign));
        if is_list || is_of_text || gap.clone().all(is_code) {
            verdicts[gap].iter_mut().for_each(|verdict| verdict.keep = true);
        }
    }
}

/// Keeps lines that are fairly probable if they stand between kept ones, or behind one as a sentence.
fn keep_fair_lines(measures: &[Measures], verdicts: &mut [Verdict]) {
    let mut gap = 0;
    for i in 1..verdicts.len() {
        let is_fair = verdicts[i].probability >= FAIRLY_PROBABLE;
        if verdicts[i].keep {
            verdicts[i - gap..i].iter_mut().for_each(|verdict| verdict.keep = true);
            gap = 0;
        } else if verdicts[i - 1].keep && is_fair && measures[i].ends_sentence {
            verdicts[i].keep = true;
        } else if is_fair && gap < LONGEST_GAP && (gap > 0 || verdicts[i - 1].keep) {
            gap += 1;
        } else {
            gap = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::judge::shown;
    use super::super::{measures, text};
    use super::*;

    /// Lines with `+` are kept, those with `?` doubtful; those with `-` are not probable.
    fn check(text: &str, expected: &str) {
        let verdict = |line: &str| match line.as_bytes() {
            [b'+', ..] => Verdict { keep: true, probability: 0.9 },
            [b'?', ..] => Verdict { keep: false, probability: 0.3 },
            _ => Verdict { keep: false, probability: 0.05 },
        };
        let verdicts_of_lines = text.split(' ').filter(|line| line.len() > 1).map(verdict);
        let lines: Vec<&str> = text.split(' ').map(|line| &line[1..]).collect();
        let mut verdicts: Vec<Verdict> = verdicts_of_lines.collect();
        let outline = text::outline(&lines.join("\n").replace('_', " "));
        keep_improbable_lines(&outline, &measures::measure(&outline, "", "").0, &mut verdicts);
        assert_eq!(shown(&verdicts), expected, "{text}");
    }

    #[test]
    fn fair_lines_between_kept_ones_are_kept() {
        let check = |probabilities: &[f32], expected: &str| {
            let mut verdicts: Vec<Verdict> =
                probabilities.iter().map(|&probability| Verdict { keep: probability > 0.5, probability }).collect();
            keep_fair_lines(&vec![Measures::default(); probabilities.len()], &mut verdicts);
            assert_eq!(shown(&verdicts), expected, "{probabilities:?}");
        };
        check(&[0.4, 0.9, 0.4, 0.4, 0.4, 0.9, 0.4], "-xxxxx-");
        check(&[0.9, 0.4, 0.2, 0.4, 0.9], "x---x");
        check(&[0.9, 0.4, 0.4, 0.4, 0.4, 0.9], "x----x");
        check(&[], "");
    }

    #[test]
    fn gaps_are_closed_where_they_are_of_the_text() {
        check("+a +b +c +d ?e +f", "xxxxxx");
        check("+a +b +c +d -e +f", "xxxx-x");
        check("+a +b +c +d ?e ?f ?g ?h +i +j +k +l +m +n", "xxxx----xxxxxx");
        check("+a +b + +c +d ?e ?f ?g ?h +i +j +k +l +m +n", "xxxxxxxxxxxxxx");
        check("+a ?b ?c +d ?e ?f ?g ?h", "x--x----");
        check("+You_need_all_these: ?b ?c +d ?e ?f ?g ?h", "xxxx----");
        check("+Tags: ?b ?c +d ?e ?f ?g ?h", "x--x----");
        check("+a -b -} +c -}); +d", "x--xxx");
    }
}
