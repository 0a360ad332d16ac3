//! Says how well each candidate fits. The numbers are weights that the labelled texts hold in place; `docs/decisions/0010`
//! explains them. A candidate needs its looks and one clear sign that the text calls it a code.

use super::{
    Candidate,
    context::{Context, Gap, Lead, Link, Trail},
    cues::{Cue, Kind},
    reason::Reason,
    scan::{self, Find, Form, Shape},
};

use std::collections::HashSet;

/// How far a word for code may stand from its candidate within a sentence, in characters.
const REACH: usize = 120;

/// A score in the making.
#[derive(Default)]
struct Tally {
    score: i32,
    reasons: Vec<Reason>,
}

impl Tally {
    fn add(&mut self, points: i32, reason: Reason) {
        self.score += points;
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }
}

/// What holds for the whole text.
struct Overview {
    /// Words for code that no candidate stands at and that no warning holds.
    free: Vec<Cue>,
    /// Words for code that have a candidate right behind them, by index.
    bound: Vec<usize>,
    /// What kinds of words the text has.
    kinds: HashSet<Kind>,
    /// How many words the text has.
    words: usize,
    /// Candidates that nothing refuses.
    open: usize,
}

impl Overview {
    fn has_any(&self, kinds: &[Kind]) -> bool {
        kinds.iter().any(|kind| self.kinds.contains(kind))
    }

    fn speaks_of_code(&self) -> bool {
        self.has_any(&[Kind::Code, Kind::Weak])
    }

    fn has_other_business(&self) -> bool {
        self.has_any(&[Kind::Other, Kind::Promo, Kind::Call, Kind::Tail, Kind::Money])
    }
}

/// Scores all finds.
pub(super) fn rank(context: &Context<'_>, finds: &[Find]) -> Vec<Candidate> {
    let leads: Vec<Lead> = finds.iter().map(|find| context.lead(find.outer_from)).collect();
    let overview = overview(context, finds, &leads);
    finds
        .iter()
        .zip(&leads)
        .map(|(find, lead)| {
            let tally = tally(context, &overview, find, *lead);
            let (start, end) = context.text.byte_range(find.from, find.to);
            Candidate { code: find.code.clone(), start, end, score: tally.score, reasons: tally.reasons }
        })
        .collect()
}

fn overview(context: &Context<'_>, finds: &[Find], leads: &[Lead]) -> Overview {
    let open: Vec<usize> = (0..finds.len())
        .filter(|at| scan::refused(context, &finds[*at]).is_none() && !is_labelled(context, &leads[*at]))
        .collect();
    let bound: Vec<usize> =
        open.iter().filter(|at| leads[**at].gap != Gap::Sentence).filter_map(|at| leads[*at].cue).collect();
    let warnings: Vec<Cue> = context.cues.iter().filter(|cue| cue.kind == Kind::Secrecy).copied().collect();
    // "Never share your PIN" says nothing of a number after it; "your PIN is 4829, never share it" does.
    let warned = |cue: &Cue| {
        warnings.iter().any(|warning| {
            let (from, to) = (cue.to.min(warning.to), cue.from.max(warning.from));
            let next = open.partition_point(|at| finds[*at].from < from);
            context.same_sentence(cue.from, warning.from) && open.get(next).is_none_or(|at| finds[*at].from >= to)
        })
    };
    let is_free = |index: usize, cue: &Cue| cue.kind == Kind::Code && !bound.contains(&index) && !warned(cue);
    let free: Vec<Cue> =
        context.cues.iter().enumerate().filter(|(index, cue)| is_free(*index, cue)).map(|(_, cue)| *cue).collect();
    let folded: String = context.text.shown.iter().collect();
    let words = folded.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    Overview { free, kinds: context.cues.iter().map(|cue| cue.kind).collect(), words, open: open.len(), bound }
}

/// Whether the word right before says that it is something else.
fn is_labelled(context: &Context<'_>, lead: &Lead) -> bool {
    lead.gap == Gap::None && matches!(context.kind(lead.cue), Some(Kind::Other | Kind::Tail | Kind::Call | Kind::Money))
}

