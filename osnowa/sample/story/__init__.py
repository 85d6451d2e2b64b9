"""The story: from an empty region to the concept report of a cluster, in steps that a person would do by hand.

Voices, signatures, meetings and texts are invented and say so; organisations are those of the list. Nobody is written to:
no signatory has an address.
"""

from osnowa.sample.story.telling import STEPS, Broken, Told, tell
from osnowa.sample.story.words import Story, story_of

__all__ = ["STEPS", "Broken", "Story", "Told", "story_of", "tell"]
