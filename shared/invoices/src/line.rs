//! Lines of text, and the breaking of long texts into lines.

use crate::{
    RenderError,
    shape::{Base, Run, runs},
    style::Style,
};

/// A line of text that is ready to print.
pub(crate) struct Line {
    /// The text, to which the glyphs refer.
    pub text: String,
    pub runs: Vec<Run>,
    pub style: Style,
    /// The width in points.
    pub width: f32,
}

impl Line {
    /// The text as one line.
    pub(crate) fn new(text: &str, style: Style, base: Base) -> Result<Self, RenderError> {
        let runs = runs(text, style.weight, base)?;
        let width = runs.iter().map(|run| run.width).sum::<f32>() * style.size;
        Ok(Self { text: text.to_owned(), runs, style, width })
    }

    /// The text as lines that are at most so wide. Lines end at spaces; a word that is too wide is cut.
    pub(crate) fn wrapped(text: &str, style: Style, base: Base, width: f32) -> Result<Vec<Self>, RenderError> {
        // All lines have the direction of the whole text.
        let base = base.of(text);
        let whole = Self::new(text, style, base)?;
        if whole.width <= width {
            return Ok(vec![whole]);
        }
        let mut lines = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (line, end) = Self::longest(rest, style, base, width)?;
            rest = rest[end..].trim_start_matches(' ');
            lines.push(line);
        }
        Ok(lines)
    }

    /// The longest beginning of a text that fits, and where it ends. It has at least one character.
    fn longest(text: &str, style: Style, base: Base, width: f32) -> Result<(Self, usize), RenderError> {
        let words: Vec<_> =
            text.match_indices(' ').map(|(at, _)| at).filter(|at| *at > 0).chain([text.len()]).collect();
        if let Some(found) = Self::last_fitting(text, &words, style, base, width)? {
            return Ok(found);
        }
        let characters: Vec<_> = text.char_indices().map(|(at, sign)| at + sign.len_utf8()).collect();
        if let Some(found) = Self::last_fitting(text, &characters, style, base, width)? {
            return Ok(found);
        }
        let end = characters.first().copied().unwrap_or(text.len());
        Ok((Self::new(&text[..end], style, base)?, end))
    }

    /// The last of these ends up to which the text fits, found by halving.
    fn last_fitting(
        text: &str,
        ends: &[usize],
        style: Style,
        base: Base,
        width: f32,
    ) -> Result<Option<(Self, usize)>, RenderError> {
        let (mut found, mut ends) = (None, ends);
        while !ends.is_empty() {
            let middle = ends.len() / 2;
            let line = Self::new(&text[..ends[middle]], style, base)?;
            if line.width <= width {
                found = Some((line, ends[middle]));
                ends = &ends[middle + 1..];
            } else {
                ends = &ends[..middle];
            }
        }
        Ok(found)
    }
}
