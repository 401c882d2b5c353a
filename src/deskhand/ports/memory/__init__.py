"""What one transaction of the store reads and writes, a file for each part; `ports/store.py` joins them."""
