"""The figures of one run of the bench beside those of an earlier one (`make bench BEFORE=FILE`):
every run leaves its own in build/bench/figures.json, to be copied away as “before”."""
import json
import os
from pathlib import Path


class Figures:
    """What one run has measured, by name."""

    def __init__(self, kept):
        self.kept, self.rows, self.above = Path(kept), {}, ""

    def add(self, figure, value, unit, ratio, smaller):
        """@ratio: to its peer or limit. A name that is indented belongs to the last that is not."""
        if figure.startswith(" "):
            figure = f"{self.above}: {figure.strip()}"
        else:
            self.above = figure
        self.rows[figure] = {"value": value, "unit": unit, "ratio": ratio, "smaller": smaller}

    def keep(self):
        """For a later run. One of some parts keeps what an earlier one has said of the others."""
        rows = dict(json.loads(self.kept.read_text()) if self.kept.exists() else {}, **self.rows)
        self.kept.write_text(json.dumps(rows, indent=1, ensure_ascii=False))

    def beside(self, path):
        """Lines: each figure of this run, what it was in @path, and how many times that it is now
        (for rates the other way round: above 1 is slower). Both ratios to peer or limit stand
        behind: they are to this machine as it was at each run."""
        before = json.loads(Path(path).read_text())
        yield "%-66s %10s %10s %-5s %6s %15s" % ("figure", "before", "now", "", "times", "ratios")
        for figure, now in self.rows.items():
            was = before.get(figure)
            if was is None or was["unit"] != now["unit"]:
                yield "%-66s %10s %10.2f %-5s" % (figure, "—", now["value"], now["unit"])
                continue
            one, other = (now, was) if now["smaller"] else (was, now)
            times = "%.2f" % (one["value"] / other["value"]) if other["value"] else "—"
            yield "%-66s %10.2f %10.2f %-5s %6s %7.2f %7.2f" % (
                figure,
                was["value"],
                now["value"],
                now["unit"],
                times,
                was["ratio"],
                now["ratio"],
            )


def asked_for():
    """The file of $BEFORE; None if none is. One that is not there ends the run before it begins."""
    path = os.environ.get("BEFORE")
    if path and not os.path.isfile(path):
        raise SystemExit(f"BEFORE={path}: there is no such file; see build/bench/figures.json")
    return path or None
