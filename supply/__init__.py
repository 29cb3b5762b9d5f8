"""What the dashboard is made of: pinned packages, bundled parts, their licences and known holes."""
