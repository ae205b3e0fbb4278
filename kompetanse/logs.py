"""JSON logs: one line an event, with the request's id and no personal data."""

import json
import logging
import sys

import structlog


def configure(level: str = "INFO") -> None:
    """Write every log line as JSON to standard error; libraries' own loggers keep to warnings."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[library_handler()])


def library_handler() -> logging.Handler:
    """Writes that a library complained, and never what about: its messages and tracebacks may hold values."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_WithoutValues())
    return handler


class _WithoutValues(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps({"level": record.levelname.lower(), "logger": record.name})
