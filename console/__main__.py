"""`python -m console`: the same as the command `xinqiao`."""

import sys

from console.cli import main

sys.exit(main())
