"""Finds skills by meaning where no label is like the text: optional, off by default, never what a link is made by."""
