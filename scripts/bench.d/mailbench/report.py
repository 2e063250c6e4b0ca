"""The table as text, as JSON, as a chart."""

import html
import json
import math

COLOURS = {"mailtern": "#0b7285", "floor": "#adb5bd"}
PEER = "#e8a33d"


def text(rows):
    """One block a row: a line for every tool, then the targets."""
    out = []
    for row in rows:
        out.append(f"\n{row.work}  [{row.name}]")
        out.append(f"  {'':14}{'s':>8}{'x floor':>9}{'x ours':>8}{'CPU s':>7}{'src CPU':>8}{'dst CPU':>8}{'MB':>6}{'tree MB':>8}  runs")
        ours = row.best("mailtern")
        for tool in row.times:
            best = row.best(tool)
            if not best:
                continue
            cpu = list(best["server_cpu"].values()) + ["", ""]
            out.append(f"  {tool:14}{best['wall']:8.3f}{ratio(best['wall'], row.floor):>9}{ratio(best['wall'], ours and ours['wall']):>8}"
                       f"{best['user'] + best['sys']:7.2f}{cpu[0]:>8}{cpu[1]:>8}{best['rss_kb'] / 1024:6.0f}{best['tree_rss_kb'] / 1024:8.0f}"
                       f"  {' '.join(str(run['wall']) for run in row.times[tool])}")
        for name, seconds in row.floors.items():
            out.append(f"  {'floor: ' + name:14}{seconds:8.3f}")
        for tool, why in row.wrong.items():
            out.append(f"  {tool}: does not count: {why}")
        for what, value, limit, more in row.targets:
            met = value >= limit if more else value <= limit
            sign = ">=" if more else "<="
            off = value / limit if limit else math.inf
            out.append(f"  target {sign} {limit} {what}: {value:.2f}, {'met' if met else 'NOT MET'} ({off:.2f} of the target)")
        for note in row.notes:
            out.append(f"  note: {note}")
    return "\n".join(out) + "\n"


def ratio(value, base):
    return f"{value / base:.2f}" if base else "-"


def as_json(rows, about):
    def one(row):
        targets = [{"what": what, "value": round(value, 3), "limit": limit, "met": value >= limit if more else value <= limit,
                    "more_is_better": more} for what, value, limit, more in row.targets]
        return {"name": row.name, "work": row.work, "floors": row.floors, "runs": row.times, "does_not_count": row.wrong,
                "best": {tool: row.best(tool) for tool in row.times}, "targets": targets, "notes": row.notes}
    return json.dumps({**about, "rows": [one(row) for row in rows]}, indent=1)


def chart(rows):
    """Seconds on a logarithmic scale, one bar a tool."""
    bars = []
    for row in rows:
        found = [(tool, row.best(tool)["wall"]) for tool in row.times if row.best(tool)]
        if row.floor:
            found.append(("floor", row.floor))
        if len(found) > 1:
            bars.append((row.work, found))
    if not bars:
        return None
    values = [seconds for _, found in bars for _, seconds in found]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) + 0.01)
    left, wide, line, y, out = 130, 560, 18, 40, []

    def x(seconds):
        return left + wide * (math.log10(max(seconds, 10 ** low)) - low) / (high - low)
    for work, found in bars:
        out.append(f'<text x="10" y="{y + 4}" class="work">{html.escape(work)}</text>')
        y += 12
        for tool, seconds in sorted(found, key=lambda one: one[1]):
            out.append(f'<text x="{left - 6}" y="{y + 12}" text-anchor="end">{tool}</text>'
                       f'<rect x="{left}" y="{y + 2}" width="{max(1, x(seconds) - left):.1f}" height="{line - 5}" rx="2" fill="{COLOURS.get(tool, PEER)}"/>'
                       f'<text x="{x(seconds) + 5:.1f}" y="{y + 12}">{seconds:.2f} s</text>')
            y += line
        y += 22
    grid = "".join(f'<line x1="{x(10 ** p):.1f}" x2="{x(10 ** p):.1f}" y1="24" y2="{y - 20}" stroke="#8884"/>'
                   f'<text x="{x(10 ** p):.1f}" y="18" text-anchor="middle">{10.0 ** p:g} s</text>' for p in range(low, high + 1))
    style = "text{font:11px system-ui,sans-serif;fill:#333}.work{font-weight:600;font-size:12px}@media(prefers-color-scheme:dark){text{fill:#ddd}}"
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + wide + 80} {y}" width="{left + wide + 80}" height="{y}">'
            f"<style>{style}</style>{grid}{''.join(out)}</svg>\n")
