//! Dividing an amount in proportion, so that the parts add up.

use crate::payment::Minor;

/// Divides an amount in proportion to weights by largest remainders; of equal remainders the earlier one counts as
/// larger. The parts add up to the amount. No part is above its weight if the amount is not above their sum. `None` if
/// all weights are zero and the amount is not.
pub(super) fn shares(amount: Minor, weights: &[Minor]) -> Option<Vec<Minor>> {
    let whole: u128 = weights.iter().map(|weight| u128::from(weight.get())).sum();
    if whole == 0 {
        return (amount == Minor::ZERO).then(|| vec![Minor::ZERO; weights.len()]);
    }
    let product = |weight: &Minor| u128::from(amount.get()) * u128::from(weight.get());
    let floors = weights.iter().map(|weight| u64::try_from(product(weight) / whole).ok());
    let mut parts = floors.collect::<Option<Vec<u64>>>()?;
    let rest = amount.get() - parts.iter().sum::<u64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(product(&weights[*at]) % whole));
    // The remainders add up to `rest` wholes, so at least so many of them are not zero.
    for at in order.into_iter().take(usize::try_from(rest).ok()?) {
        parts[at] += 1;
    }
    Some(parts.into_iter().map(Minor::new).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(amount: u64, weights: &[u64]) -> Option<Vec<u64>> {
        let weights: Vec<_> = weights.iter().copied().map(Minor::new).collect();
        Some(shares(Minor::new(amount), &weights)?.into_iter().map(Minor::get).collect())
    }

    #[test]
    fn the_largest_remainders_get_what_is_left() {
        assert_eq!(of(100, &[1, 1, 1]), Some(vec![34, 33, 33]));
        assert_eq!(of(1, &[2, 3]), Some(vec![0, 1]));
        assert_eq!(of(10, &[0, 5, 0]), Some(vec![0, 10, 0]));
        assert_eq!(of(u64::MAX, &[u64::MAX, u64::MAX]), Some(vec![u64::MAX / 2 + 1, u64::MAX / 2]));
        assert_eq!(of(0, &[0, 0]), Some(vec![0, 0]));
        assert_eq!(of(0, &[]), Some(vec![]));
        assert_eq!((of(1, &[0]), of(1, &[])), (None, None));
    }

    proptest! {
        #[test]
        fn parts_add_up_and_stay_within_their_weights(
            weights in prop::collection::vec(0_u64..10_000_000_000, 1..6), part in 0_u64..=1_000_000,
        ) {
            let whole: u64 = weights.iter().sum();
            let amount = u64::try_from(u128::from(whole) * u128::from(part) / 1_000_000).unwrap();
            let parts = of(amount, &weights).unwrap();
            prop_assert_eq!(parts.iter().sum::<u64>(), amount);
            prop_assert!(parts.iter().zip(&weights).all(|(part, weight)| part <= weight));
        }
    }
}
