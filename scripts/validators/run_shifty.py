"""Validate with pyshifty, which has no command line in its wheel."""

import sys
from pathlib import Path

import shifty

data, shapes = map(Path, sys.argv[1:])
_, report, _ = shifty.validate(data, shapes, graph_mode="data", infer=False)
print(report.serialize(format="turtle"))
