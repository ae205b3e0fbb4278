"""Files in and out: newcomers' spreadsheets, the job service's vacancy feed and its export.

The readers (`spreadsheets`, `cells`, `people_rows`, `feed`) and the writer (`csv_safe`) are pure: bytes and text
in, typed values out, no database. What compares entries with the registry and applies them stands apart,
in `diff`, `apply` and `service`.
"""
