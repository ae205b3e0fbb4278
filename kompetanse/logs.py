"""JSON logs: one line an event, with the request's id and no personal data."""

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
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format='{"level":"warning","logger":"%(name)s"}')
