//! Recognises the welcome message that an operator sends to a new number: "Welcome to Example! Your balance is
//! 0.00, dial *124#". It is not what a customer waits for.
//!
//! A mistake in either direction costs somebody money, so all of this must be true: the text begins with a
//! welcome, it speaks of a subscriber's things, nothing in it hints at a code, and it has no link or address, which
//! may be what a customer waits for.

use super::{
    context::Context,
    cues::Kind,
    normalise::{Text, is_word_letter},
};
use std::sync::LazyLock;

/// What a greeting begins with, after a name in brackets and signs.
const WELCOMES: &[&str] = &[
    "welcome",
    "bienvenue",
    "bienvenido",
    "bienvenida",
    "bem-vindo",
    "bem vindo",
    "bemvindo",
    "benvenuto",
    "benvenuta",
    "willkommen",
    "herzlich willkommen",
    "welkom",
    "valkommen",
    "velkommen",
    "tervetuloa",
    "witamy",
    "witaj",
    "vitajte",
    "vitejte",
    "bun venit",
    "hos geldin",
    "добро пожаловать",
    "ласкаво просимо",
    "вітаємо в",
    "кош келдіңіз",
    "selamat datang",
    "chao mung",
    "karibu",
    "akwaaba",
    "مرحبا",
    "أهلا",
    "اهلا",
    "خوش آمدید",
    "स्वागत",
    "欢迎使用",
    "欢迎您",
    "ยินดีต้อนรับ",
];

/// What operators speak of, and services hardly ever. A word with `*` at its end may go on.
const OF_SUBSCRIBERS: &[&str] = &[
    "balance",
    "airtime",
    "top up",
    "top-up",
    "topup",
    "recharge",
    "prepaid",
    "tariff",
    "roaming",
    "sim card",
    "your sim",
    "data bundle*",
    "data plan*",
    "bundles",
    "subscriber",
    "call rates",
    "solde",
    "forfait",
    "saldo",
    "recarga",
    "tarifa",
    "prepago",
    "guthaben",
    "aufladen",
    "credito residuo",
    "ricarica",
    "doladowan*",
    "stan konta",
    "kredit",
    "bakiye*",
    "tarife*",
    "kontor*",
    "баланс*",
    "тариф*",
    "роуминг*",
    "пополн*",
    "абонент*",
    "рахун*",
    "поповн*",
    "pulsa",
    "kuota",
    "masa aktif",
    "tai khoan goc",
    "nap the",
    "salio",
    "vocha",
    "الرصيد",
    "رصيد*",
    "बैलेंस",
    "रिचार्ज",
    "余额",
    "话费",
    "套餐",
];

/// The longest name of a sender in brackets, in characters.
const LONGEST_NAME: usize = 20;

/// Hints at a code, wherever they follow the welcome, which is a hint itself.
const HINTS: [Kind; 5] = [Kind::Code, Kind::Weak, Kind::Prompt, Kind::Secrecy, Kind::Purpose];

static WELCOMES_FOLDED: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| folded(WELCOMES));
static OF_SUBSCRIBERS_FOLDED: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| folded(OF_SUBSCRIBERS));

fn folded(words: &[&str]) -> Vec<Vec<char>> {
    words.iter().map(|word| Text::new(word).folded).collect()
}

/// Whether the text is surely an operator's greeting. Ask only for texts without a code.
pub fn is_greeting(text: &str) -> bool {
    let context = Context::new(Text::new(text));
    let letters = &context.text.folded;
    let Some(start) = beginning(letters) else { return false };
    let mut welcomes = WELCOMES_FOLDED.iter().filter(|welcome| letters[start..].starts_with(welcome));
    let Some(welcome) = welcomes.next() else { return false };
    let after = start + welcome.len();
    let hints = context.cues.iter().any(|cue| cue.from >= after && HINTS.contains(&cue.kind));
    is_for_subscribers(letters) && !hints && !context.has_address
}

