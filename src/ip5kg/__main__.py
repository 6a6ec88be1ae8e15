"""``python -m ip5kg`` is the same as ``ip5kg``."""

import sys

from ip5kg.cli.entry import main

sys.exit(main())
