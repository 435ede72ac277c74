"""Measurements, apart from the tests: ``python -m tests.benchmarks answers``.

They print numbers and judge nothing; machines differ, so look at the ratios.
"""

from __future__ import annotations

import argparse
import asyncio

from bot.app.garbage import collect_seldom
from bot.errors import InputError
from tests.benchmarks import answers, clustering, digests, feeds, intake


def main() -> None:
    """Run the measurement that the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    measurements = {
        "answers": answers,
        "clustering": clustering,
        "digests": digests,
        "feeds": feeds,
        "intake": intake,
    }
    for name, measurement in measurements.items():
        measurement.add_arguments(kinds.add_parser(name, help=measurement.__doc__))
    arguments = parser.parse_args()
    collect_seldom()  # as ``run`` does
    try:
        asyncio.run(measurements[arguments.kind].measure(arguments))
    except InputError as error:
        parser.exit(2, f"{error}\n")


if __name__ == "__main__":
    main()
