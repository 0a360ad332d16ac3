//! Addresses of coins against the vectors of BIP-173, BIP-350, ERC-55 and RFC 8032, and against changed characters.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

use namaskah_domain::payment::{
    CoinNetwork::{self, Bitcoin, Ethereum, Solana, Tron},
    LONGEST_ADDRESS, Method,
    NotAnAddress::{self, Checksum, Form, TestNetwork, Unspendable},
};
use proptest::prelude::*;

fn reads(network: CoinNetwork, text: &str) -> Result<String, NotAnAddress> {
    network.address(text).map(|address| {
        assert_eq!((address.network, address.to_string()), (network, address.text.clone()));
        address.text
    })
}

#[test]
fn addresses_of_bitcoin() {
    for (text, is) in [
        // BIP-173 and BIP-350: valid.
        ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", Ok("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")),
        (
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            Ok("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
        ),
        (
            "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3",
            Ok("bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3"),
        ),
        // Valid, without a rule by which somebody could spend.
        ("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", Err(Unspendable)),
        ("BC1SW50QGDZ25J", Err(Unspendable)),
        ("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", Err(Unspendable)),
        // Of a test network.
        ("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", Err(TestNetwork)),
        ("tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c", Err(TestNetwork)),
        // Invalid: the checksum of the other standard.
        ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", Err(Checksum)),
        ("BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL", Err(Checksum)),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", Err(Checksum)),
        // A character that Bech32 has not, the version 17, a program of 1, 41 or 16 bytes, padding, and nothing.
        ("bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", Err(Form)),
        ("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", Err(Form)),
        ("bc1pw5dgrnzv", Err(Form)),
        ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav", Err(Form)),
        ("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", Err(Form)),
        ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf", Err(Form)),
        ("bc1gmk9yu", Err(Checksum)),
        // Both cases, and another prefix.
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4", Err(Form)),
        ("tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut", Err(Form)),
        // Base58.
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Ok("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")),
        ("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", Ok("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy")),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", Err(Checksum)),
        ("mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", Err(TestNetwork)),
        ("2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc", Err(TestNetwork)),
        // Of other networks.
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Err(Form)),
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", Err(Form)),
        ("lnbc2500u1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdq5xysxxatsyp3k7", Err(Form)),
        ("bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Err(Form)),
        (" 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Err(Form)),
        ("", Err(Form)),
        ("1", Err(Form)),
        ("bc1", Err(Form)),
    ] {
        assert_eq!(reads(Bitcoin, text), is.map(str::to_owned), "{text}");
    }
}

#[test]
fn addresses_of_ethereum() {
    for text in [
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ] {
        assert_eq!(reads(Ethereum, text), Ok(text.to_owned()), "ERC-55");
        assert_eq!(reads(Ethereum, &text.to_ascii_lowercase()), Ok(text.to_owned()));
        let upper = format!("0x{}", text[2..].to_ascii_uppercase());
        assert_eq!(reads(Ethereum, &upper), Ok(text.to_owned()));
    }
    for (text, error) in [
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", Checksum),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", Form),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd", Form),
        ("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Form),
        ("0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Form),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg", Form),
        ("0x0000000000000000000000000000000000000000", Unspendable),
    ] {
        assert_eq!(reads(Ethereum, text), Err(error), "{text}");
    }
}

fn base58(hexadecimal: &str) -> String {
    bs58::encode(hex::decode(hexadecimal).expect("hexadecimal")).into_string()
}

#[test]
fn addresses_of_solana() {
    for key in [
        // The public keys of RFC 8032, 7.1.
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    ] {
        let text = base58(key);
        assert_eq!(reads(Solana, &text), Ok(text.clone()));
        assert_eq!(reads(Solana, &base58(&key[2..])), Err(Form), "a byte less");
        assert_eq!(reads(Solana, &base58(&format!("{key}00"))), Err(Form), "a byte more");
    }
    // No point of the curve has the coordinate 2.
    let beside = base58(&format!("02{}", "00".repeat(31)));
    assert_eq!(reads(Solana, &beside), Err(Unspendable));
    assert_eq!(reads(Solana, "11111111111111111111111111111111"), Err(Unspendable), "the system's program");
    for text in ["", "0OIl", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"] {
        assert_eq!(reads(Solana, text), Err(Form), "{text}");
    }
}

#[test]
fn addresses_of_tron() {
    for text in ["TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8"] {
        assert_eq!(reads(Tron, text), Ok(text.to_owned()));
    }
    for (text, error) in [
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u", Checksum),
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6", Checksum),
        ("T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb", Unspendable),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Form),
        ("41a614f803b6fd780986a42c78ec9c7f77e6ded13c", Form),
        ("", Form),
    ] {
        assert_eq!(reads(Tron, text), Err(error), "{text}");
    }
}

#[test]
fn each_method_in_coins_has_a_network() {
    for method in Method::ALL {
        assert_eq!(method.network().is_some(), method.is_crypto(), "{method:?}");
    }
}

/// Addresses whose every character is protected by a checksum.
const PROTECTED: [(CoinNetwork, &str); 5] = [
    (Bitcoin, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
    (Bitcoin, "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
    (Bitcoin, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
    (Bitcoin, "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
    (Tron, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
];

proptest! {
    #[test]
    fn a_changed_character_is_noticed(which in 0..PROTECTED.len(), place in any::<prop::sample::Index>(), new in "[0-9a-zA-Z]") {
        let (network, text) = PROTECTED[which];
        let place = place.index(text.len());
        let changed = format!("{}{new}{}", &text[..place], &text[place + 1..]);
        prop_assert_eq!(network.address(&changed).is_ok(), changed == text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,100}") {
        for network in [Bitcoin, Ethereum, Solana, Tron] {
            if let Ok(address) = network.address(&text) {
                prop_assert!(address.text.len() <= LONGEST_ADDRESS);
                prop_assert_eq!(network.address(&address.text), Ok(address.clone()), "canonical");
            }
        }
    }
}
