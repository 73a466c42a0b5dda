"""Run the command `fsp` as `python -m fsp`."""

from fsp.cli import main

main(prog_name="fsp")
