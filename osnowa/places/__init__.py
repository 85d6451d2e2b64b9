"""Where: NUTS, LAU, TERYT, own subregions; the region as a workspace."""
