//! Where each block of a page stands in the text: what comes before, how far it is to prose and headings, under which label.

use super::measures::{MENU_LINK_SHARE, Measures};
use super::outline::{Block, Kind, Outline};

/// The distance to what is not there.
pub(super) const FAR: f32 = 1000.0;
/// Words of a text that is short enough to say what follows, though it is no heading.
const LABEL_WORDS: f32 = 5.0;

/// What says what the text below it is about. The number tells tokens of its words from those of other texts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Above {
    Heading = b'h' as isize,
    /// A heading, or a text that is as short as one.
    Label = b'l' as isize,
}

impl Above {
    pub(super) fn is_one(self, block: &Block, measures: &Measures) -> bool {
        let is_heading = block.kind.is_heading();
        let is_short = measures.words <= LABEL_WORDS && measures.letters > 0 && measures.link_share < MENU_LINK_SHARE;
        match self {
            Self::Heading => is_heading,
            Self::Label => is_heading || is_short,
        }
    }
}

/// Where a block stands in the text; distances in blocks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Position {
    pub(super) words_before: f32,
    pub(super) prose_before: f32,
    pub(super) since_prose: f32,
    pub(super) until_prose: f32,
    pub(super) since_heading: f32,
    pub(super) until_heading: f32,
    /// Level of the heading before; 7 where there is none.
    pub(super) heading_level: f32,
    /// Prose between the headings before and behind.
    pub(super) section_prose: f32,
    pub(super) since_main_heading: f32,
    /// The last heading before.
    pub(super) heading: Option<usize>,
    /// The last heading or very short text before.
    pub(super) label: Option<usize>,
}

pub(super) fn of_blocks(outline: &Outline, measures: &[Measures]) -> Vec<Position> {
    let mut positions = vec![Position::default(); measures.len()];
    look_back(outline, measures, &mut positions);
    look_ahead(outline, measures, &mut positions);
    positions
}

fn look_back(outline: &Outline, measures: &[Measures], positions: &mut [Position]) {
    let mut at =
        Position { since_prose: FAR, since_heading: FAR, since_main_heading: FAR, heading_level: 7.0, ..Position::default() };
    for (i, ((position, block), measures)) in positions.iter_mut().zip(&outline.blocks).zip(measures).enumerate() {
        *position = at;
        let prose = measures.prose();
        at.words_before += measures.words;
        at.prose_before += prose;
        at.since_prose = if prose > 0.0 { 0.0 } else { at.since_prose + 1.0 };
        at.since_heading += 1.0;
        at.since_main_heading += 1.0;
        at.section_prose += prose;
        if let Kind::Heading(level) = block.kind {
            at = Position { since_heading: 0.0, section_prose: 0.0, heading_level: f32::from(level), heading: Some(i), ..at };
            if level == 1 {
                at.since_main_heading = 0.0;
            }
        }
        if Above::Label.is_one(block, measures) {
            at.label = Some(i);
        }
    }
}

fn look_ahead(outline: &Outline, measures: &[Measures], positions: &mut [Position]) {
    let (mut until_prose, mut until_heading, mut prose_ahead) = (FAR, FAR, 0.0);
    for ((position, block), measures) in positions.iter_mut().zip(&outline.blocks).zip(measures).rev() {
        let prose = measures.prose();
        let is_heading = block.kind.is_heading();
        position.until_prose = until_prose;
        position.until_heading = until_heading;
        position.section_prose = if is_heading { prose_ahead } else { position.section_prose + prose + prose_ahead };
        until_prose = if prose > 0.0 { 0.0 } else { until_prose + 1.0 };
        until_heading = if is_heading { 0.0 } else { until_heading + 1.0 };
        prose_ahead = if is_heading { 0.0 } else { prose_ahead + prose };
    }
}
