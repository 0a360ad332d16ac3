//! The model test of money through the store: random acts of three customers, gateways, banks, the supplier and staff
//! against the running cloud, whose workers go on meanwhile.
//!
//! Acts run the use cases in this process, over a good or a faulty network, two at once, or until they die between two
//! steps. After each act the books of the customer are audited. In the end everything that is due is driven to rest. Then
//! each wallet must be what the simulators say was paid, paid back, lost and delivered, less what plans cost, plus gifts.
//!
//! `MODEL_STEPS` and `MODEL_SEED` choose other numbers of acts and other acts. A failure prints both with all acts.

mod acts;
mod chance;
mod choose;
mod facts;
mod perform;
mod rest;
mod ways;

use acts::Act;
use chance::Chance;
use domain::{Credits, Plan, access::Mode, payment::Payment, voucher::NewVoucher, voucher::VoucherCode};
use namaskah_tests::{Books, Cloud, Customer};
use runtime::Context;
use std::{collections::BTreeMap, env, fmt, time::Duration, time::Instant};
use ways::Way;

/// The acts of `make test`.
const STEPS: u64 = 500;
/// Their seed.
const SEED: u64 = 20_261_128;
/// What everybody has at first.
const FIRST: &str = "20";

/// A customer with the books as they were audited last.
struct Party {
    customer: Customer,
    books: Books,
    /// The vouchers that the customer tried to redeem, each with the first key.
    tried: BTreeMap<usize, String>,
    /// How often the customer asked for what, each time with a key of its own.
    asked: BTreeMap<&'static str, usize>,
}

/// A voucher, and what it gives.
struct Gift {
    code: VoucherCode,
    credits: Credits,
}

struct Model {
    cloud: Cloud,
    context: Context,
    parties: Vec<Party>,
    gifts: Vec<Gift>,
    chance: Chance,
    /// The number of the act, from which keys are made.
    step: u64,
    journal: Journal,
    /// How often each outcome occurred.
    counts: BTreeMap<String, u32>,
}

/// What was done, for people who look for the cause of a failure.
struct Journal {
    seed: u64,
    lines: Vec<String>,
}

impl Drop for Journal {
    #[expect(clippy::print_stderr, reason = "people repeat a failure by it")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            let (seed, steps) = (self.seed, self.lines.len());
            eprintln!("MODEL_SEED={seed} MODEL_STEPS={steps}\n{}", self.lines.join("\n"));
        }
    }
}

impl Journal {
    fn note(&mut self, line: impl fmt::Display) {
        self.lines.push(line.to_string());
    }
}

impl Model {
    async fn new(seed: u64) -> Self {
        let cloud = Cloud::alone().await;
        let context = cloud.context().await;
        let mut parties = Vec::new();
        for plan in [Plan::Starter; 3] {
            let customer = cloud.customer(plan, FIRST).await;
            let books = cloud.audited(Mode::Live, &customer).await;
            parties.push(Party { customer, books, tried: BTreeMap::new(), asked: BTreeMap::new() });
        }
        let gifts = gifts(&context).await;
        let journal = Journal { seed, lines: Vec::new() };
        let (chance, counts) = (Chance::new(seed), BTreeMap::new());
        Self { cloud, context, parties, gifts, chance, step: 0, journal, counts }
    }

    /// Does one random act, and checks what must hold at any moment.
    async fn step(&mut self) {
        self.step += 1;
        let party = self.chance.below(self.parties.len());
        let act = self.choose(party);
        let way = if act.is_a_use_case() { Way::random(&mut self.chance) } else { Way::Plain };
        self.journal.note(format!("{} customer {party}, {way:?}: {act:?}", self.step));
        let outcome = Box::pin(self.run(party, &act, way)).await;
        self.journal.note(format!("    {outcome}"));
        self.check(party, &act).await;
    }

    async fn check(&mut self, party: usize, act: &Act) {
        let books = self.cloud.audited(Mode::Live, &self.parties[party].customer).await;
        if let Some(payment) = act.payment().and_then(|of| books.payments.iter().find(|known| known.reference == *of)) {
            let credits = facts::of_payment(&self.cloud, payment).await.credits;
            let credited = payment.credited.units();
            assert!(credited <= credits, "{credited} was credited, and the gateway has {credits}: {payment:#?}");
        }
        let asked = |what: &str| self.parties[party].asked.get(what).copied().unwrap_or_default();
        let refunds: usize = books.payments.iter().map(|payment| payment.refunds.len()).sum();
        let made = [("start", books.payments.len()), ("buy", books.orders.len()), ("refund", refunds)];
        for (what, made) in made {
            assert!(made <= asked(what), "{what}: {made} for {} keys", asked(what));
        }
        self.parties[party].books = books;
    }

    fn count(&mut self, what: impl Into<String>) {
        *self.counts.entry(what.into()).or_default() += 1;
    }
}

/// Vouchers for everybody.
async fn gifts(context: &Context) -> Vec<Gift> {
    let staff = staff::Staff::new(context, domain::Actor::operator("model"));
    let mut gifts = Vec::new();
    for units in [12_500_i64, 30_000, 75_000] {
        let credits = Credits::from_units(units);
        let until = context.now().plus(Duration::from_hours(24 * 3_650));
        let new = NewVoucher { credits, uses: 3, from: None, until, reason: "the model".to_owned() };
        let made = staff.make_voucher(new, None).await.expect("a voucher");
        gifts.push(Gift { code: made.code, credits });
    }
    gifts
}

fn setting(name: &str, default: u64) -> u64 {
    env::var(name).map_or(default, |text| text.parse().expect("a whole number"))
}

#[tokio::test]
async fn every_wallet_is_what_the_outside_says() {
    let (steps, seed) = (setting("MODEL_STEPS", STEPS), setting("MODEL_SEED", SEED));
    let mut model = Model::new(seed).await;
    let began = Instant::now();
    for _ in 0..steps {
        Box::pin(model.step()).await;
    }
    let acted = began.elapsed();
    Box::pin(model.comes_to_rest()).await;
    println!("{steps} acts in {acted:?}, at rest after {:?}: {:#?}", began.elapsed(), model.counts);
    if steps >= STEPS {
        model.everything_occurred();
    }
}
