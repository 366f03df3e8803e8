"""How a feed is answered: each module looks at one side of it."""
