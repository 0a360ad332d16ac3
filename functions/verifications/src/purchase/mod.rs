//! From the wish to the number: the hold first (`open`), then the supplier, then the number or the money back (`acquire`).

mod acquire;
mod answer;
mod open;

pub(crate) use acquire::acquire;
pub(crate) use answer::{answer, answer_again};
pub(crate) use open::{Opened, open};
