"""``python -m ip5kg`` is the same as ``ip5kg``."""

import sys

from ip5kg.cli.main import main

sys.exit(main())
