"""The rows of the table: which work, by whom, against which floor, with which targets."""

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from dataclasses import dataclass, field

from .tools import OURS, PEERS, Job
from .world import BIG, HUGE, MANY, RIG, SMALL, SPARE, VAST, raw

MB = 1024.0
# each tool has a target account of its own for the large mailbox, so that its copy is still there for the row of no change
OWN = {tool.name: f"user{131 + n}" for n, tool in enumerate([OURS, *PEERS])}


@dataclass
class Row:
    """What one row of the table shows. `times` has the runs of each tool, the best of which counts."""
    name: str
    work: str
    times: dict = field(default_factory=dict)       # tool -> [measurement]
    wrong: dict = field(default_factory=dict)       # tool -> why its time does not count
    floor: float | None = None                      # seconds
    floors: dict = field(default_factory=dict)
    targets: list = field(default_factory=list)     # (text, value, limit, whether more is better)
    notes: list = field(default_factory=list)

    def best(self, tool):
        whole = [run for run in self.times.get(tool, []) if run["whole"]]
        return min(whole, key=lambda run: run["wall"]) if whole and tool not in self.wrong else None

    def peer(self, without=()):
        """Name and run of the fastest peer."""
        runs = [(self.best(tool.name), tool.name) for tool in PEERS if tool.name not in without]
        runs = sorted((run["wall"], name) for run, name in runs if run)
        return runs[0] if runs else None

    def at_most(self, text, value, limit):
        if value is not None:
            self.targets.append((text, value, limit, False))

    def times_faster(self, text, limit, without=()):
        ours, peer = self.best("mailtern"), self.peer(without)
        if ours and peer:
            self.targets.append((f"{text} ({peer[1]})", peer[0] / ours["wall"], limit, True))

    def times_floor(self, limit):
        ours = self.best("mailtern")
        if ours and self.floor:
            self.at_most("x the floor", ours["wall"] / self.floor, limit)


