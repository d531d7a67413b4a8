"""What each screen remembers, and the stairs down to the services."""
