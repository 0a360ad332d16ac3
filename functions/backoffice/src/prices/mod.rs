//! Prices and taxes, for staff.

pub mod change;
pub mod price_list;
pub mod set_taxes;
pub mod taxes;
mod view;
pub mod withdraw;

use crate::{codes::NotAPriceChange, problems};
use api::{FieldError, Problem};
use domain::price_change;
use staff::StaffError;

/// Why prices were not changed.
fn problem(reason: StaffError) -> Problem {
    let StaffError::Prices(reason) = reason else { return problems::of(reason) };
    let (field, error) = match reason {
        price_change::NotAPriceChange::Empty => ("sms_list", NotAPriceChange::Empty),
        price_change::NotAPriceChange::Price => ("sms_list", NotAPriceChange::Price),
        price_change::NotAPriceChange::Percentage => ("markup_percent", NotAPriceChange::Percentage),
        price_change::NotAPriceChange::Past => ("from", NotAPriceChange::Past),
        price_change::NotAPriceChange::TooMany => ("from", NotAPriceChange::TooMany),
    };
    Problem::fields(vec![FieldError::new(field, error)])
}
