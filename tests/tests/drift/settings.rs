//! The code reads the variables that the template sets, and no others.

use crate::template::{AUDIT, PAYMENTS, field, nested, of_type, parsed};
use namaskah_tests::surface;
use std::collections::BTreeSet;

#[test]
fn every_setting_that_the_code_reads_is_in_the_template_and_vice_versa() {
    let templates = [parsed(), nested("functions/backoffice/template.yaml"), nested(PAYMENTS), nested(AUDIT)];
    let of_all = templates.iter().filter_map(|one| field(one, "Globals.Function.Environment.Variables"));
    let functions = templates.iter().flat_map(|one| of_type(one, "AWS::Serverless::Function"));
    let of_one = functions.filter_map(|(_, function)| field(function, "Properties.Environment.Variables"));
    let variables = of_all.chain(of_one).filter_map(serde_yaml_ng::Value::as_mapping);
    let set: BTreeSet<_> = variables.flatten().map(|(name, _)| name.as_str().unwrap().to_owned()).collect();
    let code = surface::code();
    let given_to = |call| code.split(call).skip(1).filter_map(|rest| rest.split('"').next());
    let mut read: BTreeSet<_> = given_to("setting(\"").map(str::to_owned).collect();
    read.extend(given_to("= Queue::new(\"").map(|queue| format!("QUEUE_{queue}_URL")));
    // Read before the context exists.
    read.insert("LOG_LEVEL".to_owned());
    assert_eq!(read, set);
}

#[test]
fn the_template_lists_every_supplier_of_the_code() {
    let template = parsed();
    let listed = field(&template, "Globals.Function.Environment.Variables.SUPPLIERS").unwrap().as_str().unwrap();
    let listed: BTreeSet<_> = listed.split(',').map(str::trim).map(domain::SupplierId::new).collect();
    assert_eq!(listed, suppliers::ids().into_iter().collect());
}
