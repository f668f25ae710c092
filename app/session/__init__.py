"""What one visitor does: messages in, replies out; no transport, no threads."""

from .limits import Limits
from .messages import ClientMessage, read_message
from .replies import Reply
from .session import Session
from .trainings import Trainer

__all__ = ["ClientMessage", "Limits", "Reply", "Session", "Trainer", "read_message"]
