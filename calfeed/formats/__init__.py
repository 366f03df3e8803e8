"""Snapshot to bytes: one module for each format, pure, siblings that do not know one another."""
