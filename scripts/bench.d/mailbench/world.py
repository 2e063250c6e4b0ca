"""The world that is measured in: real servers, a repeatable corpus, wires of 40 ms; and the judge of every copy.

Users of the source, each with the same name at the target and the password pw-USER:
user1-user20 the many mailboxes, user21 the one large mailbox, user22 the message of 150 MB,
user23 the folder of 500,000 messages, user24 the target of the raw clients, user31-user130 the small mailboxes of the memory
row, user131-user138 the targets of the tools for the large mailbox."""

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

RIG = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../rig"))
USERS = 140
# what is used under TLS; SCRAM over clear text, which the peers do not choose, costs two more round trips
MECHANISMS = "plain login"
BIG, HUGE, VAST, SPARE = "user21", "user22", "user23", "user24"
MANY = [f"user{n}" for n in range(1, 21)]
SMALL = [f"user{n}" for n in range(31, 131)]


def free_base():
    """A port base whose ports and those of the second target are free, below the range that the kernel hands out."""
    for base in range(11000, 25000, 1000):
        ports = [base + 143, base + 1143, base + 6143, base + 1110, base + 243, base + 244, base + 210, base + 343]
        if all(is_free(port) for port in ports):
            return base
    raise SystemExit("bench: no free ports")


def is_free(port):
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


