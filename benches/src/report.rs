//! Prints the results as Markdown tables that can be pasted into `docs/performance.md`.

use crate::{Fault, compare::LanguageResult, cost::Basis, measure::Figures};
use std::{io::Write, time::Duration};

/// Prints a line. A closed output is ignored.
pub fn print(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

fn ms(span: Duration) -> String {
    format!("{:.2}", span.as_secs_f64() * 1000.0)
}

fn megabytes(kilobytes: u32) -> String {
    format!("{:.1}", f64::from(kilobytes) / 1024.0)
}

/// The measured functions and the sizes of their zips.
pub fn figures(all: &[Figures], zips: &[(String, usize)]) {
    print(
        "| scenario | init ms | best | on CPU | first ms | p50 ms | p99 ms | own p50 ms | best | memory MB | AWS calls | supplier | read units | write units | items of tx | log bytes |",
    );
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for f in all {
        let cells = [
            f.name.to_owned(),
            ms(f.init),
            ms(f.best_init),
            ms(f.init_on_cpu),
            ms(f.first),
            ms(f.p50),
            ms(f.p99),
            ms(f.own),
            ms(f.best_own),
            megabytes(f.kilobytes),
            f.aws.to_string(),
            f.supplier.to_string(),
            format!("{}.{}", f.units.read_tenths / 10, f.units.read_tenths % 10),
            f.units.write.to_string(),
            f.transaction.to_string(),
            f.log_bytes.to_string(),
        ];
        print(&format!("| {} |", cells.join(" | ")));
    }
    for (binary, bytes) in zips {
        print(&format!(
            "zip of {binary}: {}.{:02} MB",
            bytes / (1024 * 1024),
            bytes % (1024 * 1024) * 100 / (1024 * 1024)
        ));
    }
}

/// The cost of a million verifications.
pub fn cost(all: &[Figures], basis: &Basis) -> Result<(), Fault> {
    let (before, after) = (basis.polls_to_code()?, basis.polls_after_code()?);
    let bills =
        [basis.bill(all, before + after, 1.0)?, basis.bill(all, before + after, 10.0)?, basis.bill(all, before, 10.0)?];
    print("\n| a million verifications | each, quiet | $ quiet | each, busy | $ busy | each, finished | $ finished |");
    print("|---|--:|--:|--:|--:|--:|--:|");
    for place in 0..bills[0].len() {
        let cells = bills.iter().map(|bill| format!("{:.6} | {:.2}", bill[place].amount, bill[place].dollars));
        print(&format!("| {} | {} |", bills[0][place].what, cells.collect::<Vec<_>>().join(" | ")));
    }
    let sums = bills.iter().map(|bill| format!("| | **{:.2}** ", bill.iter().map(|line| line.dollars).sum::<f64>()));
    print(&format!("| **sum** {}|", sums.collect::<String>()));
    print(
        "\nquiet: one order a poll; busy: ten; finished: busy, and the customer finishes the order as soon as it has the code.",
    );
    print(&format!("Polls of a verification: {before} before the code, {after} after it. Assumptions:"));
    for (name, value) in &basis.assumptions {
        print(&format!("- {name}: {value}"));
    }
    Ok(())
}

/// The comparison with other languages.
pub fn results(all: &[LanguageResult]) {
    print(
        "\n| purchase in | init ms | first ms | p50 ms | memory MB | init, times ours | memory, times ours |\n|---|--:|--:|--:|--:|--:|--:|",
    );
    for result in all {
        let (init, first, p50, memory) =
            (ms(result.init), ms(result.first), ms(result.p50), megabytes(result.kilobytes));
        let (name, slower, larger) = (result.name, result.slower, result.larger);
        print(&format!("| {name} | {init} | {first} | {p50} | {memory} | {slower:.1} | {larger:.1} |"));
    }
}

/// The load of the machine, which makes every time longer.
pub fn load() {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let minute = load.split_whitespace().next().and_then(|text| text.parse::<f64>().ok()).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let busy = if u32::try_from(cores).is_ok_and(|cores| minute > f64::from(cores) / 2.0) {
        ": too busy, the times below are too long"
    } else {
        ""
    };
    print(&format!("{cores} cores, load {minute}{busy}\n"));
}

/// The exceeded budgets, or that there are none.
pub fn verdict(broken: &[String]) {
    if broken.is_empty() {
        print("\nAll budgets are met.");
    }
    for sentence in broken {
        print(&format!("\nEXCEEDED BUDGET: {sentence}"));
    }
}
