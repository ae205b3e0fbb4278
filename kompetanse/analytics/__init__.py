"""The analytics extract: what the municipality's own analysts get to see who lives here and what competence there is.

Every table of people is folded until each row stands for at least as many households as the threshold says, and no row
of one table can be laid beside a row of another (`folding`, `pseudonyms`). The tables of counts are counted from the
folded rows (`counting`), so they tell nothing that the rows do not. Docs: `docs/analytics.md`.
"""