fn tally(context: &Context<'_>, overview: &Overview, find: &Find, lead: Lead) -> Tally {
    let mut tally = Tally::default();
    looks(find, &mut tally);
    if find.form == Form::OriginBound {
        tally.add(100, Reason::OriginBound);
        return tally;
    }
    if let Some(reason) = scan::refused(context, find) {
        tally.score = -100;
        tally.reasons.push(reason);
        return tally;
    }
    let trail = context.trail(find.outer_to);
    let (relation, reason) = relation(context, overview, find, lead, trail);
    if let Some(reason) = reason {
        tally.add(relation, reason);
    } else if !overview.free.is_empty() {
        tally.add(12, Reason::CodeWordInText);
        if overview.open == 1 {
            tally.add(20, Reason::OnlyCandidate);
        }
    }
    let firm = relation >= 45;
    surroundings(context, overview, find, lead, trail, &mut tally);
    doubts(context, find, lead, firm, &mut tally);
    if reason.is_none() {
        stands_alone(context, overview, find, lead, trail, &mut tally);
    }
    tally
}

/// Points for what it looks like.
fn looks(find: &Find, tally: &mut Tally) {
    let length = find.code.chars().count();
    let (points, reason) = match (find.shape, length) {
        (Shape::Digits, 6) => (20, Reason::Digits),
        (Shape::Digits, 4 | 5) => (18, Reason::Digits),
        (Shape::Digits, 8) => (14, Reason::Digits),
        (Shape::Digits, 7) => (12, Reason::Digits),
        (Shape::Digits, 3) => (6, Reason::UnusualLength),
        (Shape::Digits, _) => (0, Reason::UnusualLength),
        (Shape::Mixed, 4..=8) => (12, Reason::LettersAndDigits),
        (Shape::Mixed, _) => (2, Reason::UnusualLength),
        (Shape::Letters, 4..=8) => (0, Reason::Letters),
        (Shape::Letters, _) => (-8, Reason::UnusualLength),
    };
    tally.add(points, reason);
    if find.form == Form::Grouped {
        tally.add(0, Reason::Grouped);
    }
}

/// The best tie between a candidate and a word for code: its points and its name.
fn relation(
    context: &Context<'_>,
    overview: &Overview,
    find: &Find,
    lead: Lead,
    trail: Trail,
) -> (i32, Option<Reason>) {
    let mut best = (0, None);
    let mut offer = |points: i32, reason: Reason| {
        if points > best.0 {
            best = (points, Some(reason));
        }
    };
    match context.kind(lead.cue) {
        Some(Kind::Code) => offer(if lead.gap == Gap::Sentence { 46 } else { 60 }, Reason::AfterCodeWord),
        Some(Kind::Weak) if lead.gap != Gap::Sentence => {
            offer(if lead.linked() { 42 } else { 34 }, Reason::AfterCodeWord);
        }
        _ => {}
    }
    for (index, cue) in context.cues.iter().enumerate() {
        if leads_on(context, find, lead, *cue) && !overview.bound.contains(&index) {
            match cue.kind {
                Kind::Code => offer(50, Reason::CodeWordIs),
                Kind::Weak => offer(34, Reason::CodeWordIs),
                _ => {}
            }
        }
    }
    let is_bound = |cue: Option<usize>| cue.is_some_and(|index| overview.bound.contains(&index));
    match context.kind(trail.cue) {
        Some(Kind::Code) if !is_bound(trail.cue) => offer(if trail.linked { 56 } else { 45 }, Reason::BeforeCodeWord),
        Some(Kind::Weak) if !is_bound(trail.cue) && trail.linked => offer(34, Reason::BeforeCodeWord),
        _ => {}
    }
    for (index, cue) in context.cues.iter().enumerate() {
        let after = cue.from >= trail.at && cue.from - trail.at <= REACH;
        if after
            && cue.kind == Kind::Code
            && !overview.bound.contains(&index)
            && context.same_sentence(find.to, cue.from)
        {
            offer(if trail.linked { 52 } else { 0 }, Reason::BeforeCodeWord);
        }
    }
    for cue in &overview.free {
        if !context.same_sentence(cue.from, find.from) {
            continue;
        }
        if cue.to <= find.outer_from {
            let distance = find.outer_from - cue.to;
            offer(near(38, distance), Reason::NearCodeWord);
        } else if cue.from >= find.outer_to {
            let distance = cue.from - find.outer_to;
            offer(near(38, distance), Reason::NearCodeWord);
        }
    }
    best
}

