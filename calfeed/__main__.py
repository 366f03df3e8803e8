"""``python -m calfeed`` is ``calfeed``."""

from calfeed.cli.main import main

main()
