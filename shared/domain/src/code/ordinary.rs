//! Words of languages, where a code of small letters or a host name could stand.

use super::cues;
use std::{collections::HashSet, sync::LazyLock};

/// The fewest letters before a listed ending.
const STEM: usize = 2;

struct Words {
    whole: HashSet<&'static str>,
    endings: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lines = include_str!("ordinary.txt").lines().filter(|line| !line.starts_with(['#', '[']));
    let words = lines.flat_map(|line| line.split(',')).map(str::trim).filter(|word| !word.is_empty());
    let (endings, whole): (Vec<_>, Vec<_>) = words.partition(|word| word.starts_with('*'));
    Words { whole: whole.into_iter().collect(), endings: endings.iter().map(|word| word.trim_matches('*')).collect() }
});

/// Whether small letters are a word of a language, or have the form of one.
pub(super) fn is_ordinary(word: &str) -> bool {
    let ends = |ending: &&str| word.len() >= ending.len() + STEM && word.ends_with(*ending);
    is_listed(word) || WORDS.endings.iter().any(ends)
}

/// Whether small letters are a word of the list or of the cue tables.
pub(super) fn is_listed(word: &str) -> bool {
    WORDS.whole.contains(word) || cues::is_known(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_codes() {
        for word in ["here", "below", "ready", "expired", "valid", "sending", "bloqueado", "gesperrt", "sandi", "login"]
        {
            assert!(is_ordinary(word), "{word}");
        }
        for word in ["mirabu", "lomvek", "qwkzmp", "zuteli", "ed"] {
            assert!(!is_ordinary(word), "{word}");
        }
    }

    #[test]
    fn the_list_is_well_formed() {
        for word in WORDS.whole.iter().chain(&WORDS.endings) {
            assert!(word.bytes().all(|b| b.is_ascii_lowercase()), "{word}");
        }
    }
}
