"""Digital credentials: what a badge file says, and whether its signature, dates and status hold."""
