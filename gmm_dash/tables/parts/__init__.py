"""A table in many Parquet files, which no machine need hold: read slice by slice."""
