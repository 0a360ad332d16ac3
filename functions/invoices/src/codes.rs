//! The codes of this domain. Their words are in `text`.

use domain::CountryCode;

api::problems! {
    /// The file of the invoice is not made yet.
    #[status(409)]
    pub(crate) struct InvoiceNotReady;
}

api::field_errors! {
    /// The text can't be printed.
    pub(crate) struct NotPrintable { character: String }

    /// The VAT number is not right.
    pub(crate) enum NotAVatNumber {
        /// It has not the form of the country's numbers.
        Malformed { country: CountryCode },
        /// The form of the country's numbers is not known.
        UnknownCountry { country: CountryCode },
        /// Only businesses have one.
        OfConsumer,
    }
}
