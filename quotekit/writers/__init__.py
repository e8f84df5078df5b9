"""An extraction in the forms people and programs read: one file a format."""
