"""`make fuzz`: every reader of files is given files that get more broken by the minute, guided by the code they reach.

A reader may refuse a file by an error of ours, and nothing else: whatever else it raises, and whatever takes it too
long or too much memory, ends the run with the file that did it. Needs atheris, which no test needs and CI has not.
"""
