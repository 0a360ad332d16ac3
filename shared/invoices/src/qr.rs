//! QR codes.

use crate::RenderError;
use qrcode::{Color, EcLevel, QrCode};

/// The dark modules of the code for a text, row by row.
pub(crate) fn modules(text: &str) -> Result<Vec<Vec<bool>>, RenderError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(RenderError::Link)?;
    let width = code.width();
    Ok(code.into_colors().chunks(width).map(|row| row.iter().map(|color| *color == Color::Dark).collect()).collect())
}
