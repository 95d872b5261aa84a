"""What is to be judged: whether an occasion and a speaker are meant, before any word is compared."""
