"""Validate with the package shacl, which has no command line."""

import sys

import shacl

data, shapes = sys.argv[1:]
print(shacl.validate(data, shapes).serialize("ntriples"))
