#!/bin/sh
# Runs every fuzz target for so many seconds, two at a time: fuzz/run.sh 1800. Needs a nightly toolchain and cargo-fuzz.
set -eu
cd "$(dirname "$0")"
seconds=${1:-60}
[ -d corpus ] || python3 seeds.py
cargo +nightly fuzz build -s none --fuzz-dir .
one() {
    cargo +nightly fuzz run -s none --fuzz-dir . "$1" -- -max_total_time="$seconds" -timeout=60 -rss_limit_mb=1024 \
        -max_len=65536 -print_final_stats=1 >"$1.log" 2>&1 || echo "$1: see fuzz/$1.log and fuzz/artifacts/$1"
    grep -E 'number_of_executed_units|peak_rss_mb' "$1.log" | sed "s/^/$1 /"
}
one docx & one pdf & wait
one statements & one rule_files & wait
one handed_in
