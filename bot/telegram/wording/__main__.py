"""For developers: ``python -m bot.telegram.wording update`` brings the catalogues up to the
texts, ``… check`` tells what is missing or wrong in them."""

from __future__ import annotations

import sys

from bot.telegram.wording.catalogues import ENGLISH, LANGUAGES, catalogue_path, read_catalogue
from bot.telegram.wording.checking import misfits, untranslated
from bot.telegram.wording.updating import update

USAGE = "Usage: python -m bot.telegram.wording update | check\n"


def main(arguments: list[str]) -> int:
    """Do what the arguments say; 0 done, 1 something is missing or wrong, 2 wrong arguments."""
    match arguments:
        case ["update"]:
            for path in update():
                sys.stdout.write(f"{path}\n")
            return 0
        case ["check"]:
            return _check()
    sys.stderr.write(USAGE)
    return 2


def _check() -> int:
    found = []
    for language in LANGUAGES:
        if language != ENGLISH:
            catalogue = read_catalogue(catalogue_path(language))
            wrong = [*misfits(catalogue), *(f"{n} is in English" for n in untranslated(catalogue))]
            found += [f"{language}: {one}\n" for one in wrong]
    sys.stderr.write("".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
