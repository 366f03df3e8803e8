"""What is wrong with a published feed, anybody's: pure, but for the requests that it is handed."""
