"""A text within mark-up."""


def escape(text: str) -> str:
    """Return the text with every sign of mark-up in it written out."""
    # With its table of all names of signs, half a megabyte that nobody needs before something is printed.
    import html

    return html.escape(text)
