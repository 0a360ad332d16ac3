//! Shared by the tests of money, orders and payments: the number of steps, an independent check of the books, test data,
//! stores in memory, the table of an order's events, and a model of a gateway. The checks do not use the code under test.

#![allow(dead_code, reason = "each test binary uses only a part")]

pub mod books;
pub mod fixtures;
pub mod messages;
pub mod payments;
pub mod reference;
pub mod rules;
pub mod runs;
pub mod shop;
pub mod spoilt;
pub mod story;
pub mod what;
