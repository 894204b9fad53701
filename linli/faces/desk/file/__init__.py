"""The officer's file (本人檔案): every number behind the own score, its source, and what one can do about it."""
