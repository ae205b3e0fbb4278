"""Courses, tests and procedures on offer: how somebody comes from what she can to what a vacancy asks for."""
