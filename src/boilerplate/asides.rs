//! What stands apart from the one text of a page, and is less sure than it.

use foldhash::HashSet;

use super::context::LEAST_WORDS;
use super::features::Described;
use super::judge::Verdict;
use super::measures::Measures;
use super::titles;

/// Blocks that are missing between two stretches of kept ones, or words in fewer of them.
const BLOCKS_APART: usize = 3;
const WORDS_APART: f32 = 10.0;
/// The mean word of a text stands in a block of so many words at least.
const TEXT_WORDS: f32 = 20.0;
/// A stretch that is at most as probable is doubtful.
const DOUBTFUL: f32 = 0.6;
/// By how much it is less probable than the text.
const LESS_PROBABLE: f32 = 0.1;

/// Kept blocks with next to nothing missing between them.
struct Stretch {
    first: usize,
    last: usize,
    words: f32,
    /// Words by the probability that they are content, and by its square.
    expected: f32,
    mass: f32,
    /// Words by the words of their block.
    squares: f32,
}

impl Stretch {
    fn new(block: usize) -> Self {
        Self { first: block, last: block, words: 0.0, expected: 0.0, mass: 0.0, squares: 0.0 }
    }

    fn add(&mut self, block: usize, words: f32, probability: f32) {
        self.last = block;
        self.words += words;
        self.expected += words * probability;
        self.mass += words * probability * probability;
        self.squares += words * words;
    }

    fn probability(&self) -> f32 {
        self.expected / self.words
    }

    fn is_text(&self) -> bool {
        self.squares >= TEXT_WORDS * self.words
    }
}

fn stretches(measures: &[Measures], verdicts: &[Verdict]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut missing = 0.0;
    for (block, (measures, verdict)) in measures.iter().zip(verdicts).enumerate() {
        let words = measures.words.max(LEAST_WORDS);
        if !verdict.keep {
            missing += words;
            continue;
        }
        let is_apart = |stretch: &Stretch| block - stretch.last > BLOCKS_APART || missing >= WORDS_APART;
        if stretches.last().is_none_or(is_apart) {
            stretches.push(Stretch::new(block));
        }
        if let Some(stretch) = stretches.last_mut() {
            stretch.add(block, words, verdict.probability);
        }
        missing = 0.0;
    }
    stretches
}

/// Where a page has one text under its title, doubtful stretches beside it that are less probable and look otherwise are teasers, comments
/// or notices: they are content instead of it, or not at all. A stretch before it with a title of its own may be its beginning.
pub(super) fn drop_asides(described: &Described<'_>, verdicts: &mut [Verdict]) {
    let (outline, measures) = (described.outline, &described.measures);
    let stretches = stretches(measures, verdicts);
    let is_titled = |stretch: &Stretch| {
        let has_heading = || (stretch.first..=stretch.last).any(|block| titles::is_heading(outline, measures, block));
        titles::heading_before(outline, measures, stretch.first).is_some() || has_heading()
    };
    let heaviest = (0..stretches.len()).max_by(|&a, &b| stretches[a].mass.total_cmp(&stretches[b].mass));
    let Some(text) = heaviest.filter(|&stretch| stretches[stretch].is_text() && is_titled(&stretches[stretch])) else { return };
    let least = DOUBTFUL.min(stretches[text].probability() - LESS_PROBABLE);
    let of_text = patterns(described, verdicts, &stretches[text]);
    for (i, stretch) in stretches.iter().enumerate() {
        let may_begin_text = i < text && is_titled(stretch);
        let is_aside = i != text && stretch.probability() < least && !may_begin_text;
        if is_aside && of_text.is_disjoint(&patterns(described, verdicts, stretch)) {
            verdicts[stretch.first..=stretch.last].iter_mut().for_each(|verdict| verdict.keep = false);
        }
    }
}

/// The patterns of the elements that the kept blocks of a stretch stand in.
fn patterns(described: &Described<'_>, verdicts: &[Verdict], stretch: &Stretch) -> HashSet<usize> {
    let kept = (stretch.first..=stretch.last).filter(|&block| verdicts[block].keep);
    kept.map(|block| described.pattern(described.element(block))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::judge::shown;
    use super::super::lexicon::Lexicon;
    use super::super::scanner;
    use super::*;

    /// Which blocks of a page with this body are kept: by their probabilities, and when asides are dropped.
    fn kept(body: &str, probabilities: &[f32]) -> String {
        let scanned = scanner::scan(body, "");
        let described = Described::new(&scanned.outline, &scanned.markup, &Lexicon::default());
        let verdict = |&probability: &f32| Verdict { keep: probability >= 0.3, probability };
        let mut verdicts: Vec<Verdict> = probabilities.iter().map(verdict).collect();
        drop_asides(&described, &mut verdicts);
        shown(&verdicts)
    }

    #[test]
    fn what_stands_apart_from_the_text_less_sure_than_it_is_dropped() {
        let text = format!("<p>{}</p>", "word ".repeat(40)).repeat(2);
        let page =
            |title, aside: &str| format!("<h1>{title}</h1>{text}<h2>{}</h2><div class={aside}>{text}</div>", "more ".repeat(20));
        let titled = page("Title", "teasers");
        assert_eq!(kept(&titled, &[0.2, 0.9, 0.9, 0.1, 0.4, 0.4]), "-xx---");
        assert_eq!(kept(&titled, &[0.2, 0.9, 0.9, 0.3, 0.4, 0.4]), "-xxxxx");
        assert_eq!(kept(&titled, &[0.2, 0.9, 0.9, 0.1, 0.7, 0.7]), "-xx-xx");
        assert_eq!(kept(&titled, &[0.2, 0.4, 0.4, 0.1, 0.35, 0.35]), "-xx-xx");
        assert_eq!(kept(&page("", "teasers"), &[0.9, 0.9, 0.1, 0.4, 0.4]), "xx-xx");
        let thread = format!("<h1>Title</h1>{}", format!("<div class=post>{text}</div><p>{}</p>", "sign ".repeat(20)).repeat(2));
        assert_eq!(kept(&thread, &[0.2, 0.9, 0.9, 0.1, 0.4, 0.4, 0.1]), "-xx-xx-");
    }
}
