"""A real exchange to play with: prints what a soft phone and a gateway need, runs until Ctrl-C."""

import argparse
import sys
import threading
from contextlib import ExitStack, suppress

from tests.support.exchange import Exchange, ExchangeUnavailable, Plan
from tests.support.parties import caller_line, party, police_line, seat_line


def sheet(plan: Plan) -> str:
    """What to type into soft phones and into the gateway's settings."""
    names = {
        "1001": "seat",
        "1002": "seat",
        "1003": "seat",
        "1004": "seat with the telephone inside the console",
        "1009": "supervisor",
        "TRUNK": "outside world: police, ambulance, callers",
    }
    accounts = [f"  {name.lower():7}{plan.passwords[name]}   {what}" for name, what in names.items()]
    return "\n".join(
        [
            f"Exchange: sip:{plan.address}:{plan.sip_port} (UDP, alaw), ws://{plan.address}:{plan.http_port}/ws",
            "Soft phones (user, password):",
            *accounts,
            "Call 12356 from an account with the authentication name trunk and any number as its user.",
            f"Gateway: AMI {plan.address}:{plan.ami_port}, user gateway, password {plan.passwords['AMI']}",
        ]
    )


def main() -> int:
    """Run the exchange, and the parties that were asked for. The exit code: 0, or 69 without an exchange."""
    parser = argparse.ArgumentParser(prog="lab", description=__doc__)
    parser.add_argument("--free-ports", action="store_true", help="disturb no other exchange here")
    parser.add_argument("--seats", type=int, default=0, metavar="N", help="telephones with a tone at N seats")
    parser.add_argument("--police", action="store_true", help="a police telephone that rings and picks up")
    parser.add_argument("--caller", action="store_true", help="a caller who dials 12356 again and again")
    options = parser.parse_args()
    with ExitStack() as running:
        try:
            exchange = Exchange(Plan.on_free_ports() if options.free_ports else Plan())
            running.callback(exchange.stop)
            exchange.start()
        except ExchangeUnavailable as trouble:
            sys.stderr.write(f"{trouble}\n")
            return 69
        sys.stdout.write(sheet(exchange.plan) + "\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            play(exchange, options, running)
    return 0


def play(exchange: Exchange, options: argparse.Namespace, running: ExitStack) -> None:
    """Let the parties do what they do until the keyboard says stop."""
    for seat in range(options.seats):
        running.enter_context(party(exchange, seat_line(exchange, f"100{seat + 1}")))
    if options.police:
        running.enter_context(party(exchange, police_line(exchange), picks_up=True))
    if not options.caller:
        threading.Event().wait()
    caller = running.enter_context(party(exchange, caller_line(exchange)))
    calls = 0
    while True:
        calls += 1
        caller.dial("12356")
        caller.wait_for("closed", calls, limit=None)


if __name__ == "__main__":
    sys.exit(main())
