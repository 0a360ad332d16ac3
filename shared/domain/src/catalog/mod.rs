//! How a supplier's lists enter the catalog: the class of new services, and whether a list is
//! accepted.

mod classes;
mod extent;

pub use classes::first_class;
pub use extent::{Extent, Unconfirmed};
