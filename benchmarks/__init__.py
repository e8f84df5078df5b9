"""What quotekit is measured with: quality against annotated articles (``attribution.py``) and speed (``speed.py``)."""
