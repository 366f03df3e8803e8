"""HTTP: look a path up, compare validators, choose a coding, answer."""
