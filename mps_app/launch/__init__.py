"""Starting the whole system with one command, and ending it without a trace."""
