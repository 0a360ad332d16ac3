//! What settled money is worth in credits, and when it counts.

use super::{CONFIRMATION_TAKES, CreditPrice, LARGEST_TOP_UP, Look, Method, Payment, Receipt, confirmations};
use crate::{Credits, Timestamp};

/// Money that was not credited, and that a person must look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Another amount or currency than agreed, or more coins than a payment may bring.
    NotTheAmount,
    /// A second time for the same payment.
    PaidTwice,
    /// The money belongs to another payment already.
    NotItsMoney,
    /// The customer's account was deleted.
    NoAccount,
    /// More receipts than a payment notes. It is about all later ones, too.
    TooMany,
}

/// What becomes of a new receipt.
pub(super) enum Judged {
    /// It is worth these credits, which may be none.
    Worth(Credits),
    /// It is not credited.
    Wrong(Fault),
    /// It counts later, because it needs more confirmations than the gateway was asked for.
    Later,
}

impl Payment {
    /// Whether the worth of this receipt depends on the price of now, too: it came when our promise of the price was over.
    pub fn is_late(&self, receipt: &Receipt) -> bool {
        receipt.at > self.expires_at()
    }

    /// What becomes of a new receipt (docs/rules.md, "Payments"). Cards and mobile money must be exactly what was agreed;
    /// coins count as they came.
    pub(super) fn judge(&self, receipt: &Receipt, look: &Look, now: Timestamp) -> Judged {
        let worth = match self.worth(receipt, look.price) {
            Ok(worth) => worth,
            Err(fault) => return Judged::Wrong(fault),
        };
        if worth.is_positive() && look.is_account_gone {
            return Judged::Wrong(Fault::NoAccount);
        }
        if self.counts(receipt, worth, now) { Judged::Worth(worth) } else { Judged::Later }
    }

    fn worth(&self, receipt: &Receipt, price_now: Option<CreditPrice>) -> Result<Credits, Fault> {
        let same_currency = receipt.amount.filter(|amount| amount.currency == self.amount.currency);
        let amount = same_currency.ok_or(Fault::NotTheAmount)?;
        let dearer = price_now.filter(|now| self.is_late(receipt) && *now > self.price);
        let worth = dearer.unwrap_or(self.price).credits_for(amount.minor).ok_or(Fault::NotTheAmount)?;
        if self.method.is_crypto() {
            let is_within = self.credited.counted_up(worth) <= LARGEST_TOP_UP;
            return is_within.then_some(worth).ok_or(Fault::NotTheAmount);
        }
        if self.receipts.iter().any(|noted| noted.credits.is_positive()) {
            return Err(Fault::PaidTwice);
        }
        if amount != self.amount {
            return Err(Fault::NotTheAmount);
        }
        Ok(if dearer.is_some() { worth } else { self.credits })
    }

    /// Whether a settled receipt counts now. The gateway was asked for the confirmations of the agreed amount; whoever
    /// sends more waits until there were more blocks.
    fn counts(&self, receipt: &Receipt, worth: Credits, now: Timestamp) -> bool {
        let needed = confirmations(self.credited.counted_up(worth));
        let is_confirmed = needed <= confirmations(self.credits) || !self.method.needs_confirmations();
        is_confirmed || receipt.at.plus(CONFIRMATION_TAKES * needed) <= now
    }
}

impl Method {
    /// Whether blocks of a chain confirm the money. Payments of Lightning are final at once.
    const fn needs_confirmations(self) -> bool {
        self.is_crypto() && !matches!(self, Self::Lightning)
    }
}
