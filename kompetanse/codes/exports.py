"""Closed sets of what leaves the municipality as files."""

from enum import StrEnum


class ExportShape(StrEnum):
    """How the job service's export is laid out."""

    WIDE = "wide"  # one CSV, one line a person
    PACKAGE = "package"  # a zip with one CSV a part, and the data package that describes them


class AnalyticsFormat(StrEnum):
    """What the tables of the analytics extract are written as."""

    CSV = "csv"
    PARQUET = "parquet"
