"""The vocabulary of the screens: views in, events out."""
