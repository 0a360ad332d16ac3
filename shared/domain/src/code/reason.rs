//! Why a candidate scored as it did: the stable names that support and tests read.

use serde::Serialize;

/// One reason behind a score. The names are stable and are written in snake case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Digits only, of a usual length (4 to 8).
    Digits,
    /// Letters and digits.
    LettersAndDigits,
    /// Letters only; taken only where the text introduces it as a code.
    Letters,
    /// Of 3, 9 or 10 characters, which few codes have.
    UnusualLength,
    /// Groups joined by dashes, spaces, dots or commas.
    Grouped,
    /// A word for code stands right before it.
    AfterCodeWord,
    /// A word for code is earlier in the sentence, and "is" or a colon leads to it.
    CodeWordIs,
    /// It "is your code", or the word for code stands right after it.
    BeforeCodeWord,
    /// A word for code is near, in the same sentence.
    NearCodeWord,
    /// The text speaks of a code elsewhere.
    CodeWordInText,
    /// The text asks to enter or use it.
    Prompted,
    /// The text speaks of logging in, verifying, confirming.
    Purpose,
    /// The text warns against sharing the code.
    SecrecyWarning,
    /// It stands on a line of its own, or is nearly the whole text.
    Alone,
    /// The only number that could be the code.
    OnlyCandidate,
    /// A colon or the start of the text leads to it, in a language that the tables do not know.
    Position,
    /// The `@domain #code` line that browsers read.
    OriginBound,
    /// The number of something else: an order, an account, a reference.
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
    /// A year, by its looks.
    Year,
    /// What is left of a masked card, account or phone number.
    Masked,
    /// Part of a link, a host name or an e-mail address.
    Link,
    /// The mark of an app at the end of a message, or another hash.
    AppHash,
    /// A menu code such as `*123#`.
    Ussd,
    /// A decimal number or one with thousands separators.
    FormattedNumber,
    /// Part of a number that is longer than any code.
    LongNumber,
    /// A discount's code, by its looks or by what the sentence offers.
    Promotion,
    /// A ticket's mark `#` stands before it.
    HashMark,
    /// A name with digits in it, by its looks.
    Name,
    /// In the brackets that hold a sender's name.
    SenderName,
}
