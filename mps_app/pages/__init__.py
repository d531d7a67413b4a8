"""What a person sees: pure functions of state."""
