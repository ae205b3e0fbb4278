"""Pure parsers of single cells: text as people wrote it in, typed values and doubts out; each names its own failure."""
