"""A codebook of concepts, what of it each statement is about by whom, and how far coders agree.

codebook     the concepts as a person defined them
decisions    what a coder, person or machine, said of a statement; several coders' decisions merged
agreement    how far coders agree: Krippendorff's alpha
"""
