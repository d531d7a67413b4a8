"""The only types that cross to a browser: frozen, and holding only what their viewer may see."""