class Bench:
    def __init__(self, world, rounds, say):
        self.world, self.rounds, self.say = world, rounds, say
        self.kept = {}              # jobs whose state a later row needs

    # --- one run ----------------------------------------------------------------------------------------------------

    def measure(self, command, limit, servers=(), log=None):
        watch = [os.path.join(RIG, "measure"), *self.world.pids(*servers), "--timeout", str(limit)]
        watch += ["--log", log or os.devnull]
        done = subprocess.run([*watch, "--", *command], stdout=subprocess.PIPE, text=True, check=False)
        found = json.loads(done.stdout)
        found["whole"] = found["rc"] == 0
        return found

    def job(self, kind, users, server="fast", rtt=0, **more):
        """A job with a folder of its own."""
        folder = tempfile.mkdtemp(prefix=f"{kind}.", dir=self.world.path("jobs"))
        os.chmod(folder, 0o755)
        source = self.world.port("pop" if kind == "pop" else "source", rtt)
        target = self.world.port(server, rtt if server == "fast" else 0) if kind == "imap" else 0
        return Job(folder, users, source, kind, target, self.world.config(server), **more)

    def once(self, row, tool, job, manifest, server):
        """One copy by one tool from nothing, judged."""
        world = self.world
        if job.kind == "imap":
            world.reset(server, map(job.at, job.users))
        try:
            tool.prepare(job)
        except SystemExit as error:
            row.wrong[tool.name] = str(error)[-400:]
            return False
        run = self.measure(tool.command(job), tool.limit, ("source", server), job.path("log"))
        row.times.setdefault(tool.name, []).append(run)
        self.say(f"    {tool.name}: {run['wall']} s" + ("" if run["whole"] else f" (exit {run['rc']})"))
        if run["rc"] is None:
            row.wrong[tool.name] = f"cut after {tool.limit} s"
        elif run["rc"] != 0:
            with open(job.path("log"), errors="replace") as f:
                row.wrong[tool.name] = f"exit status {run['rc']}: {f.read()[-300:].strip()}"
        elif tool.name != "fetchmail":
            def where(user):
                return world.account(server, job.at(user)) if job.kind == "imap" else tool.place(job, user)
            allow = [*tool.allow, *(["--no-flags", "--no-dates"] if job.kind == "pop" else [])]
            different = world.differs(manifest, job.users, where, allow)
            if different:
                row.wrong[tool.name] = "copy differs: " + different
        return tool.name not in row.wrong

    def compete(self, row, manifest, users, kind, server="fast", rtt=0, keep=None, without=(), **more):
        """Ours and every peer that can, by turns, so that all meet the same minutes."""
        for _ in range(self.rounds):
            for tool in [OURS, *PEERS]:
                if kind not in tool.kinds or not tool.is_there() or tool.name in without:
                    continue
                # of a slow peer one run says enough
                slowest = max((run["wall"] for run in row.times.get(tool.name, [])), default=0)
                if tool.name in row.wrong or tool is not OURS and slowest > 5:
                    continue
                names = {BIG: OWN[tool.name]} if kind == "imap" and users == [BIG] else {}
                job = self.job(kind, users, server, rtt, names=names, **more)
                ok = self.once(row, tool, job, manifest, server)
                if ok and keep is not None:
                    self.forget(keep.get(tool.name))
                    keep[tool.name] = job
                else:
                    self.forget(job)
        for tool in PEERS:
            if tool.tells and tool.name in row.times:
                row.notes.append(f"{tool.name} {tool.tells}")

    def forget(self, job):
        if job:
            shutil.rmtree(job.dir, ignore_errors=True)

    def floor(self, row, **measured):
        """The least of several goes of each raw client; the slowest of the clients is the floor."""
        for name, go in measured.items():
            row.floors[name] = min(go()["seconds"] for _ in range(self.rounds))
        row.floor = max(row.floors.values())

    def fetch(self, rtt=0, job="fetch", user=BIG):
        return lambda: raw(job, self.world.port("pop" if job == "pop" else "source", rtt), user)

    def append(self, server, batch, rtt=0, user=SPARE):
        def go():
            self.world.reset(server, [user])
            return raw("append", self.world.port(server, rtt), user, self.world.source_mail(BIG), "--batch", batch)
        return go

    # --- rows -------------------------------------------------------------------------------------------------------

    def one_mailbox(self):
        row = Row("one", f"1 mailbox, {self.world.messages} messages, 0 ms, target does not sync")
        manifest = self.world.seed("big")
        self.kept["big"] = {}
        self.compete(row, manifest, [BIG], "imap", keep=self.kept["big"])
        self.floor(row, fetch=self.fetch(), append=self.append("fast", 100))
        row.times_floor(1.3)
        row.times_faster("x the best peer that speaks IMAP to the target", 5, ("doveadm",))
        return row

    def synced(self):
        row = Row("synced", f"1 mailbox, {self.world.messages} messages, target syncs to disk")
        self.compete(row, self.world.seed("big"), [BIG], "imap", server="sync", without=("offlineimap", "doveadm"), keep=(keep := {}))
        groups = journal_groups(keep.get("mailtern"))
        batch = -(-self.world.messages // groups) if groups else 100
        row.notes.append(f"floor: MULTIAPPEND of {batch}, as large as ours")
        self.floor(row, fetch=self.fetch(), append=self.append("sync", batch))
        row.times_floor(1.5)
        row.times_faster("x the best peer that speaks IMAP to the target", 3, ("doveadm",))
        return row

    def far(self):
        row = Row("far", f"1 mailbox, {self.world.messages} messages, 40 ms on both sides")
        self.kept["far"] = {}
        self.compete(row, self.world.seed("big"), [BIG], "imap", rtt=40, without=("offlineimap",), keep=self.kept["far"])
        self.floor(row, fetch=self.fetch(40))
        row.floors["append"] = self.append("fast", 100, 40)()["seconds"]
        row.times_floor(1.5)
        row.times_faster("x the best peer that speaks IMAP to the target", 1, ("doveadm",))
        return row

    def many(self, rtt=0):
        count = self.world.many_messages
        row = Row("many40" if rtt else "many", f"20 mailboxes x {count} messages in 8 folders, {rtt} ms")
        self.compete(row, self.world.seed("many"), MANY, "imap", rtt=rtt, parallel=20 if rtt else 4,
                     without=("offlineimap",))
        row.times_faster("x the best peer that speaks IMAP to the target", 2, ("doveadm",))
        row.at_most("peak MB", rss(row), 64)
        return row

    def store(self):
        row = Row("store", f"IMAP to the embedded store, {self.world.messages} messages, durable")
        self.kept["store"] = {}
        self.compete(row, self.world.seed("big"), [BIG], "store", durable=True, without=("offlineimap",),
                     keep=self.kept["store"])
        self.floor(row, fetch=self.fetch(), files=lambda: self.files())
        row.times_faster("x the best durable peer", 4)
        return row

    def files(self):
        """Every message into a file of its own, all of them synced at once."""
        source, place = os.path.join(self.world.source_mail(BIG), "cur"), tempfile.mkdtemp(dir=self.world.path("jobs"))
        mail = [open(os.path.join(source, name), "rb").read() for name in os.listdir(source)]
        began = time.monotonic()
        for n, body in enumerate(mail):
            with open(os.path.join(place, str(n)), "wb") as f:
                f.write(body)
        subprocess.run(["sync", "-f", place], check=True)
        seconds = time.monotonic() - began
        shutil.rmtree(place)
        return {"seconds": round(seconds, 3)}

    def nothing(self, rtt=0):
        row = Row("noop40" if rtt else "noop", f"nothing changed, {self.world.messages} messages, {rtt} ms")
        jobs = self.kept.get("far" if rtt else "big", {})
        for _ in range(self.rounds + 2):
            for tool in [OURS, *PEERS]:
                slowest = max((run["wall"] for run in row.times.get(tool.name, [])), default=0)
                if tool.name in jobs and slowest < 5:
                    run = self.measure(tool.command(jobs[tool.name]), tool.limit, ("source", "fast"), jobs[tool.name].path("log"))
                    row.times.setdefault(tool.name, []).append(run)
        row.times_faster("x mbsync", 1, [tool.name for tool in PEERS if tool.name != "mbsync"])
        return row

    def vast(self):
        """One folder of very many messages: copied, and again without change, with CONDSTORE and with lists of UIDs only."""
        self.world.seed("vast")
        count, rows = self.world.vast_messages, []
        for name, port, limit in (("vast", self.world.port("source"), 1), ("vast-lists", self.world.plain_source(), 5)):
            job = self.job("store", [VAST])
            job.source = port
            OURS.prepare(job)
            row = Row(name, f"one folder of {count} small messages, to the store")
            row.times["mailtern"] = [self.measure(OURS.command(job), 3600, ("source",), job.path("log"))]
            row.at_most("peak MB", rss(row), 64)
            files = sum(1 for _ in os.scandir(os.path.join(OURS.place(job, VAST)[len("maildir:"):], "cur")))
            if files != count:
                row.wrong["mailtern"] = f"{files} files"
            again = Row(name + "-noop", f"the same with nothing changed, {'CONDSTORE' if name == 'vast' else 'lists of UIDs and flags only'}")
            again.times["mailtern"] = [self.measure(OURS.command(job), 300, ("source",), job.path("log")) for _ in range(2)]
            best = again.best("mailtern")
            if best:
                again.at_most("s of our CPU", best["user"] + best["sys"], limit)
                again.at_most("peak MB", rss(again), 64)
            rows += [row, again]
            self.forget(job)
        return rows

    def large(self):
        row = Row("large", "one message of 150 MB")
        self.compete(row, self.world.seed("huge"), [HUGE], "imap", without=("offlineimap",))
        self.floor(row, fetch=self.fetch(user=HUGE))
        row.at_most("peak MB", rss(row), 32)
        return row

    def memory(self):
        row = Row("memory", "100 mailboxes queued, 20 at work, one message of 150 MB among them")
        manifest = self.world.seed("small")
        job = self.job("imap", SMALL, parallel=20)
        self.world.reset("fast", SMALL)
        try:
            OURS.prepare(job)
            row.times["mailtern"] = [self.measure(OURS.command(job), 300, ("source", "fast"), job.path("log"))]
            user = SMALL[0]
            different = self.world.differs(manifest, [user], lambda user: self.world.account("fast", user))
            if different:
                row.wrong["mailtern"] = different
        except SystemExit as error:
            row.wrong["mailtern"] = str(error)[-400:]
        row.at_most("peak MB", rss(row), 64)
        self.forget(job)
        return row

    def pop(self, rtt=0):
        row = Row("pop40" if rtt else "pop", f"POP3, {self.world.messages} messages, {rtt} ms")
        self.compete(row, self.world.seed("big"), [BIG], "pop", rtt=rtt)
        self.floor(row, pop=self.fetch(rtt, "pop"))
        row.times_floor(1.3)
        return row

    def state(self):
        """Bytes that the database grew by for each message of the copy before."""
        row = Row("state", "state kept for a copied message")
        job = self.kept.get("big", {}).get("mailtern") or self.kept.get("store", {}).get("mailtern")
        if job:
            fresh = self.job(job.kind, job.users)
            OURS.prepare(fresh)
            grown = state_bytes(job) - state_bytes(fresh)
            self.forget(fresh)
            row.at_most("bytes a message", grown / self.world.messages, 20)
            row.notes.append(f"{journal_groups(job)} journal rows")
        return row

    def console(self):
        """Start-up, a CSV file through a pipeline, a batch of 50,000 rows."""
        job = self.job("store", [])
        call = [OURS.program, "--home", job.path("home"), "-NoProfile", "-Command"]
        count = 50_000
        job.write("rows.csv", "Name,Status,Size\n" + "".join(f"user{n},{'Failed' if n % 4 else 'Synced'},{n}\n" for n in range(count)))
        job.write("batch.csv", "EmailAddress,UserName,Password\n" + "".join(f"u{n}@rig.test,u{n},pw{n}\n" for n in range(count)))
        rows = []

        def add(name, work, text, goes, targets):
            row = Row(name, work)
            base = row.times["mailtern"] = []
            for go in range(goes):
                base.append(self.measure([*call, text.replace("%", str(go))], 120, (), job.path("log")))
            row.notes.append("whole process")
            best = row.best("mailtern")
            for what, value, limit in targets(best) if best else []:
                row.at_most(what, value, limit)
            rows.append(row)
            return best

        start = add("start", "mailtern -Command 1", "1", 15, lambda r: [("ms", r["wall"] * 1000, 15), ("peak MB", r["rss_kb"] / MB, 15)])
        began = start["wall"] if start else 0
        add("csv", "Import-Csv of 50,000 rows | Where-Object | Measure-Object",
            f"(Import-Csv '{job.path('rows.csv')}' | Where-Object {{ $_.Status -eq 'Failed' }} | Measure-Object).Count", 5,
            lambda r: [("s beside the start", r["wall"] - began, 0.3)])
        port = self.world.port("source")
        self.measure([*call, f"New-MigrationEndpoint -IMAP -Name S -RemoteServer 127.0.0.1 -Port {port} -Security None"], 60)
        add("batch", "New-MigrationBatch with 50,000 rows, validated and stored",
            f"New-MigrationBatch -Name B% -SourceEndpoint S -CSVData ([System.IO.File]::ReadAllBytes('{job.path('batch.csv')}')) | Out-Null", 3,
            lambda r: [("s beside the start", r["wall"] - began, 1.5)])
        self.forget(job)
        return rows


def rss(row):
    best = row.best("mailtern")
    return best and max(best["rss_kb"], best["tree_rss_kb"]) / MB


def state_bytes(job):
    """The size of the database, with what still lies beside it in the log."""
    with sqlite3.connect(f"file:{job.path('home', 'state.db')}?mode=ro", uri=True) as db:
        pages, size = (db.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size"))
    return pages * size


def journal_groups(job):
    """How many groups the journal has."""
    if not job:
        return 0
    with sqlite3.connect(f"file:{job.path('home', 'state.db')}?mode=ro", uri=True) as db:
        return db.execute("SELECT count(*) FROM journal").fetchone()[0]


# name -> what makes its rows; in this order, because later rows go on with the copies of earlier ones
ROWS = {
    "console": lambda b: b.console(),
    "one": lambda b: b.one_mailbox(),
    "noop": lambda b: b.nothing(),
    "synced": lambda b: b.synced(),
    "far": lambda b: b.far(),
    "noop40": lambda b: b.nothing(40),
    "many": lambda b: b.many(),
    "many40": lambda b: b.many(40),
    "store": lambda b: b.store(),
    "state": lambda b: b.state(),
    "large": lambda b: b.large(),
    "memory": lambda b: b.memory(),
    "pop": lambda b: b.pop(),
    "pop40": lambda b: b.pop(40),
    "vast": lambda b: b.vast(),
}
