//! Normalises letters and digits, so that one table of words fits all spellings.
//!
//! [`shown`] is the readable form: compatibility characters replaced, case kept. [`folded`] is the
//! form in which words are compared.

/// The zero of each range of decimal digits in Unicode (general category Nd), outside ASCII.
const ZEROS: &[u32] = &[
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136,
    0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0,
    0x16A60, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// The half-width katakana U+FF66 to U+FF9D in their full-width forms.
const KATAKANA: &str =
    "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

fn digit(c: char) -> Option<char> {
    let point = c as u32;
    let row = ZEROS.partition_point(|zero| *zero <= point).checked_sub(1)?;
    let value = point - ZEROS[row];
    if value < 10 {
        return char::from_digit(value, 10);
    }
    None
}

/// Invisible characters: joiners, direction marks, byte order marks, variation selectors, vowel
/// points.
pub(super) fn invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'..='\u{5C2}' | '\u{5C4}'..='\u{5C5}' | '\u{5C7}'
        | '\u{61C}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{180B}'..='\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{20D0}'..='\u{20F0}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
        || (c.is_control() && !c.is_whitespace())
}

/// The plain form of a character: ASCII digits, half-width letters, one kind of space, dash and
/// quote.
pub(super) fn shown(c: char) -> char {
    if c.is_ascii() {
        return if c.is_whitespace() && c != '\n' && c != '\r' { ' ' } else { c };
    }
    if let Some(digit) = digit(c) {
        return digit;
    }
    let point = c as u32;
    let moved = |offset: u32| char::from_u32(offset).unwrap_or(c);
    match c {
        '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
        _ if c.is_whitespace() => ' ',
        '\u{FF01}'..='\u{FF5E}' if c != '，' => moved(point - 0xFEE0),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' | '﹣' | '־' => '-',
        '‘' | '’' | 'ʼ' | '‚' | '‛' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' => '"',
        '￠' => '¢',
        '￡' => '£',
        '￥' => '¥',
        '￦' => '₩',
        '︰' | '﹕' | '꞉' | '∶' => ':',
        '٫' => '.',
        '٬' => ',',
        // A comma of a sentence: "482913，5分钟" holds no decimal comma.
        '，' | '、' | '،' | '﹐' | '､' => ';',
        '٪' | '﹪' => '%',
        '①'..='⑨' => moved(point - 0x2460 + 0x31),
        '⓪' | '⁰' | '₀' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => moved(point - 0x2074 + 0x34),
        '₁'..='₉' => moved(point - 0x2081 + 0x31),
        '\u{1D400}'..='\u{1D6A3}' => {
            let letter = (point - 0x1D400) % 52;
            moved(if letter < 26 { 0x41 + letter } else { 0x61 + letter - 26 })
        }
        '\u{FF66}'..='\u{FF9D}' => KATAKANA.chars().nth((point - 0xFF66) as usize).unwrap_or(c),
        _ => c,
    }
}

/// Combines a full-width katakana letter with the voice mark (U+FF9E or U+FF9F) that follows it in
/// half-width text.
pub(super) fn voiced(letter: char, mark: char) -> Option<char> {
    let step = match mark {
        '\u{FF9E}' | '\u{3099}' => 1,
        '\u{FF9F}' | '\u{309A}' => 2,
        _ => return None,
    };
    match letter {
        'ウ' if step == 1 => Some('ヴ'),
        'カ'..='ヂ' | 'ツ' | 'テ' | 'ト' | 'ハ'..='ホ' | 'か'..='ぢ' | 'つ' | 'て' | 'と' | 'は'..='ほ' => {
            char::from_u32(letter as u32 + step)
        }
        _ => None,
    }
}

/// The comparison form of a character: lower case, without accents, one form for each Arabic
/// letter.
pub(super) fn folded(c: char) -> char {
    let c = shown(c);
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    if c == 'İ' {
        return 'i';
    }
    let c = c.to_lowercase().next().unwrap_or(c);
    latin(c).or_else(|| other_script(c)).unwrap_or(c)
}

fn latin(c: char) -> Option<char> {
    Some(match c {
        'à'..='æ' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẩ' | 'ẫ' | 'ậ' | 'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' => {
            'a'
        }
        'ɓ' => 'b',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ð' | 'ď' | 'đ' | 'ɗ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ə' | 'ǝ' | 'ɛ' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể' | 'ễ' | 'ệ' => {
            'e'
        }
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' => 'i',
        'ĵ' => 'j',
        'ķ' | 'ƙ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŋ' => 'n',
        'ò'..='ö'
        | 'ø'
        | 'ō'
        | 'ŏ'
        | 'ő'
        | 'œ'
        | 'ơ'
        | 'ɔ'
        | 'ọ'
        | 'ỏ'
        | 'ố'
        | 'ồ'
        | 'ổ'
        | 'ỗ'
        | 'ộ'
        | 'ớ'
        | 'ờ'
        | 'ở'
        | 'ỡ'
        | 'ợ' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ß' | 'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṣ' => 's',
        'ţ' | 'ť' | 'ŧ' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' | 'ủ' | 'ứ' | 'ừ' | 'ử' | 'ữ' | 'ự' => {
            'u'
        }
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => return None,
    })
}

fn other_script(c: char) -> Option<char> {
    Some(match c {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' | 'ѐ' => 'е',
        'й' | 'ѝ' => 'и',
        'ї' => 'і',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ې' | 'ئ' | 'ے' => 'ي',
        'ة' | 'ه' | 'ۀ' | 'ہ' | 'ھ' | 'ە' => 'ه',
        'ک' | 'ګ' => 'ك',
        'ؤ' => 'و',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scripts_digits_become_ascii() {
        assert!(ZEROS.is_sorted());
        for row in
            ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "๐๑๒๓๔๕๖๗๘๙", "０１２３４５６７８９", "৪৫৬", "𝟎𝟏𝟐", "𝟶𝟷𝟸", "①②③"]
        {
            for c in row.chars() {
                assert!(shown(c).is_ascii_digit(), "{c}");
            }
        }
        assert_eq!("٤٨٢٩١٣".chars().map(shown).collect::<String>(), "482913");
        assert_eq!("𝟿𝟬".chars().map(shown).collect::<String>(), "90");
    }

    #[test]
    fn letters_fold() {
        let fold = |text: &str| text.chars().map(folded).collect::<String>();
        assert_eq!(fold("Código MÃ Şifre İSTANBUL Ёлка"), "codigo ma sifre istanbul елка");
        assert_eq!(fold("کد تأیید"), "كد تاييد");
        assert_eq!(fold("ＯＴＰ：ｺｰ"), "otp:コー");
        assert_eq!(fold("𝗖𝗼𝗱𝗲"), "code");
        assert_eq!(voiced('ト', '\u{FF9E}'), Some('ド'));
        assert_eq!(voiced('ハ', '\u{FF9F}'), Some('パ'));
        assert_eq!(voiced('ア', '\u{FF9E}'), None);
    }
}
