"""A class of students in front of the real server, all on this machine."""