/// Whether "is" or a colon leads from a word earlier in the sentence to the candidate: "the code for your account is 4829".
fn leads_on(context: &Context<'_>, find: &Find, lead: Lead, cue: Cue) -> bool {
    let before = cue.to <= find.outer_from && find.outer_from - cue.to <= REACH;
    if !before || !lead.linked() || !context.same_sentence(cue.from, find.outer_from) {
        return false;
    }
    if called(context, find) {
        return false;
    }
    // "Code for order: 4829" but not "enter the code, order: 4829".
    let between = &context.text.shown[cue.to..find.outer_from];
    !is_labelled(context, &lead)
        || lead.link == Link::Word
        || !between.iter().any(|c| matches!(c, ',' | ';' | '.' | '\n'))
}

fn near(most: i32, distance: usize) -> i32 {
    if distance > REACH { 0 } else { (most - i32::try_from(distance / 4).unwrap_or(i32::MAX)).max(10) }
}

/// Points for what else the text says.
fn surroundings(context: &Context<'_>, overview: &Overview, find: &Find, lead: Lead, trail: Trail, tally: &mut Tally) {
    let prompts = |cue: Option<usize>| context.kind(cue) == Some(Kind::Prompt);
    let follows = trail.cue.map(|index| context.cues[index]).is_some_and(|cue| match cue.kind {
        Kind::Entered => true,
        // Languages that put the verb last; in Latin letters only the words listed so.
        Kind::Prompt => !context.text.at(cue.from).is_ascii(),
        _ => false,
    });
    if prompts(lead.cue) || follows {
        tally.add(30, Reason::Prompted);
    }
    if context.kind(lead.cue) == Some(Kind::Purpose) && lead.linked() {
        tally.add(20, Reason::Purpose);
    }
    let here = context.cues.iter().any(|cue| cue.kind == Kind::Purpose && context.same_sentence(cue.from, find.from));
    if here {
        tally.add(12, Reason::Purpose);
    } else if overview.has_any(&[Kind::Purpose]) {
        tally.add(6, Reason::Purpose);
    }
    if overview.has_any(&[Kind::Secrecy]) {
        tally.add(8, Reason::SecrecyWarning);
    }
    let line_start =
        |place: usize| (0..place).rev().map(|at| context.text.at(at)).find(|c| *c != ' ').is_none_or(|c| c == '\n');
    let line_end = |place: usize| {
        (place..context.text.len()).map(|at| context.text.at(at)).find(|c| *c != ' ').is_none_or(|c| c == '\n')
    };
    if overview.speaks_of_code() && line_start(find.outer_from) && line_end(find.outer_to) {
        tally.add(12, Reason::Alone);
    }
}

