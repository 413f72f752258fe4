"""The daily reminder: one file per scheduler of the operating system."""
