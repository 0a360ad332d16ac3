//! The operators of numbers at each supplier, with what is decided about them.

use crate::{Catalog, StoreError, keys, table::Consistency};
use domain::{
    OperatorName, SupplierId,
    catalog::{OperatorState, Operators},
};

impl Catalog<'_> {
    /// The operators of a supplier; `None` before its first list.
    pub async fn operators(self, supplier: &SupplierId) -> Result<Option<Operators>, StoreError> {
        self.0.get(&keys::operators(supplier), Consistency::Strong).await
    }

    /// Stores the operators of a supplier's first list, unless there was one.
    pub async fn put_first_operators(self, supplier: &SupplierId, first: &Operators) -> Result<bool, StoreError> {
        self.0.put_if_absent(&keys::operators(supplier), first).await
    }

    /// Decides about an operator.
    pub async fn set_operator(
        self,
        supplier: &SupplierId,
        operator: &OperatorName,
        state: OperatorState,
    ) -> Result<(), StoreError> {
        self.0.put_in_map(&keys::operators(supplier), "operators", operator.as_str(), &state).await
    }

    /// Notes a new operator, unless somebody decided about it already.
    pub async fn add_operator(self, supplier: &SupplierId, operator: &OperatorName) -> Result<(), StoreError> {
        let state = OperatorState::Unreviewed;
        self.0.add_to_map(&keys::operators(supplier), "operators", operator.as_str(), &state).await
    }
}