/// Where the text begins, after signs and a name in brackets: `[Example] Welcome`. `None` if the brackets hold more
/// than a name.
fn beginning(letters: &[char]) -> Option<usize> {
    let word = |from: usize| letters[from..].iter().position(|c| c.is_alphanumeric()).map(|n| from + n);
    let Some(close) = letters.first().and_then(|first| closing(*first)) else { return word(0) };
    let end = letters.iter().position(|c| *c == close)?;
    let is_name = end <= LONGEST_NAME && !letters[1..end].iter().any(|c| c.is_ascii_digit() || matches!(c, ':' | '/'));
    if is_name { word(end) } else { None }
}

const fn closing(open: char) -> Option<char> {
    match open {
        '[' => Some(']'),
        '(' => Some(')'),
        '<' => Some('>'),
        '【' => Some('】'),
        _ => None,
    }
}

fn is_for_subscribers(letters: &[char]) -> bool {
    OF_SUBSCRIBERS_FOLDED.iter().any(|word| has_word(letters, word)) || has_menu_code(letters)
}

fn has_word(letters: &[char], word: &[char]) -> bool {
    let (word, goes_on) = word.strip_suffix(&['*']).map_or((word, false), |stem| (stem, true));
    letters.windows(word.len()).enumerate().any(|(at, part)| {
        let in_word = |place: usize| letters.get(place).is_some_and(|c| is_word_letter(*c) || c.is_ascii_digit());
        let begins = at == 0 || !in_word(at - 1);
        let ends = goes_on || !in_word(at + word.len());
        part == word && begins && ends
    })
}

/// Whether there is a code to dial, such as `*124#`.
fn has_menu_code(letters: &[char]) -> bool {
    let mut open = false;
    letters.iter().any(|c| {
        let closes = open && *c == '#';
        open = *c == '*' || (open && c.is_ascii_digit());
        closes
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::extract;

    #[test]
    fn greetings_of_operators_are_recognised() {
        for text in [
            "Welcome to MTN! Your balance is GHS 0.00. Dial *124# for bundles.",
            "[Vodafone] Welcome to Vodafone Ghana. Enjoy our data bundles, dial *700#",
            "Bienvenue chez Orange! Votre solde est de 0 FCFA.",
            "¡Bienvenido a Telcel! Tu saldo es de $0.00",
            "Herzlich willkommen bei o2. Ihr Guthaben beträgt 0,00 EUR.",
            "Добро пожаловать в МегаФон! Ваш баланс 0 руб., тариф «Минимум».",
            "Ласкаво просимо до Київстар! Перевірити рахунок: *111#",
            "Selamat datang di Telkomsel. Pulsa Anda Rp0, masa aktif 30 hari.",
            "Hoş geldiniz! Bakiye: 0 TL",
            "Karibu Safaricom. Salio lako ni KES 0.",
            "欢迎使用中国移动，您的余额为0元。",
        ] {
            assert!(is_greeting(text), "{text}");
            assert_eq!(extract(text).code, None, "{text}");
        }
    }

    #[test]
    fn what_may_be_for_the_customer_is_no_greeting() {
        for text in [
            "Welcome to Telegram! Your login code is 48291",
            "Welcome! Enter 1234 to verify your number. Balance: 0",
            "Welcome to Cash! Your balance is 0. Do not share your PIN.",
            "Welcome to Uber. Reply YES to continue.",
            "Welcome to Bolt! Tap https://bolt.eu/v/Ab3dE9xQ to open your account. Balance: 0",
            "Welcome! Tap bk.ng/a/48291 and get a bonus on your first top up",
            "Welcome to Prepaid2Cash, we are glad that you are here",
            "[Your secret words: apple river stone] Welcome! Balance 0",
            "[apple river stone oak tree hill] Welcome! Balance 0",
            "Bienvenue aux soldes !",
            "Welcome to WhatsApp",
            "Your balance is GHS 0.00. Dial *124#",
            "Thanks for joining. You are welcome to top up your balance.",
            "Your order has shipped",
            "",
            "   ",
            "[",
            "【】",
        ] {
            assert!(!is_greeting(text), "{text}");
        }
    }
}
