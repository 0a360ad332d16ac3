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
        let ends_of_words = text.match_indices(' ').map(|(at, _)| at).filter(|at| *at > 0).chain([text.len()]);
        let ends_of_characters = text.char_indices().map(|(at, sign)| at + sign.len_utf8());
        let mut best = None;
        for end in ends_of_words {
            let line = Self::new(&text[..end], style, base)?;
            if line.width > width {
                break;
            }
            best = Some((line, end));
        }
        if best.is_none() {
            for end in ends_of_characters {
                let line = Self::new(&text[..end], style, base)?;
                if line.width > width && best.is_some() {
                    break;
                }
                best = Some((line, end));
            }
        }
        best.map_or_else(|| Ok((Self::new(text, style, base)?, text.len())), Ok)
    }
}
