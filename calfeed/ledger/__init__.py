"""What subscribers were told: one revision for each UID, kept for ever."""