/// Points against.
fn doubts(context: &Context<'_>, find: &Find, lead: Lead, firm: bool, tally: &mut Tally) {
    let text = context.text;
    if is_labelled(context, &lead) && !firm {
        match context.kind(lead.cue) {
            Some(Kind::Other) => tally.add(-70, Reason::OtherLabel),
            Some(Kind::Tail) => tally.add(-90, Reason::Masked),
            Some(Kind::Call) => tally.add(-60, Reason::CallOrReply),
            Some(Kind::Money) => tally.add(-90, Reason::Amount),
            _ => {}
        }
    }
    let trail = context.trail(find.outer_to);
    let said_code = context
        .cues
        .iter()
        .any(|cue| cue.kind == Kind::Code && cue.from >= trail.at && context.same_sentence(cue.from, find.from));
    if context.kind(trail.cue) == Some(Kind::Other) && trail.linked && !firm && !said_code {
        tally.add(-50, Reason::OtherLabel);
    }
    if !firm && called(context, find) {
        tally.add(-50, Reason::CallOrReply);
    }
    let offered = context.cues.iter().any(|cue| cue.kind == Kind::Promo && context.same_sentence(cue.from, find.from));
    if offered {
        tally.add(-32, Reason::Promotion);
    }
    if find.form == Form::Formatted {
        tally.add(-20, Reason::FormattedNumber);
    }
    if text.before(find.outer_from) == '#' {
        tally.add(if firm { -5 } else { -40 }, Reason::HashMark);
    }
    match find.shape {
        Shape::Digits => digit_doubts(find, firm, tally),
        Shape::Mixed => mixed_doubts(find, tally),
        Shape::Letters => {}
    }
    if text.before(find.outer_from) == '【' && text.at(find.outer_to) == '】' {
        tally.add(-20, Reason::SenderName);
    }
    if matches!(text.before(find.from), '+' | '/' | '@' | '&') || matches!(text.at(find.to), '+' | '/' | '@' | '=') {
        tally.add(-30, Reason::AppHash);
    }
}

fn digit_doubts(find: &Find, firm: bool, tally: &mut Tally) {
    let value = find.code.parse::<u64>().unwrap_or_default();
    if find.code.len() == 4 && (1950..2040).contains(&value) && !firm {
        tally.add(-18, Reason::Year);
    }
    if find.code.len() >= 9 && !firm {
        tally.add(-40, Reason::Phone);
    }
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    if find.code.len() == 8
        && (1900..2100).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && !firm
    {
        tally.add(-25, Reason::Date);
    }
}

fn mixed_doubts(find: &Find, tally: &mut Tally) {
    let letters = find.code.chars().take_while(char::is_ascii_alphabetic).count();
    let tail = &find.code[letters..];
    let vowel = find.code[..letters].chars().any(|c| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u'));
    if letters >= 3 && vowel && tail.len() <= 3 && tail.bytes().all(|b| b.is_ascii_digit()) {
        tally.add(-14, Reason::Promotion);
    }
    // "R500", "N5000".
    if letters == 1 && find.code.starts_with(['R', 'N', 'P', 'K']) && tail.bytes().all(|b| b.is_ascii_digit()) {
        tally.add(-20, Reason::Amount);
    }
    let lower = find.code.bytes().any(|b| b.is_ascii_lowercase());
    if lower {
        tally.add(-10, Reason::Name);
    }
}

/// Whether a call to dial or to reply leads to it: "reply STOP to 32665".
fn called(context: &Context<'_>, find: &Find) -> bool {
    let before = |cue: &&Cue| {
        cue.to <= find.outer_from && find.outer_from - cue.to <= 30 && context.same_sentence(cue.from, find.from)
    };
    context
        .cues
        .iter()
        .filter(|cue| matches!(cue.kind, Kind::Call | Kind::Code))
        .rev()
        .find(before)
        .is_some_and(|cue| cue.kind == Kind::Call)
}

/// Points where no word ties it to a code: it is nearly the whole text, or the language is not in the tables.
fn stands_alone(context: &Context<'_>, overview: &Overview, find: &Find, lead: Lead, trail: Trail, tally: &mut Tally) {
    if overview.has_other_business() || overview.open != 1 || find.shape != Shape::Digits {
        return;
    }
    let usual = (4..=8).contains(&find.code.len());
    if overview.words <= 2 && usual {
        tally.add(40, Reason::Alone);
        return;
    }
    if usual && tally.reasons.contains(&Reason::Purpose) {
        tally.add(20, Reason::OnlyCandidate);
    }
    let opens = lead.from_start && trail.linked;
    let ends_line = matches!(context.text.at(find.outer_to), '\n' | '.' | '。');
    if !overview.speaks_of_code() && usual && ((lead.linked() && ends_line) || opens) {
        tally.add(30, Reason::Position);
    }
}
