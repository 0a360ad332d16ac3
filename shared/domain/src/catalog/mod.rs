//! How a supplier's lists enter the catalog: the class of new services, their titles, new operators,
//! and whether a list is accepted.

mod classes;
mod extent;
mod operators;
mod plausible;
mod titles;

pub use classes::first_class;
pub use extent::{Extent, Unconfirmed};
pub use operators::{OperatorState, Operators};
pub use plausible::{Implausible, basket, check_costs};
pub use titles::title;
