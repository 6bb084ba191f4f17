"""What the values of a text say: label, unit and period of an indicator, from the words and the tree around it."""
