//! The variables that the code reads are those that the template sets.

use crate::template::{field, parsed};
use namaskah_tests::surface;
use std::collections::BTreeSet;

#[test]
fn every_setting_that_the_code_reads_is_in_the_template_and_the_other_way_round() {
    let template = parsed();
    let variables = field(&template, "Globals.Function.Environment.Variables").unwrap().as_mapping().unwrap();
    let set = variables.keys().map(|name| name.as_str().unwrap().to_owned());
    // Queues' names are made of their own.
    let set: BTreeSet<_> = set.filter(|name| !name.starts_with("QUEUE_")).collect();
    let code = surface::code();
    let read = code.split("setting(\"").skip(1).filter_map(|rest| rest.split('"').next());
    // Read before there is a context.
    let read: BTreeSet<_> = read.chain(["LOG_LEVEL"]).map(str::to_owned).collect();
    assert_eq!(read, set);
}
