"""Incremental sync (draft-ietf-calext-subscription-upgrade-13): what changed of a feed, alone."""

from calfeed.site.sync.syncs import Syncs

__all__ = ["Syncs"]
