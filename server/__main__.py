"""`python -m server …`: the server side of the command line."""

import sys

from server.cli import main

if __name__ == "__main__":
    sys.exit(main())
