"""Who carries what was said: statements as carriers, tied to utterances, put in chains and on occasions."""
