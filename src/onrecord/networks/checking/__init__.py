"""How far machine codes may be trusted, measured on statements that a person checked."""
