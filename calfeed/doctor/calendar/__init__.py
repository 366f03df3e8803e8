"""What stands in a feed: from its bytes to its events, each module one step."""
