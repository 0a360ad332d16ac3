//! The payment: its reference, and a QR code that opens its page.

use super::Layout;
use crate::{
    RenderError,
    line::Line,
    qr::modules,
    sheet::{Align, What},
    style::{LABEL, LINK, PAPER, STRONG, TEXT, TINT, WIDTH},
};
use domain::payment::Method;
use krilla::tagging::Tag;

const GAP: f32 = 22.0;
const PADDING: f32 = 12.0;
const CODE: f32 = 84.0;
/// The white border around the code, four modules of a usual one.
const QUIET: f32 = 9.0;
const HEIGHT: f32 = CODE + 2.0 * PADDING + 2.0 * QUIET;
/// The space between the texts, all together.
const GAPS: f32 = 12.0;
const TEXTS: f32 = WIDTH - 3.0 * PADDING - CODE - 2.0 * QUIET;

/// The attribute with the name of a method.
pub(super) const fn method(method: Method) -> &'static str {
    match method {
        Method::Card => "card",
        Method::MobileMoney => "mobile_money",
        Method::Bitcoin => "bitcoin",
        Method::Lightning => "lightning",
        Method::Ethereum => "ethereum",
        Method::Solana => "solana",
        Method::UsdtTron => "usdt_tron",
        Method::UsdtEthereum => "usdt_ethereum",
        Method::UsdtSolana => "usdt_solana",
    }
}

impl Layout<'_> {
    pub(super) fn payment_height(&self) -> Result<f32, RenderError> {
        Ok(GAP + self.box_height(&self.link()?))
    }

    /// The height of the area: that of the code, or of the texts when the link is long.
    fn box_height(&self, link: &[Line]) -> f32 {
        let labels = self.height(STRONG) + 2.0 * self.height(LABEL) + self.height(TEXT);
        (labels + self.heights(link) + 2.0 * PADDING + GAPS).max(HEIGHT)
    }

    fn link(&self) -> Result<Vec<Line>, RenderError> {
        Self::foreign(&self.invoice.payment.page, LINK, TEXTS)
    }

    pub(super) fn payment(&mut self) -> Result<(), RenderError> {
        let payment = &self.invoice.payment;
        let top = self.y + GAP;
        let link = self.link()?;
        let height = self.box_height(&link);
        self.sheet.fill((0.0, WIDTH), (top, height), 5.0, TINT);
        let span = (PADDING, TEXTS);
        let heading = self.texts.get("label", if self.is_credit_note() { "refund" } else { "payment" })?;
        let heading = vec![self.line(&heading, STRONG)?];
        let y = self.print(heading, span, Align::Start, top + PADDING, Tag::P) + 6.0;
        let reference = Self::foreign(&payment.reference.to_string(), TEXT, TEXTS)?;
        let y = self.labelled(&self.texts.get("label", "reference")?, reference, span, y)? + 4.0;
        let hint = vec![self.line(&self.texts.get("label", "scan")?, LABEL)?];
        let y = self.print(hint, span, Align::Start, y, Tag::P) + 1.0;
        let description = self.texts.with("page", "qr", &[("link", payment.page.as_str())])?;
        self.sheet.begin();
        let address = payment.page.clone();
        let area = self.sheet.area(span, (y, self.heights(&link)));
        self.print(link, span, Align::Start, y, Tag::Span);
        self.sheet.mark(What::Link { area, address, description: payment.page.clone() });
        self.sheet.end(Tag::Link);
        let modules = modules(&payment.page)?;
        let white = (WIDTH - PADDING - CODE - 2.0 * QUIET, CODE + 2.0 * QUIET);
        self.sheet.fill(white, (top + PADDING, white.1), 4.0, PAPER);
        let area = self.sheet.area((white.0 + QUIET, CODE), (top + PADDING + QUIET, CODE));
        self.sheet.begin();
        self.sheet.group(Tag::Figure(Some(description.clone())), |sheet| sheet.mark(What::Code { area, modules }));
        self.sheet.mark(What::Link { area, address: payment.page.clone(), description });
        self.sheet.end(Tag::Link);
        self.y = top + height;
        Ok(())
    }
}
