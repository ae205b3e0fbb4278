"""`python -m tests.fuzz.one READER FLAG…`: one reader under libFuzzer, whose flags they are."""

import sys

import atheris

with atheris.instrument_imports(include=["kompetanse.exchange", "kompetanse.feeds", "kompetanse.competence", "pypdf"]):
    from kompetanse.exchange import probing
    from tests.fuzz.readers import READERS


def main() -> None:
    """Read until libFuzzer has had enough, or the reader falls."""
    probing._SECONDS = 1  # sooner than libFuzzer loses its patience
    reader = READERS[sys.argv.pop(1)]
    reader.read(reader.seeds[0])  # whatever is made once, before the clock runs
    atheris.Setup(sys.argv, reader.read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
