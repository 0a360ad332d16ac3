//! Tables of two columns, `key,value` per line, sorted by key and without a header. The lines are split
//! once, and a lookup is a binary search.

/// The rows of a table.
pub type Rows = Vec<(&'static str, &'static str)>;

/// Splits the lines of a table.
pub fn rows(table: &'static str) -> Rows {
    table.lines().filter_map(|line| line.split_once(',')).collect()
}

/// The value of a key.
pub fn find(rows: &[(&'static str, &'static str)], key: &str) -> Option<&'static str> {
    rows.binary_search_by_key(&key, |row| row.0).ok().map(|at| rows[at].1)
}
