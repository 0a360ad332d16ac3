//! The fonts of invoices (see `fonts/README.md`).

use crate::RenderError;
use krilla::text::Font;
use rustybuzz::Face;
use std::sync::LazyLock;

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    SemiBold,
}

/// A font, to shape with and to put into files.
pub(crate) struct FontPair {
    pub face: Face<'static>,
    pub font: Font,
}

/// All fonts. A character is printed by the first one that has it.
pub(crate) struct Fonts {
    regular: [FontPair; 3],
    semi_bold: [FontPair; 3],
}

static FONTS: LazyLock<Option<Fonts>> = LazyLock::new(Fonts::read);

macro_rules! fonts {
    ($weight:literal) => {
        [
            pair(include_bytes!(concat!("../fonts/NotoSans-", $weight, ".ttf")))?,
            pair(include_bytes!(concat!("../fonts/Vazirmatn-", $weight, ".ttf")))?,
            pair(include_bytes!(concat!("../fonts/NotoSansDevanagari-", $weight, ".ttf")))?,
        ]
    };
}

fn pair(bytes: &'static [u8]) -> Option<FontPair> {
    let font = Font::new(bytes.into(), 0)?;
    Some(FontPair { face: Face::from_slice(bytes, 0)?, font })
}

impl Fonts {
    fn read() -> Option<Self> {
        Some(Self { regular: fonts!("Regular"), semi_bold: fonts!("SemiBold") })
    }

    /// The fonts, read at the first use.
    pub(crate) fn get() -> Result<&'static Self, RenderError> {
        FONTS.as_ref().ok_or(RenderError::Fonts)
    }

    /// The fonts of a weight, in the order of their use.
    pub(crate) const fn of(&self, weight: Weight) -> &[FontPair; 3] {
        match weight {
            Weight::Regular => &self.regular,
            Weight::SemiBold => &self.semi_bold,
        }
    }

    /// Whether a font has the character. Both weights have the same ones.
    pub(crate) fn has(&self, character: char) -> bool {
        self.regular.iter().any(|pair| pair.has(character))
    }
}

impl FontPair {
    /// Whether the font has the character.
    pub(crate) fn has(&self, character: char) -> bool {
        self.face.glyph_index(character).is_some()
    }
}
