#!/bin/sh
# `make bench`: builds the release binaries like `make build`, but for this machine, and measures
# them. Arguments go to the harness: --quick (fewer repeats), --alone (no other languages),
# --only=list (one scenario, without a verdict).
set -eu
cd "$(dirname "$0")/.."
case " $* " in *" --alone "* | *" --only="*) ;; *) benches/setup.sh ;; esac
export AWS_LC_SYS_NO_JITTER_ENTROPY=1
echo "bench: building the release (minutes the first time)"
cargo build --release --quiet -p benches -p verifications -p wallet -p catalog -p system -p auth -p account -p keys -p letters -p audit -p backoffice -p exports -p payments -p invoices -p subscriptions
binaries="${CARGO_TARGET_DIR:-target}/release"
exec "$binaries/benches" "$binaries" "$@"
