"""From a neighbour's need to a person, through the person: vacancy requests, contact requests, answers, grants."""
