//! From a text to glyphs in their order on the paper.
//!
//! The bidirectional algorithm (UAX #9) cuts a line into runs and orders them. Each run is cut again where another font
//! is needed, and shaped there.

use crate::{
    RenderError,
    fonts::{FontPair, Fonts, Weight},
};
use domain::Direction;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction as Flow, UnicodeBuffer, shape};
use std::ops::Range;
use unicode_bidi::{BidiClass, Level, ParagraphBidiInfo, bidi_class, get_base_direction};

/// Which direction a text has as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// That of the document's language: for our own texts.
    Document(Direction),
    /// That of its first letter: for names, addresses and references.
    Own,
}

impl Base {
    /// The direction of a text. A text without letters has that of Latin script.
    pub(crate) fn of(self, text: &str) -> Self {
        match self {
            Self::Own if get_base_direction(text) == unicode_bidi::Direction::Rtl => {
                Self::Document(Direction::RightToLeft)
            }
            Self::Own => Self::Document(Direction::LeftToRight),
            Self::Document(_) => self,
        }
    }

    fn level(self, text: &str) -> Level {
        match self.of(text) {
            Self::Document(Direction::RightToLeft) => Level::rtl(),
            _ => Level::ltr(),
        }
    }
}

/// Glyphs of one font, from left to right.
pub(crate) struct Run {
    pub font: Font,
    pub glyphs: Vec<KrillaGlyph>,
    /// The width at a size of 1.
    pub width: f32,
}

/// The runs of a line of text, from left to right.
pub(crate) fn runs(text: &str, weight: Weight, base: Base) -> Result<Vec<Run>, RenderError> {
    let fonts = Fonts::get()?.of(weight);
    let bidi = ParagraphBidiInfo::new(text, Some(base.level(text)));
    let (levels, ranges) = bidi.visual_runs(0..text.len());
    let mut runs = Vec::new();
    for range in ranges {
        let is_right_to_left = levels.get(range.start).is_some_and(Level::is_rtl);
        let mut parts = parts(text, range, fonts)?;
        if is_right_to_left {
            parts.reverse();
        }
        runs.extend(parts.into_iter().map(|(pair, part)| shaped(text, part, pair, is_right_to_left)));
    }
    Ok(runs)
}

/// Cuts a run where another font is needed, and drops the marks of direction, which have done their work.
fn parts<'a>(
    text: &str,
    run: Range<usize>,
    fonts: &'a [FontPair],
) -> Result<Vec<(&'a FontPair, Range<usize>)>, RenderError> {
    let mut parts: Vec<(&FontPair, Range<usize>)> = Vec::new();
    let mut is_cut = true;
    for (at, sign) in text[run.clone()].char_indices() {
        let (start, end) = (run.start + at, run.start + at + sign.len_utf8());
        if is_direction(sign) {
            is_cut = true;
            continue;
        }
        let current = parts.last_mut().filter(|(pair, _)| !is_cut && stays(sign) && pair.has(sign));
        if let Some((_, part)) = current {
            part.end = end;
            continue;
        }
        let pair = fonts.iter().find(|pair| pair.has(sign)).ok_or(RenderError::Unprintable(sign))?;
        match parts.last_mut() {
            Some((last, part)) if !is_cut && std::ptr::eq(*last, pair) => part.end = end,
            _ => parts.push((pair, start..end)),
        }
        is_cut = false;
    }
    Ok(parts)
}

/// Whether a character is set in the font of the one before it, so that letters that join do.
const fn stays(sign: char) -> bool {
    matches!(sign, ' ' | '\u{a0}' | '\u{200c}' | '\u{200d}')
}

/// Whether a character only directs others.
fn is_direction(sign: char) -> bool {
    use BidiClass::{FSI, LRE, LRI, LRO, PDF, PDI, RLE, RLI, RLO};
    matches!(bidi_class(sign), FSI | LRE | LRI | LRO | PDF | PDI | RLE | RLI | RLO)
        || matches!(sign, '\u{200e}' | '\u{200f}' | '\u{61c}')
}

fn shaped(text: &str, part: Range<usize>, pair: &FontPair, is_right_to_left: bool) -> Run {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&text[part.clone()]);
    buffer.guess_segment_properties();
    buffer.set_direction(if is_right_to_left { Flow::RightToLeft } else { Flow::LeftToRight });
    let shaped = shape(&pair.face, &[], buffer);
    // Where the text of each glyph begins, and the ends of these parts, which are the next beginnings.
    let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| part.start + info.cluster as usize).collect();
    let mut ends = starts.clone();
    ends.push(part.end);
    ends.sort_unstable();
    let em = |units: i32| em(units, pair.face.units_per_em());
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).zip(&starts);
    let glyphs: Vec<_> = glyphs
        .map(|((info, position), start)| {
            let end = ends.get(ends.partition_point(|end| end <= start)).copied().unwrap_or(part.end);
            let (advance, id) = (em(position.x_advance), GlyphId::new(info.glyph_id));
            let (x, y) = (em(position.x_offset), em(position.y_offset));
            KrillaGlyph::new(id, advance, x, y, em(position.y_advance), *start..end, None)
        })
        .collect();
    let width = shaped.glyph_positions().iter().map(|position| em(position.x_advance)).sum();
    Run { font: pair.font.clone(), glyphs, width }
}

/// Units of a font as a part of its size. Both have few digits, so nothing is lost.
#[allow(clippy::cast_precision_loss)]
fn em(units: i32, per_em: i32) -> f32 {
    units as f32 / per_em as f32
}
