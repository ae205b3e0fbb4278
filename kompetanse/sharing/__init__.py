"""Sharing with neighbours: classes of people, never a person.

Each published class describes at least k registered people of different households (k >= 5), counted again by
an independent verifier before anything leaves. `generalise` makes the classes, `verify` counts them again,
`classes` is all that a neighbour can be told.
"""
