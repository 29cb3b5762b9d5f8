"""What a person waits for in the browser, beside the smallest Dash app with the same points."""
