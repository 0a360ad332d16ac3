//! Evidence against a candidate that is not marked as something else.

use super::{
    super::{
        cues::{Cue, Kind},
        reason::Reason,
        scan::{Form, Shape},
    },
    Case, Tally,
    overview::is_labelled,
};

impl Case<'_> {
    /// Subtracts points; fewer if the relation to a word for code is firm.
    pub(super) fn doubts(&self, firm: bool, tally: &mut Tally) {
        if !firm {
            self.labels(tally);
        }
        self.promotion(tally);
        let text = &self.context.text;
        if self.find.form == Form::Formatted {
            tally.add(-20, Reason::FormattedNumber);
        }
        if text.before(self.find.outer_from) == '#' {
            tally.add(if firm { -5 } else { -40 }, Reason::HashMark);
        }
        match self.find.shape {
            Shape::Digits if !firm => self.digits(tally),
            Shape::Mixed => self.letters_and_digits(tally),
            _ => {}
        }
        if text.before(self.find.outer_from) == '【' && text.at(self.find.outer_to) == '】' {
            tally.add(-20, Reason::SenderName);
        }
        let (before, after) = (text.before(self.find.from), text.at(self.find.to));
        if matches!(before, '+' | '/' | '@' | '&') || matches!(after, '+' | '/' | '@' | '=') {
            tally.add(-30, Reason::AppHash);
        }
    }

    /// The words around it name something else.
    fn labels(&self, tally: &mut Tally) {
        if is_labelled(self.context, self.lead) {
            match self.context.kind(self.lead.cue) {
                Some(Kind::Other) => tally.add(-70, Reason::OtherLabel),
                Some(Kind::Measure) => tally.add(-70, Reason::Quantity),
                Some(Kind::Tail) => tally.add(-90, Reason::Masked),
                Some(Kind::Call) => tally.add(-60, Reason::CallOrReply),
                Some(Kind::Money) => tally.add(-90, Reason::Amount),
                _ => {}
            }
        }
        let in_sentence = |cue: &Cue| self.context.same_sentence(cue.from, self.find.from);
        let later_code = |cue: &Cue| cue.kind == Kind::Code && cue.from >= self.trail.at && in_sentence(cue);
        let follows = self.context.kind(self.trail.cue) == Some(Kind::Other) && self.trail.linked;
        if follows && !self.context.cues.iter().any(later_code) {
            tally.add(-50, Reason::OtherLabel);
        }
        // "Text the password MIX to 85069".
        let calls = |cue: &Cue| cue.kind == Kind::Call && cue.to <= self.find.outer_from && in_sentence(cue);
        let sent_to = self.context.text.folded[..self.find.outer_from].ends_with(&[' ', 't', 'o', ' ']);
        if self.is_called() || (sent_to && self.context.cues.iter().any(calls)) {
            tally.add(-50, Reason::CallOrReply);
        }
    }

    /// "Use code SAVE20 to get 20 % off".
    fn promotion(&self, tally: &mut Tally) {
        let wordlike = self.is_word_and_number() && self.find.form != Form::Spelled;
        if wordlike {
            tally.add(-20, Reason::Promotion);
        }
        if !self.overview.has_any(&[Kind::Promo]) && !self.context.text.shown.contains(&'%') {
            return;
        }
        let near = wordlike || self.sentence_has(Kind::Promo);
        let points = match (near, self.overview.names_verification, self.find.shape) {
            (true, true, _) => -8,
            (true, _, Shape::Digits) => -32,
            (true, ..) => -44,
            (false, false, Shape::Mixed) if !self.overview.has_any(&[Kind::Secrecy]) => -36,
            _ => return,
        };
        tally.add(points, Reason::Promotion);
    }

    /// A word that can be spoken with a number behind it: `WELCOME50`.
    fn is_word_and_number(&self) -> bool {
        let code = &self.find.code;
        let (word, number) = code.split_at(code.bytes().take_while(u8::is_ascii_alphabetic).count());
        let vowel = word.bytes().any(|b| matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u'));
        let counted = (1..=4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        word.len() >= 3 && vowel && counted
    }

    fn digits(&self, tally: &mut Tally) {
        let code = &self.find.code;
        let value = code.parse::<u64>().unwrap_or_default();
        if code.len() == 4 && (1950..2040).contains(&value) {
            tally.add(-18, Reason::Year);
        }
        if code.len() >= 4 && code.ends_with("00") {
            tally.add(-14, Reason::Amount);
        }
        if code.len() >= 9 {
            tally.add(-40, Reason::Phone);
        }
        let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
        let is_date = (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        if code.len() == 8 && is_date {
            tally.add(-25, Reason::Date);
        }
    }

    fn letters_and_digits(&self, tally: &mut Tally) {
        let code = &self.find.code;
        // "R500", "N5000".
        if code.starts_with(['R', 'N', 'P', 'K']) && code[1..].bytes().all(|b| b.is_ascii_digit()) {
            tally.add(-20, Reason::Amount);
        }
        let name = code.bytes().any(|b| b.is_ascii_lowercase()) && self.find.form != Form::Spelled;
        if name {
            tally.add(-10, Reason::Name);
        }
    }
}
