//! The payment: its reference, and a QR code that opens its page.

use super::Layout;
use crate::{
    RenderError,
    qr::modules,
    sheet::{Align, What},
    style::{LABEL, PAPER, STRONG, TEXT, TINT, WIDTH},
};
use domain::payment::Method;
use krilla::tagging::Tag;

const GAP: f32 = 22.0;
const PADDING: f32 = 12.0;
const CODE: f32 = 84.0;
/// The white border around the code, four modules of a usual one.
const QUIET: f32 = 9.0;
const HEIGHT: f32 = CODE + 2.0 * PADDING + 2.0 * QUIET;
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
    pub(super) const fn payment_height() -> f32 {
        GAP + HEIGHT
    }

    pub(super) fn payment(&mut self) -> Result<(), RenderError> {
        let payment = &self.invoice.payment;
        let top = self.y + GAP;
        self.sheet.fill((0.0, WIDTH), (top, HEIGHT), 5.0, TINT);
        let span = (PADDING, TEXTS);
        let heading = self.texts.get("label", if self.is_credit_note() { "refund" } else { "payment" })?;
        let heading = vec![self.line(&heading, STRONG)?];
        let y = self.print(heading, span, Align::Start, top + PADDING, Tag::P) + 6.0;
        let reference = Self::foreign(&payment.reference.to_string(), TEXT, TEXTS)?;
        let y = self.labelled(&self.texts.get("label", "reference")?, reference, span, y)? + 4.0;
        if self.is_credit_note() {
            let name = self.lines(&self.texts.get("method", method(payment.method))?, TEXT, TEXTS)?;
            self.labelled(&self.texts.get("label", "method")?, name, span, y)?;
        } else {
            let scan = self.lines(&self.texts.get("label", "scan")?, LABEL, TEXTS)?;
            self.print(scan, span, Align::Start, y, Tag::P);
        }
        let modules = modules(&payment.page)?;
        let description = self.texts.with("page", "qr", &[("link", payment.page.as_str())])?;
        let white = (WIDTH - PADDING - CODE - 2.0 * QUIET, CODE + 2.0 * QUIET);
        self.sheet.fill(white, (top + PADDING, white.1), 4.0, PAPER);
        let area = self.sheet.area((white.0 + QUIET, CODE), (top + PADDING + QUIET, CODE));
        self.sheet.begin();
        self.sheet.group(Tag::Figure(Some(description.clone())), |sheet| sheet.mark(What::Code { area, modules }));
        self.sheet.mark(What::Link { area, address: payment.page.clone(), description });
        self.sheet.end(Tag::Link);
        self.y = top + HEIGHT;
        Ok(())
    }
}
