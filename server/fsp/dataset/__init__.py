"""The dataset: what files there are, loading them, stores on disk, counts, export."""
