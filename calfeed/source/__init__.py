"""What editors write: files in, checked events out, every problem with its place."""
