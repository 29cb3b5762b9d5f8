"""The whole way of a table: read where it can do no harm, described, stored."""
