"""Coded statements in, networks of who stands where out: pure, with DNA's names and meanings where it has them.

    building   choose statements, count actor x concept x qualifier, weigh the edges, cut time into windows
    measuring  backbones, polarisation, communities, centralities, change points, profiles
    checking   what a hand-checked sample says of the machine's codes: shares, edges and measures with intervals
    drawing    places for the nodes, and a picture

Needs the extra `networks`: pip install "onrecord[networks]".
"""
