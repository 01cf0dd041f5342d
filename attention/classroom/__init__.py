"""A class that predicts together: rooms, what may be done in them, and where they are kept."""
