//! What becomes of a supplier's lists: which of its services are sold, and whether a list is believed.

mod classes;
mod extent;

pub use classes::first_class;
pub use extent::{Doubt, Extent};
