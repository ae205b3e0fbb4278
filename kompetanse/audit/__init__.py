"""Append-only events: who did what to which record, when and why; chained by hash in each municipality."""

from kompetanse.audit.rules import Event
from kompetanse.audit.service import event_of, install, record

__all__ = ["Event", "event_of", "install", "record"]
