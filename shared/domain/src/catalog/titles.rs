//! The titles of services. Our service names are 5SIM's slugs; other suppliers translate their names.
//!
//! The table is `data/services.csv` (name, title).

use crate::{
    ServiceName,
    sorted_table::{Rows, find, rows},
};
use std::sync::LazyLock;

static TITLES: LazyLock<Rows> = LazyLock::new(|| rows(TABLE));
const TABLE: &str = include_str!("../../data/services.csv");

/// The title of a service (`whatsapp`: `WhatsApp`). A service that is newer than the table is shown by its
/// name.
pub fn title(service: &ServiceName) -> &str {
    find(&TITLES, service.as_str()).unwrap_or(service.as_str())
}

/// Whether the table has this service.
pub(super) fn is_known(service: &ServiceName) -> bool {
    find(&TITLES, service.as_str()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_without_doubles_and_every_row_is_good() {
        assert_eq!(TITLES.len(), TABLE.lines().count());
        assert!(TITLES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(TITLES.iter().all(|(name, title)| name.parse::<ServiceName>().is_ok() && !title.is_empty()));
    }

    #[test]
    fn a_new_service_is_shown_by_its_name() {
        assert_eq!(title(&"whatsapp".parse().unwrap()), "WhatsApp");
        assert_eq!(title(&"brandnew".parse().unwrap()), "brandnew");
    }
}
