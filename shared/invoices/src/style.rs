//! Measures, colours and styles of letters. All measures are points of 1/72 inch.

use crate::fonts::Weight;
use domain::Language;

/// The size of A4.
pub(crate) const PAGE_WIDTH: f32 = 595.28;
/// The size of A4.
pub(crate) const PAGE_HEIGHT: f32 = 841.89;
/// The empty space beside the content.
pub(crate) const MARGIN: f32 = 50.0;
/// The width of the content.
pub(crate) const WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;
/// Where pages begin.
pub(crate) const TOP: f32 = 44.0;
/// Where the content of pages ends, above their foot.
pub(crate) const BOTTOM: f32 = PAGE_HEIGHT - 72.0;

/// A colour by red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ink(pub u8, pub u8, pub u8);

/// Text.
pub(crate) const INK: Ink = Ink(0x17, 0x20, 0x2a);
/// Labels.
pub(crate) const SOFT: Ink = Ink(0x5b, 0x66, 0x73);
/// Logo, links.
pub(crate) const ACCENT: Ink = Ink(0x12, 0x57, 0xa8);
/// Hairlines.
pub(crate) const RULE: Ink = Ink(0xd5, 0xdb, 0xe2);
/// Areas.
pub(crate) const TINT: Ink = Ink(0xf3, 0xf5, 0xf7);
/// On the logo, and behind a QR code.
pub(crate) const PAPER: Ink = Ink(0xff, 0xff, 0xff);

/// How letters look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub size: f32,
    pub weight: Weight,
    pub ink: Ink,
}

const fn style(size: f32, weight: Weight, ink: Ink) -> Style {
    Style { size, weight, ink }
}

/// The name of the product, beside the logo.
pub(crate) const BRAND: Style = style(15.0, Weight::SemiBold, INK);
/// The title.
pub(crate) const TITLE: Style = style(21.0, Weight::SemiBold, INK);
/// The number below the title.
pub(crate) const NUMBER: Style = style(10.5, Weight::Regular, SOFT);
/// Labels.
pub(crate) const LABEL: Style = style(8.0, Weight::Regular, SOFT);
/// Text.
pub(crate) const TEXT: Style = style(9.5, Weight::Regular, INK);
/// Names, and what matters.
pub(crate) const STRONG: Style = style(10.0, Weight::SemiBold, INK);
/// Links.
pub(crate) const LINK: Style = style(8.0, Weight::Regular, ACCENT);
/// The heads of columns.
pub(crate) const HEAD: Style = style(8.5, Weight::SemiBold, SOFT);
/// The total.
pub(crate) const TOTAL: Style = style(11.5, Weight::SemiBold, INK);
/// Notes.
pub(crate) const NOTE: Style = style(9.0, Weight::Regular, SOFT);
/// The foot of pages.
pub(crate) const FOOT: Style = style(7.5, Weight::Regular, SOFT);

/// The height of a line as a multiple of the size of its letters. Devanagari and Arabic have signs far above and below.
pub(crate) const fn leading(language: Language) -> f32 {
    match language {
        Language::Arabic => 1.65,
        Language::Hindi => 1.6,
        _ => 1.42,
    }
}
