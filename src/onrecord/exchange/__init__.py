"""Other programs' formats, one file each: what is read becomes our values, what is written says what it dropped."""
