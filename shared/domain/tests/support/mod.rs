//! What the tests of money and orders share: how much to run, the books read by an independent fold, orders to play with,
//! a store in memory, and the table of what may happen to an order. None of it uses the code under test to judge it.

#![allow(dead_code, reason = "every test binary takes the part that it needs")]

pub mod books;
pub mod fixtures;
pub mod messages;
pub mod reference;
pub mod rules;
pub mod runs;
pub mod shop;
pub mod spoilt;
pub mod story;
pub mod what;
