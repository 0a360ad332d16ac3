//! The titles of services. Our service names are 5SIM's slugs; other suppliers translate their names.
//!
//! The table is `data/services.csv` (name, title). It is sorted by name and has no header, so that a
//! lookup is a binary search over lines that were split once.

use crate::ServiceName;
use std::sync::LazyLock;

static TITLES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| TABLE.lines().filter_map(split).collect());
const TABLE: &str = include_str!("../../data/services.csv");

fn split(line: &str) -> Option<(&str, &str)> {
    line.split_once(',')
}

/// The title of a service (`whatsapp`: `WhatsApp`). A service that is newer than the table is shown by its
/// name.
pub fn title(service: &ServiceName) -> &str {
    let found = TITLES.binary_search_by_key(&service.as_str(), |row| row.0);
    found.map_or(service.as_str(), |at| TITLES[at].1)
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
