"""What can go wrong. Every message is one sentence that says what was found and what was expected."""


class SpinsweepError(Exception):
    """Every error of this package."""


class ForeignFile(SpinsweepError):
    """Not a results file of spinsweep; the message is one line."""


class NoSuchVariant(SpinsweepError, LookupError):
    """No variant, or more than one, has the given parameters."""


class NotInStudy(SpinsweepError, AttributeError):
    """The study has no such stage or quantity."""
