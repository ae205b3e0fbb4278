"""What may leave the municipality, as a table: a column that is not named here stays inside."""

SHAREABLE: dict[str, str] = {
    "experience.styrk": "occupation",
    "person_language.interaction": "norwegian",
    "education.level": "education",
    "person.born": "age",
    "person.country_of_origin": "country",
    "person.arrived_in_norway": "arrival",
    "person.municipality_no": "municipality",
}
"""`table.column` → the name of the hierarchy that generalises it.

It is also the name of the value in `ShareableProfile` and `SharedClass`. Of languages only Norwegian is read. The last
four are off: the three before the last unless every agreement asks for them, the last outside a pool.
"""
