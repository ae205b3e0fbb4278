"""`python -m kompetanse` is the `kompetanse` command."""

from kompetanse.cli import main

main()
