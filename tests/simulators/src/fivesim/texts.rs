//! Message texts as services send them, in the language of the country.

use super::market::fold;

/// The sender and the text of a message with this code.
pub fn message(product: &str, country: &str, code: &str) -> (String, String) {
    let mut name = product.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let text = match country {
        "russia" | "ukraine" => format!("{name}: ваш код подтверждения {code}. Никому его не сообщайте."),
        "brazil" => format!("{code} é o seu código de verificação {name}. Não compartilhe."),
        "mexico" => format!("Tu código de {name} es {code}. No lo compartas con nadie."),
        "egypt" | "morocco" => format!("رمز التحقق الخاص بك في {name} هو {code}"),
        "india" => format!("{code} is your OTP for {name}. It is valid for 10 minutes. Do not share it with anyone."),
        "germany" => format!("Dein {name}-Code lautet {code}. Gib ihn nicht weiter."),
        "france" => format!("Votre code {name} est {code}. Ne le partagez pas."),
        "poland" => format!("Twój kod {name}: {code}"),
        "indonesia" => format!("Kode verifikasi {name} Anda adalah {code}. JANGAN BERIKAN KODE INI."),
        "vietnam" => format!("Ma xac minh {name} cua ban la {code}"),
        "thailand" => format!("รหัสยืนยัน {name} ของคุณคือ {code}"),
        _ => format!("Your {name} verification code is {code}. Don't share this code with anyone."),
    };
    (name, text)
}

/// The six-digit code of an order.
pub fn code(order: u64) -> String {
    format!("{:06}", fold(&["code", &order.to_string()]) % 900_000 + 100_000)
}
