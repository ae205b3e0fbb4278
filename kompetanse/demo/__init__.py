"""Invented people and vacancies of Frøya and Hitra; also how benchmarks get registries of any size."""
