//! A week of customers at one supplier account: the rule about who may buy keeps our rating above half of
//! its maximum, and nearly no honest purchase is refused (docs/rules.md, "Who may buy").
//!
//! `cargo test -p namaskah-domain --test supplier_rating -- --nocapture` prints the figures.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "the figures are the result; a panic fails the test")]

mod account;
mod chance;
mod people;
mod week;

use week::{Rule, Week};

const HALF: i64 = 4_800;

#[test]
fn attackers_can_not_take_the_rating_and_honest_customers_buy() {
    for seed in 1..=3 {
        let week = Week::run(seed, Rule::InForce);
        println!("{}", week.summary());
        assert!(week.lowest_rating > HALF, "{}", week.summary());
        assert!(week.honest.refused_percent() < 0.5, "{}", week.summary());
        assert!(week.honest.bought > 10_000 && week.hostile.bought > 1_000, "{}", week.summary());
    }
}

#[test]
fn without_the_rule_the_same_attackers_stop_all_sales() {
    let week = Week::run(1, Rule::Off);
    println!("{}", week.summary());
    assert_eq!(week.lowest_rating, 0, "{}", week.summary());
}
