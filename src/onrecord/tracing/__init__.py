"""The same utterance elsewhere: who carried it, and what became of the words."""
