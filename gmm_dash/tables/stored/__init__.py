"""Tables on their way between processes, and on the shelf."""
