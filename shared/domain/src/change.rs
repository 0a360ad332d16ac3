//! The change of a value that may be absent.

/// What happens to a value that may be absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// It stays.
    #[default]
    Keep,
    /// It is removed.
    Clear,
    /// It becomes this one.
    To(T),
}

impl<T> Change<T> {
    /// Changes a value.
    pub fn apply(self, value: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *value = None,
            Self::To(new) => *value = Some(new),
        }
    }

    /// The change of another value that is made of this one.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Change<U> {
        match self {
            Self::Keep => Change::Keep,
            Self::Clear => Change::Clear,
            Self::To(new) => Change::To(convert(new)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_goes_or_is_replaced() {
        for (change, after) in [(Change::Keep, Some(1)), (Change::Clear, None), (Change::To(2), Some(2))] {
            let mut value = Some(1);
            change.apply(&mut value);
            assert_eq!(value, after, "{change:?}");
        }
    }
}
