"""Cases in a spreadsheet: the workbook to fill in, made from the shapes, and the reading of one."""

from fsp.validation.workbook.read import TABLE_SUFFIXES, ParsedTables, parse_workbook
from fsp.validation.workbook.template import Template
from fsp.validation.workbook.write import example_workbook, make_workbook

__all__ = ["TABLE_SUFFIXES", "ParsedTables", "Template", "example_workbook", "make_workbook", "parse_workbook"]
