"""Cases in a spreadsheet: the workbook to fill in, made from the shapes, and the reading of one."""
