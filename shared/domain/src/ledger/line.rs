//! Line items of an amount, and how they count for the customer's plan.

use crate::Credits;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A line item: one part of an amount, which can be refunded separately.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Line {
    /// Name of the item: `sms`, `voice`, `area_code`, `carrier`.
    #[schema(examples("sms"))]
    pub what: String,
    /// Amount of the item.
    pub amount: Credits,
    /// How it counts for the plan; absent if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<LineUsage>,
}

/// How a line item counts for the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineUsage {
    /// An included verification pays it.
    Included,
    /// The wallet pays it while usage-based billing is on.
    Overage,
}

impl Line {
    /// A line item that does not count for a plan.
    pub fn new(what: impl Into<String>, amount: Credits) -> Self {
        Self { what: what.into(), amount, usage: None }
    }

    fn counting(&self, amount: Credits, usage: Option<LineUsage>) -> Self {
        Self { amount, usage, ..self.clone() }
    }
}

/// The lines, of which included verifications pay this much, the first lines first. The rest is overage if the usage is
/// metered. A line that is paid in part becomes two.
pub(super) fn labelled(lines: &[Line], included: Credits, metered: bool) -> Vec<Line> {
    let mut left = included;
    let mut labelled = Vec::with_capacity(lines.len() + 1);
    for line in lines {
        let paid = line.amount.min(left);
        left = left.counted_down(paid);
        let rest = line.amount.counted_down(paid);
        let parts = [(paid, Some(LineUsage::Included)), (rest, metered.then_some(LineUsage::Overage))];
        let parts = parts.into_iter().filter(|(amount, _)| amount.is_positive());
        labelled.extend(parts.map(|(amount, usage)| line.counting(amount, usage)));
    }
    labelled
}

#[cfg(test)]
mod tests {
    use super::*;
    use LineUsage::{Included, Overage};

    fn line(what: &str, units: i64, usage: Option<LineUsage>) -> Line {
        Line { usage, ..Line::new(what, Credits::from_units(units)) }
    }

    #[test]
    fn included_verifications_pay_the_first_lines() {
        let lines = [line("sms", 6_000, None), line("carrier", 5_000, None)];
        for (included, metered, expected) in [
            (0, false, vec![line("sms", 6_000, None), line("carrier", 5_000, None)]),
            (0, true, vec![line("sms", 6_000, Some(Overage)), line("carrier", 5_000, Some(Overage))]),
            (6_000, false, vec![line("sms", 6_000, Some(Included)), line("carrier", 5_000, None)]),
            (
                4_500,
                true,
                vec![
                    line("sms", 4_500, Some(Included)),
                    line("sms", 1_500, Some(Overage)),
                    line("carrier", 5_000, Some(Overage)),
                ],
            ),
            (11_000, true, vec![line("sms", 6_000, Some(Included)), line("carrier", 5_000, Some(Included))]),
        ] {
            assert_eq!(labelled(&lines, Credits::from_units(included), metered), expected, "{included} {metered}");
        }
    }
}