class World:
    """Servers in `work`: a source and a target that never sync, and a target that syncs as servers do."""

    def __init__(self, work, messages, many):
        self.work, self.messages, self.many_messages = work, messages, many
        self.base = free_base()
        self.proxies, self.seeded, self.plain = [], {}, False
        self.vast_messages = 500_000 if messages >= 5000 else 20_000

    def path(self, *parts):
        return os.path.join(self.work, *parts)

    def up(self):
        os.makedirs(self.work, exist_ok=True)
        os.chmod(self.work, 0o755)
        self.servers("fast", ["src", "dst"], RIG_BASE=self.base, RIG_FSYNC="never")
        self.servers("sync", ["dst"], RIG_BASE=self.base + 5000, RIG_FSYNC="optimized")
        source, target = self.port("source"), self.port("fast")
        for listen, to in ((243, source), (244, target), (210, self.port("pop"))):
            self.proxies.append(subprocess.Popen(
                [os.path.join(RIG, "delay-proxy"), "--rtt", "40", str(self.base + listen), str(to)],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        for listen in (243, 244, 210):
            wait_for(self.base + listen)

    def servers(self, name, which, **settings):
        env = dict(os.environ, RIG_USERS=str(USERS), RIG_QUOTA="0", RIG_MECHANISMS=MECHANISMS, **{k: str(v) for k, v in settings.items()})
        shutil.rmtree(self.path(name), ignore_errors=True)
        run([os.path.join(RIG, "mailservers"), "up", self.path(name), *which], env=env)

    def down(self):
        for proxy in self.proxies:
            proxy.send_signal(signal.SIGTERM)
            proxy.wait()
        if self.plain:
            run(["doveadm", "-c", self.path("plain", "dovecot.conf"), "stop"])
        for name in ("fast", "sync"):
            if os.path.isdir(self.path(name)):
                run([os.path.join(RIG, "mailservers"), "down", self.path(name)])

    def plain_source(self):
        """Port of a second server over the source's mail, which knows neither CONDSTORE nor ESEARCH."""
        port = self.base + 343
        if not self.plain:
            os.makedirs(self.path("plain", "run"))
            with open(self.path("fast", "src", "dovecot.conf")) as f:
                text = f.read().replace(self.path("fast", "src", "run"), self.path("plain", "run"))
            for old, new in ((143, 343), (993, 393), (110, 310), (995, 395)):
                text = text.replace(f"port = {self.base + old}\n", f"port = {self.base + new}\n")
            text += "imap_capability = IMAP4rev1 SASL-IR LITERAL+ NAMESPACE UIDPLUS CHILDREN LIST-EXTENDED LIST-STATUS SPECIAL-USE\n"
            text += f"instance_name = plain\nlog_path = {self.path('plain', 'log')}\nstate_dir = {self.path('plain', 'run')}\n"
            with open(self.path("plain", "dovecot.conf"), "w") as f:
                f.write(text)
            # the server would hold a pipe open as long as it runs
            subprocess.run(["dovecot", "-c", self.path("plain", "dovecot.conf")], check=True, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.plain = True
            wait_for(port)
        return port

    def port(self, server, rtt=0):
        """Port of `source`, `pop`, `fast` or `sync`; with a round-trip time that of the wire before it."""
        if rtt:
            return self.base + {"source": 243, "fast": 244, "pop": 210}[server]
        return self.base + {"source": 143, "pop": 110, "fast": 1143, "sync": 6143}[server]

    def config(self, server):
        return self.path(server, "dst", "dovecot.conf")

    def source_mail(self, user):
        return self.path("fast", "src", "mail", user, "Maildir")

    def target_mail(self, server, user):
        return self.path(server, "dst", "mail", user, "Maildir")

    def pids(self, *servers):
        """--server arguments for the stopwatch."""
        where = {"source": ("fast", "src"), "fast": ("fast", "dst"), "sync": ("sync", "dst")}
        found = []
        for server in servers:
            with open(self.path(*where[server], "pid")) as f:
                found += ["--server", f"{server}={f.read().split()[0]}"]
        return found

    def reset(self, server, users):
        """Empties accounts of a target; nobody may be logged in to them."""
        for user in users:
            shutil.rmtree(self.path(server, "dst", "mail", user), ignore_errors=True)

    # --- corpus -----------------------------------------------------------------------------------------------------

    def seed(self, name):
        """Lays down one part of the corpus, once; gives its manifest."""
        if name not in self.seeded:
            manifest = self.path(name + ".jsonl")
            users = getattr(self, "seed_" + name)(manifest)
            for user in users:      # so that the servers' indexes are not part of what is timed
                raw("fetch", self.port("source"), user)
            self.seeded[name] = manifest
        return self.seeded[name]

    def seed_big(self, manifest):
        seedmail([self.source_mail(BIG)], manifest, self.messages, "--flat")
        return [BIG]

    def seed_many(self, manifest):
        seedmail([self.source_mail(user) for user in MANY], manifest, self.many_messages)
        return MANY

    def seed_small(self, manifest):
        seedmail([self.source_mail(SMALL[0])], manifest, 20, "--flat")
        for user in SMALL[1:]:
            home = os.path.dirname(self.source_mail(user))
            run(["cp", "-a", os.path.dirname(self.source_mail(SMALL[0])), home])
        one_large_message(self.source_mail(SMALL[5]), None, 150_000_000)
        return SMALL[:1]

    def seed_huge(self, manifest):
        seedmail([self.source_mail(HUGE)], manifest, 3, "--flat")
        one_large_message(self.source_mail(HUGE), manifest, 150_000_000)
        return [HUGE]

    def seed_vast(self, manifest):
        many_small_messages(self.source_mail(VAST), self.vast_messages)
        return [VAST]

    # --- judge ------------------------------------------------------------------------------------------------------

    def account(self, server, user):
        return f"imap://{user}:pw-{user}@127.0.0.1:{self.port(server)}"

    def differs(self, manifest, users, where, allow=()):
        """What the judge says against a copy; None when it is whole. `where` gives a user's account or folder."""
        def judge(user):
            judged = subprocess.run([os.path.join(RIG, "compare"), *allow, f"manifest:{manifest}#{user}", where(user)],
                                    capture_output=True, text=True, check=False)
            if judged.returncode != 0:
                return f"{user}: {judged.stdout.strip() or judged.stderr.strip()}"[:600]
            return None
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return next(filter(None, pool.map(judge, users)), None)


def run(command, **more):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    if done.returncode != 0:
        raise SystemExit(f"bench: {' '.join(command[:4])} …: {done.stdout.strip()[-2000:]}")
    return done.stdout


def wait_for(port):
    for _ in range(200):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"bench: nothing answers on port {port}")


def raw(job, port, user, *more):
    """The servers' own speed, by one raw pipelined client."""
    return json.loads(run([os.path.join(RIG, "rawmail"), job, f"127.0.0.1:{port}", user, f"pw-{user}", *map(str, more)]))


def seedmail(trees, manifest, messages, *more):
    run([os.path.join(RIG, "seedmail"), "--plain", "--messages", str(messages), "--manifest", manifest, *more, *trees])


def place(maildir, number, body, when, flags):
    """Writes a message file as Dovecot names it."""
    name = f"{when}.M{number}P9.rig,S={len(body)}:2,{flags}"
    path = os.path.join(maildir, "cur", name)
    with open(path, "wb") as f:
        f.write(body)
    os.utime(path, (when, when))
    shutil.chown(path, "rigmail", "rigmail")


def one_large_message(maildir, manifest, size):
    import hashlib
    line = bytes(random.Random(1).choices(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", k=76)) + b"\n"
    head = b"From: a@rig.test\nSubject: large\nMessage-ID: <large@rig.test>\nContent-Transfer-Encoding: base64\n\n"
    body = head + line * (size // len(line))
    place(maildir, 900000, body, 1500000000, "S")
    if manifest:
        wire = body.replace(b"\n", b"\r\n")
        user = os.path.basename(os.path.dirname(maildir))
        with open(manifest, "a") as f:
            f.write(json.dumps({"tree": user, "folder": "INBOX", "sha256": hashlib.sha256(wire).hexdigest(), "size": len(wire),
                                "flags": ["\\Seen"], "date": 1500000000}) + "\n")


def many_small_messages(maildir, count):
    for sub in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(maildir, sub), exist_ok=True)
    for n in range(count):
        body = b"From: a@rig.test\nSubject: message %d\nMessage-ID: <%d.vast@rig.test>\n\nshort\n" % (n, n)
        with open(os.path.join(maildir, "cur", f"{1100000000 + n}.M{n}P1.rig,S={len(body)},W={len(body) + 5}:2,S"), "wb") as f:
            f.write(body)
    run(["chown", "-R", "rigmail:rigmail", os.path.dirname(maildir)])
