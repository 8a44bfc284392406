"""The synthetic curriculum: short texts that show one behaviour each (README.md beside this folder)."""
