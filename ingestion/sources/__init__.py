"""One file per published table family; each defines `SOURCE`."""
