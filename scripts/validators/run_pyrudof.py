"""Validate with pyrudof, which has no command line in its wheel."""

import sys

from pyrudof import ResultShaclValidationFormat, Rudof

data, shapes = sys.argv[1:]
rudof = Rudof()
rudof.read_data(data)
rudof.read_shacl(shapes)
rudof.validate_shacl()
print(rudof.serialize_shacl_validation_results(ResultShaclValidationFormat.NTriples))
