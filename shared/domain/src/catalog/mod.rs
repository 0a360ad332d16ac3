//! How a supplier's lists enter the catalog: the class of new services, their titles, and whether a
//! list is accepted.

mod classes;
mod extent;
mod titles;

pub use classes::first_class;
pub use extent::{Extent, Unconfirmed};
pub use titles::title;
