//! Why an invoice can't be printed.

use krilla::error::KrillaError;
use thiserror::Error;

/// Why an invoice can't be printed. All but the first two are mistakes of the program.
#[derive(Debug, Error)]
pub enum RenderError {
    /// No font has this character (see [`crate::unprintable`]).
    #[error("no font has the character U+{:04X}", u32::from(*.0))]
    Unprintable(char),
    /// The link to the payment does not fit into a QR code.
    #[error("the link to the payment does not fit into a QR code")]
    Link(#[source] qrcode::types::QrError),
    /// A text of the language is missing.
    #[error("the text {message}.{attribute} is missing")]
    Text {
        /// The message in the language's file.
        message: &'static str,
        /// Its attribute.
        attribute: &'static str,
    },
    /// A font of the crate can't be read.
    #[error("a font can't be read")]
    Fonts,
    /// The file would break its standards.
    #[error("the file can't be written: {0}")]
    File(#[source] Box<KrillaError>),
}

impl From<KrillaError> for RenderError {
    fn from(error: KrillaError) -> Self {
        Self::File(Box::new(error))
    }
}
