//! Codes of authenticator apps (RFC 6238): six digits of SHA-1, every 30 seconds, as all apps understand them.

use crate::SecondFactorError;
use domain::{EmailAddress, Timestamp, account::TotpSecret};
use qrcode::{QrCode, render::svg};
use runtime::random_bytes;
use totp_rs::{Builder, Secret, Totp};

/// The name that apps show.
const ISSUER: &str = "Namaskah SMS";
/// The steps before and after the present one that count, too, because clocks differ.
const SKEW: u16 = 1;
/// The smallest side of the picture, in pixels.
const SIDE: u32 = 240;

/// A secret for an app, as the app takes it: typed, as a link on the phone, or as a picture.
#[derive(Clone)]
pub struct Enrolment {
    /// The secret, in base 32.
    pub secret: TotpSecret,
    /// The secret as an `otpauth` URI.
    pub uri: String,
    /// The URI as a QR code, in SVG.
    pub qr_svg: String,
}

/// A new secret for the app of this person.
pub(crate) fn enrol(email: &EmailAddress) -> Result<Enrolment, SecondFactorError> {
    let secret = Secret::from(random_bytes::<20>());
    let text = TotpSecret::new(secret.to_base32());
    let totp = builder(secret).with_issuer(Some(ISSUER)).with_account_name(email.as_str()).build();
    let uri = totp.and_then(|totp| totp.to_url()).map_err(|error| SecondFactorError::Code(error.to_string()))?;
    let code = QrCode::new(&uri).map_err(|error| SecondFactorError::Code(error.to_string()))?;
    // Black on white in any theme, with the quiet zone that scanners need.
    let qr_svg = code.render::<svg::Color<'_>>().min_dimensions(SIDE, SIDE).build();
    Ok(Enrolment { secret: text, uri, qr_svg })
}

/// The time step of a code, if it is one of this secret about now.
pub(crate) fn step_of(secret: &TotpSecret, code: &str, now: Timestamp) -> Option<u64> {
    let secret = Secret::try_from_base32(secret.expose()).ok()?;
    let totp: Totp = builder(secret).build().ok()?;
    totp.check(code, u64::try_from(now.epoch_seconds()).ok()?)
}

fn builder(secret: Secret) -> Builder {
    Builder::new().with_secret(secret).with_skew(SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of RFC 6238, appendix B, for SHA-1. They have eight digits, of which apps show the last six.
    #[test]
    fn the_codes_are_those_of_the_standard() {
        let secret = TotpSecret::new("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = u64::try_from(seconds).unwrap() / 30;
            let at = |seconds: i64| step_of(&secret, code, Timestamp::from_millis(seconds * 1_000));
            assert_eq!(at(seconds), Some(step));
            assert_eq!((at(seconds + 30), at(seconds - 30)), (Some(step), Some(step)), "clocks differ");
            assert_eq!(at(seconds + 61), None);
            assert_eq!(at(seconds - 60).filter(|_| seconds > 60), None, "time begins with 1970");
        }
        assert_eq!(step_of(&secret, "287083", Timestamp::from_millis(59_000)), None);
    }

    #[test]
    fn an_app_gets_the_secret_in_three_forms() {
        let enrolment = enrol(&"kofi+1@example.com".parse().unwrap()).unwrap();
        let secret = enrolment.secret.expose();
        assert!(secret.len() == 32 && secret.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b)));
        let uri = format!("otpauth://totp/Namaskah%20SMS:kofi%2B1%40example.com?secret={secret}&issuer=Namaskah%20SMS");
        assert_eq!(enrolment.uri, uri);
        assert!(enrolment.qr_svg.starts_with("<?xml") && enrolment.qr_svg.contains("<svg"), "{}", enrolment.qr_svg);
        assert_ne!(enrol(&"kofi+1@example.com".parse().unwrap()).unwrap().uri, uri, "each has its own secret");
    }
}
