"""Every sentence of the page, read by a checker that computes it anew."""
