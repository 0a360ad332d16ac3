//! Commands about vouchers.

use super::values::sentence;
use clap::Subcommand;
use domain::{Credits, Timestamp, VoucherId, voucher::VoucherCode};

#[derive(Subcommand)]
pub enum Vouchers {
    /// Make a voucher. Its code is shown once.
    Create {
        /// What each use gives, as promotional credit, like 2.50.
        #[arg(long)]
        credits: Credits,
        /// How often it can be used, by all customers together. Each customer can use it once.
        #[arg(long)]
        uses: u32,
        /// When it begins, like 2026-12-01T00:00:00Z; by default now.
        #[arg(long)]
        from: Option<Timestamp>,
        /// When it ends, like 2027-01-01T00:00:00Z.
        #[arg(long)]
        until: Timestamp,
        /// Its code, 6 to 40 letters and digits; by default a random one. A chosen text can be guessed.
        #[arg(long)]
        code: Option<VoucherCode>,
        /// What it is for.
        #[arg(long, value_parser = sentence)]
        reason: String,
    },
    /// List the newest vouchers.
    List {
        /// How many.
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
        most: u32,
    },
    /// End a voucher. What was redeemed stays with its customers.
    Stop {
        /// The voucher, like vch_01JD7Q….
        voucher: VoucherId,
        /// Why.
        #[arg(long, value_parser = sentence)]
        reason: String,
    },
}
