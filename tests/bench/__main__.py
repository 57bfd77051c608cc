"""`python -m tests.bench [NAME]`: measures and prints one JSON object a line."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module

FIGURES: dict[tuple[str, ...], str] = {
    ("key_to_durable_ms_max", "commit_ms_p50", "commit_ms_p99"): "saving",
    ("ring_to_paint_ms_p50", "ring_to_paint_ms_p99"): "ringing",
    ("gui_stall_ms_max", "gui_stall_ms_p99"): "stalling",
    ("form_open_ms", "category_switch_ms"): "forming",
    ("start_to_window_s", "console_rss_mb"): "starting",
    ("search_ms_p95", "search_vs_like", "bytes_per_record", "start_100k_s"): "searching",
    ("caller_500_ms",): "caller",
    ("typing_ms_p50", "typing_ms_p99"): "typing_keys",
    ("finish_to_server_ms",): "finishing",
    ("risk_key_to_paint_ms_p99",): "answering",
    ("keys_s5_call", "keys_r4_call"): "keys",
    ("click_to_third_ring_ms",): "third_party",
    ("event_to_console_ms_p99",): "line.events",
    ("fanout_350_ms_p99", "polled_screen_ms_mean"): "line.fanout",
    ("command_ms_p99",): "line.clicks",
    ("three_way_alone_ms",): "line.alone",
    ("gateway_recovery_s",): "line.recovery",
    ("load_events_lost", "gateway_rss_mb", "gateway_cpu_percent"): "line.load",
    (
        "sync_push_per_s",
        "sync_pull_per_s",
        "sync_push_vs_pouchdb",
        "sync_pull_vs_pouchdb",
    ): "sync.throughput",
    ("consoles_1000_ack_ms_p99", "server_rss_mb"): "sync.consoles",
    ("push_rate_at_1m_ratio",): "sync.growing",
}

Measure = Callable[[], Iterator[tuple[str, float, str]]]


def main(wanted: str = "") -> int:
    """Measure all figures, or those that stand beside the wanted one; 2 if there is none of that name."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    chosen = [module for names, module in FIGURES.items() if not wanted or wanted in names]
    if not chosen:
        known = ", ".join(name for names in FIGURES for name in names)
        sys.stderr.write(f"{wanted}: unknown; known are {known}\n")
        return 2
    for module in chosen:
        measure: Measure = import_module(f"tests.bench.{module}").measure
        for name, value, unit in measure():
            if not wanted or name == wanted:
                sys.stdout.write(json.dumps({"name": name, "value": round(value, 2), "unit": unit}) + "\n")
                sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
