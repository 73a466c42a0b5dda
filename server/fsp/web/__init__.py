"""The service over HTTP: one blueprint a module."""
