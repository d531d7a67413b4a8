"""What the clock and the commands start in the background: the same rooms, as the system itself."""
