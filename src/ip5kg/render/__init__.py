"""Results as text: tables, W3C result formats, descriptions, findings and figures."""
