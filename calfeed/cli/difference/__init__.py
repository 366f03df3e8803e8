"""What a publication would tell, said to people, to a pull request, and to programs."""
