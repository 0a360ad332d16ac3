//! What can be wrong with the fields of this domain. The words are in `text`.

use domain::CountryCode;

api::field_errors! {
    /// No supplier sells numbers of this country.
    pub(crate) struct UnknownCountry { country_code: CountryCode }
}
