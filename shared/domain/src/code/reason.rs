//! The reasons behind a candidate's score, under stable names for support and tests.

use serde::Serialize;

/// One reason behind a score. The names are stable and serialised in snake case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Digits only, of a usual length (4 to 8).
    Digits,
    /// Letters and digits.
    LettersAndDigits,
    /// Letters only; accepted only where the text introduces them as a code.
    Letters,
    /// 3, 9 or 10 characters, which is unusual.
    UnusualLength,
    /// Groups joined by dashes, spaces, dots or commas.
    Grouped,
    /// One character at a time: `7 k m 2 p x`.
    Spelled,
    /// A word for code directly precedes it.
    AfterCodeWord,
    /// A word for code is earlier in the sentence, and "is" or a colon leads from it.
    CodeWordIs,
    /// It "is your code", or a word for code directly follows it.
    BeforeCodeWord,
    /// A word for code is nearby in the same sentence.
    NearCodeWord,
    /// The text mentions a code elsewhere.
    CodeWordInText,
    /// The text asks the reader to enter or use it.
    Prompted,
    /// The text mentions logging in, verifying or confirming.
    Purpose,
    /// The text warns against sharing the code.
    SecrecyWarning,
    /// It is on a line of its own, or is nearly the whole text.
    Alone,
    /// The only number that could be the code.
    OnlyCandidate,
    /// A colon or the start of the text leads to it, in a language without a table.
    Position,
    /// It is in the `@domain #code` line that browsers read.
    OriginBound,
    /// It is the number of something else: an order, an account, a reference.
    OtherLabel,
    /// Money.
    Amount,
    /// A percentage, duration or other quantity.
    Quantity,
    /// A phone number.
    Phone,
    /// A number to call or to reply to.
    CallOrReply,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// It looks like a year.
    Year,
    /// The visible rest of a masked card, account or phone number.
    Masked,
    /// Part of a link, a host name or an e-mail address.
    Link,
    /// The hash of an app at the end of a message, or another hash.
    AppHash,
    /// A menu code such as `*123#`.
    Ussd,
    /// A decimal number or one with thousands separators.
    FormattedNumber,
    /// Part of a number that is longer than any code.
    LongNumber,
    /// It looks like a promotion code, or the sentence makes an offer.
    Promotion,
    /// A `#`, as before ticket numbers, precedes it.
    HashMark,
    /// It looks like a name with digits.
    Name,
    /// It is in the brackets that hold a sender's name.
    SenderName,
}
