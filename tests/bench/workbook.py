#!/usr/bin/env python3
"""workbook.py make FILE.csv FILE.xlsx: the same list as a workbook. workbook.py openpyxl FILE.xlsx,
workbook.py pandas FILE.xlsx: a peer reads every cell of it; prints the processor seconds that took
beside its start, and how many rows."""
import csv, sys, time

import openpyxl

if sys.argv[1] == "make":
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Inscrits")
    with open(sys.argv[2], encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            sheet.append(row)
    workbook.save(sys.argv[3])
elif sys.argv[1] == "pandas":
    import pandas

    start = time.process_time()
    rows = 1 + len(pandas.read_excel(sys.argv[2], dtype=str))
    print(time.process_time() - start, rows)
else:
    start = time.process_time()
    rows = sum(
        1
        for row in openpyxl.load_workbook(sys.argv[2], read_only=True).active.iter_rows(
            values_only=True
        )
    )
    print(time.process_time() - start, rows)
