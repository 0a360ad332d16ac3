//! The taxes that hold as long as no table is stored, as of 2026-11-01.
//!
//! EU: standard rates of the Commission's Taxes in Europe Database. Great Britain: VAT Act 1994, section 2. Ghana:
//! Value Added Tax Act, 2025 (Act 1151), which counts both levies from the price like the VAT, and has no COVID-19
//! levy any more. Nigeria: Finance Act 2019, kept by the Nigeria Tax Act 2025. Kenya: Legal Notice 206 of 2020. South
//! Africa: VAT Act 1991, section 7, as amended in 2018.

use super::{Rate, TaxComponent, TaxEntry, TaxName, TaxTable};

/// Country, first day, the time zone of its midnight, and the rate in hundredths of a per cent.
type Row = (&'static str, &'static str, &'static str, u16);

/// Countries with one tax, whose businesses owe it themselves when a foreigner sells.
const VAT: &[Row] = &[
    ("AT", "1984-01-01", "+01:00", 2000),
    ("BE", "1996-01-01", "+01:00", 2100),
    ("BG", "1999-01-01", "+02:00", 2000),
    ("CY", "2014-01-13", "+02:00", 1900),
    ("CZ", "2013-01-01", "+01:00", 2100),
    ("DE", "2021-01-01", "+01:00", 1900),
    ("DK", "1992-01-01", "+01:00", 2500),
    ("EE", "2025-07-01", "+03:00", 2400),
    ("ES", "2012-09-01", "+02:00", 2100),
    ("FI", "2024-09-01", "+03:00", 2550),
    ("FR", "2014-01-01", "+01:00", 2000),
    ("GB", "2011-01-04", "+00:00", 2000),
    ("GR", "2016-06-01", "+03:00", 2400),
    ("HR", "2012-03-01", "+01:00", 2500),
    ("HU", "2012-01-01", "+01:00", 2700),
    ("IE", "2021-03-01", "+00:00", 2300),
    ("IT", "2013-10-01", "+02:00", 2200),
    ("KE", "2021-01-01", "+03:00", 1600),
    ("LT", "2009-09-01", "+03:00", 2100),
    ("LU", "2024-01-01", "+01:00", 1700),
    ("LV", "2012-07-01", "+03:00", 2100),
    ("MT", "2004-01-01", "+01:00", 1800),
    ("NG", "2020-02-01", "+01:00", 750),
    ("NL", "2012-10-01", "+02:00", 2100),
    ("PL", "2011-01-01", "+01:00", 2300),
    ("PT", "2011-01-01", "+00:00", 2300),
    ("RO", "2025-08-01", "+03:00", 2100),
    ("SE", "1990-07-01", "+02:00", 2500),
    ("SI", "2013-07-01", "+02:00", 2200),
    ("SK", "2025-01-01", "+01:00", 2300),
];
/// A country whose businesses pay the tax to a foreigner, too, and deduct it.
const WITHOUT_REVERSE_CHARGE: Row = ("ZA", "2018-04-01", "+02:00", 1500);
/// A country with levies beside the VAT.
const GHANA: Row = ("GH", "2026-01-01", "+00:00", 1500);
/// The levies of Ghana: for health insurance, and for the education trust fund.
const LEVIES: [(&str, u16); 2] = [("NHIL", 250), ("GETFund", 250)];

/// A row of the table. The test below proves that no constant fails.
fn entry((country, day, zone, rate): Row, levies: &[(&'static str, u16)], reverse_charge: bool) -> Option<TaxEntry> {
    let tax = |name, rate| Rate::new(rate).map(|rate| TaxComponent { name, rate });
    let levies = levies.iter().map(|(name, rate)| tax(TaxName::new(name), *rate));
    Some(TaxEntry {
        country: country.parse().ok()?,
        from: format!("{day}T00:00:00{zone}").parse().ok()?,
        taxes: std::iter::once(tax(TaxName::VAT, rate)).chain(levies).collect::<Option<_>>()?,
        reverse_charge,
    })
}

impl Default for TaxTable {
    fn default() -> Self {
        let plain = VAT.iter().map(|row| entry(*row, &[], true));
        let special = [entry(WITHOUT_REVERSE_CHARGE, &[], false), entry(GHANA, &LEVIES, true)];
        let rows = plain.chain(special).flatten().collect();
        Self::new(rows).unwrap_or_else(|_| Self::none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_good() {
        let table = TaxTable::default();
        assert_eq!(table.rows().len(), VAT.len() + 2);
        assert_eq!(table.rows().iter().filter(|row| !row.reverse_charge).count(), 1);
        let stored = serde_json::to_string(&table).unwrap();
        assert_eq!(serde_json::from_str::<TaxTable>(&stored).unwrap(), table);
    }
}
