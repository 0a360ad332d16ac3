//! The foot of every page.

use super::Layout;
use crate::{
    RenderError,
    sheet::{Align, Role},
    style::{BOTTOM, FOOT, RULE, WIDTH},
};

/// The width of the page's number.
const NUMBER: f32 = 100.0;
const MOST_LINES: usize = 3;

impl Layout<'_> {
    /// Prints the feet of all pages, whose number is known now.
    pub(super) fn feet(&mut self) -> Result<(), RenderError> {
        let pages = self.sheet.pages.len();
        let seller = &self.invoice.seller;
        let parts = std::iter::once(&seller.name).chain(&seller.contacts).map(domain::invoice::PrintedLine::as_str);
        let text = parts.collect::<Vec<_>>().join(" · ");
        for page in 0..pages {
            let mut lines = Self::foreign(&text, FOOT, WIDTH - NUMBER - 20.0)?;
            lines.truncate(MOST_LINES);
            let arguments = [("page", &*(page + 1).to_string()), ("pages", &*pages.to_string())];
            let number = self.line(&self.texts.with("page", "of", &arguments)?, FOOT)?;
            let (height, top) = (self.height(FOOT), BOTTOM + 14.0);
            let baseline = top + 14.0;
            self.sheet.on(page, |sheet| {
                sheet.fill((0.0, WIDTH), (top, 0.6), 0.0, RULE);
                sheet.aside(Role::Footer, |sheet| {
                    sheet.text((WIDTH - NUMBER, NUMBER), Align::End, baseline, number);
                    lines.into_iter().fold(baseline, |baseline, line| {
                        sheet.text((0.0, WIDTH - NUMBER - 20.0), Align::Start, baseline, line);
                        baseline + height
                    });
                });
            });
        }
        Ok(())
    }
}
