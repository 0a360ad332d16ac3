//! Operators of numbers at a supplier. Those of its first list are sold; one that appears later waits for an
//! operator's decision, because nobody knows whose numbers they are.

use crate::OperatorName;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is decided about the numbers of an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperatorState {
    /// They are sold.
    Sold,
    /// They are not sold.
    Blocked,
    /// They are not sold yet: nobody has decided.
    Unreviewed,
}

/// The operators of a supplier that were ever listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Operators {
    /// The state of each.
    pub operators: BTreeMap<OperatorName, OperatorState>,
}

impl Operators {
    /// The operators of a supplier's first list.
    pub fn first(listed: BTreeSet<OperatorName>) -> Self {
        Self { operators: listed.into_iter().map(|name| (name, OperatorState::Sold)).collect() }
    }

    /// Whether the numbers of this operator are sold.
    pub fn are_sold(&self, operator: &OperatorName) -> bool {
        self.operators.get(operator) == Some(&OperatorState::Sold)
    }

    /// The listed operators that are new.
    pub fn unknown(&self, listed: BTreeSet<OperatorName>) -> Vec<OperatorName> {
        listed.into_iter().filter(|name| !self.operators.contains_key(name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> BTreeSet<OperatorName> {
        names.iter().map(|name| name.parse().unwrap()).collect()
    }

    #[test]
    fn operators_of_the_first_list_are_sold_and_later_ones_wait() {
        let mut known = Operators::first(names(&["mtn", "glo"]));
        assert!(known.are_sold(&"mtn".parse().unwrap()));
        assert_eq!(known.unknown(names(&["mtn", "virtual61"])), ["virtual61".parse().unwrap()]);
        let new: OperatorName = "virtual61".parse().unwrap();
        assert!(!known.are_sold(&new), "an unknown one");
        for (state, sold) in
            [(OperatorState::Unreviewed, false), (OperatorState::Blocked, false), (OperatorState::Sold, true)]
        {
            known.operators.insert(new.clone(), state);
            assert_eq!(known.are_sold(&new), sold, "{state:?}");
            assert!(known.unknown(names(&["virtual61"])).is_empty(), "{state:?}");
        }
    }
}
