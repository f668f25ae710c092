"""What one visitor does: messages in, replies out; no transport, no threads."""

from .limits import Limits
from .messages import ClientMessage, read_message
from .replies import Reply
from .session import Session

__all__ = ["ClientMessage", "Limits", "Reply", "Session", "read_message"]
