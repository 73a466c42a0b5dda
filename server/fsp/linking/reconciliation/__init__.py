"""Match names and identifiers with what the dataset holds, as a service for OpenRefine and for spreadsheets."""
