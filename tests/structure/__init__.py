"""The project's own rules about its code; `python -m tests.structure` checks them all."""
