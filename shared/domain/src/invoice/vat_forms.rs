//! The forms of VAT numbers by country.
//!
//! EU: the forms that VIES accepts. Others: HMRC (GB), GRA (GH), KRA (KE), SARS (ZA), and FIRS and the Joint Tax Board
//! (NG). As of 2026-11.

/// The numbers of a country. In a form, `#` is a digit, `@` a letter and `?` either; others stand for themselves.
pub(super) struct Forms {
    /// The country.
    pub country: &'static str,
    /// What every number begins with; empty outside of Europe.
    pub prefix: &'static str,
    /// What may follow.
    pub rest: &'static [&'static str],
}

const fn of(country: &'static str, prefix: &'static str, rest: &'static [&'static str]) -> Forms {
    Forms { country, prefix, rest }
}

/// Every country whose numbers are known, sorted.
pub(super) const FORMS: &[Forms] = &[
    of("AT", "AT", &["U########"]),
    of("BE", "BE", &["0#########", "1#########"]),
    of("BG", "BG", &["#########", "##########"]),
    of("CY", "CY", &["########@"]),
    of("CZ", "CZ", &["########", "#########", "##########"]),
    of("DE", "DE", &["#########"]),
    of("DK", "DK", &["########"]),
    of("EE", "EE", &["#########"]),
    of("ES", "ES", &["@#######@", "@########", "########@"]),
    of("FI", "FI", &["########"]),
    of("FR", "FR", &["??#########"]),
    // Numbers, and blocks of government departments and health authorities.
    of("GB", "GB", &["#########", "############", "GD###", "HA###"]),
    // Taxpayers' numbers; persons and many businesses use the number of a Ghana Card.
    of("GH", "", &["P00########", "C00########", "G00########", "Q00########", "V00########"]),
    of("GH", "", &["P00#######X", "C00#######X", "G00#######X", "Q00#######X", "V00#######X", "GHA##########"]),
    of("GR", "EL", &["#########"]),
    of("HR", "HR", &["###########"]),
    of("HU", "HU", &["########"]),
    of("IE", "IE", &["#######@", "#######@@", "#@#####@", "#+#####@", "#*#####@"]),
    of("IT", "IT", &["###########"]),
    // Persons (A) and others (P).
    of("KE", "", &["A#########@", "P#########@"]),
    of("LT", "LT", &["#########", "############"]),
    of("LU", "LU", &["########"]),
    of("LV", "LV", &["###########"]),
    of("MT", "MT", &["########"]),
    // The Joint Tax Board's number, that of FIRS with its branch, and the one for both since 2026.
    of("NG", "", &["##########", "############", "#############"]),
    of("NL", "NL", &["#########B##"]),
    of("PL", "PL", &["##########"]),
    of("PT", "PT", &["#########"]),
    of("RO", "RO", &["##", "###", "####", "#####", "######", "#######", "########", "#########", "##########"]),
    of("SE", "SE", &["##########01"]),
    of("SI", "SI", &["########"]),
    of("SK", "SK", &["##########"]),
    of("ZA", "", &["4#########"]),
];

/// Whether a text has this form.
pub(super) fn fits(text: &str, form: &str) -> bool {
    let fits = |(sign, place): (u8, u8)| match place {
        b'#' => sign.is_ascii_digit(),
        b'@' => sign.is_ascii_uppercase(),
        b'?' => sign.is_ascii_digit() || sign.is_ascii_uppercase(),
        itself => sign == itself,
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}
