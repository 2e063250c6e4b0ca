"""The tools that are measured: ours, and what Debian packages. Each says what it can do, writes its settings, and gives the
shell command of one run."""

import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field

from .world import run

HERE = os.path.dirname(os.path.abspath(__file__))


@dataclass
class Job:
    """A copy to be made: whose mail, from which port, to where."""
    dir: str                    # for settings and state of the tool; a new one for every run
    users: list
    source: int                 # port
    kind: str                   # "imap" to an IMAP server, "store" to files of our own, "pop" from POP3 to files
    target: int = 0             # port, for "imap"
    config: str = ""            # the target's Dovecot configuration, for doveadm
    durable: bool = False       # the copy must be on the disk at the end
    parallel: int = 1
    names: dict = field(default_factory=dict)       # users whose name at the target is another

    def at(self, user):
        """The user's name at the target."""
        return self.names.get(user, user)

    def path(self, *parts):
        return os.path.join(self.dir, *parts)

    def write(self, name, text):
        with open(self.path(name), "w") as f:
            f.write(text)
        os.chmod(self.path(name), 0o600)
        return self.path(name)


class Tool:
    """`kinds` it can do; `allow` are the differences of its copies that are known and told, as options of the judge."""
    name = package = program = ""
    kinds = ()
    allow = ()
    tells = ""
    limit = 60                  # seconds, then the run is cut and counted by what it had copied

    def is_there(self):
        return shutil.which(self.program, path=os.environ["PATH"] + ":/usr/sbin") is not None

    def prepare(self, job):
        """Writes settings."""

    def one(self, job, user):
        """The command line for one user."""
        raise NotImplementedError

    def command(self, job):
        if len(job.users) == 1:
            return ["sh", "-c", "exec " + self.one(job, job.users[0])]
        lines = job.write(self.name + ".lines", "".join(self.one(job, user) + "\n" for user in job.users))
        return ["sh", "-c", f"tr '\\n' '\\0' < {lines} | xargs -0 -P {job.parallel} -I% sh -c '%'"]

    def place(self, job, user):
        """Where the judge finds a copy in files."""
        return "maildir:" + job.path("store", user)


class Ours(Tool):
    name, kinds, limit = "mailtern", ("imap", "store", "pop"), 300
    program = os.environ.get("MAILTERN", "mailtern")

    def prepare(self, job):
        columns = "EmailAddress,UserName,Password" + (",TargetUserName,TargetPassword" if job.kind == "imap" else "")
        row = "{0}@rig.test,{0},pw-{0}" + (",{1},pw-{1}" if job.kind == "imap" else "")
        csv = job.write("users.csv", "\n".join([columns] + [row.format(user, job.at(user)) for user in job.users]) + "\n")
        script = os.path.join(HERE, "setup.ps1")
        target = str(job.target) if job.kind == "imap" else ""
        source = str(job.source) if job.kind != "pop" else ""
        run([*self.call(job), script, "-SourcePort", source, "-TargetPort", target, "-Csv", csv, "-Parallel", str(job.parallel)])

    def call(self, job):
        return [self.program, "--home", job.path("home"), "-NoProfile", "-File"]

    def command(self, job):
        if job.kind == "pop":
            return [*self.call(job), os.path.join(HERE, "poll.ps1"), "-Port", str(job.source), "-User", job.users[0]]
        return [*self.call(job), os.path.join(HERE, "copy.ps1")]

    def place(self, job, user):
        return "maildir:" + job.path("home", "mail", f"{user}@rig.test", "Maildir")


class Doveadm(Tool):
    name, package, program, kinds = "doveadm", "dovecot-core", "doveadm", ("imap", "store")
    tells = "writes into the target's own store, speaks no IMAP to it"

    def one(self, job, user):
        where = f" -o mail_location=maildir:{job.path('store', user)}" if job.kind == "store" else ""
        fsync = f" -o mail_fsync={'optimized' if job.durable else 'never'}" if job.kind == "store" else ""
        return (f"doveadm -c {job.config}{where}{fsync} -o imapc_host=127.0.0.1 -o imapc_port={job.source} -o imapc_user={user} "
                f"-o imapc_password=pw-{user} -o 'imapc_features=rfc822.size fetch-headers' -o mail_prefetch_count=200 "
                f"backup -R -u {job.at(user)} imapc:").replace("'", '"')

    def prepare(self, job):
        make_owned(job.path("store"), job)


class Interimap(Tool):
    name, package, program, kinds, limit = "interimap", "interimap", "interimap", ("imap",), 75

    def prepare(self, job):
        for user in job.users:
            side = "type = imap\nhost = 127.0.0.1\nport = {}\nusername = {}\npassword = pw-{}\nSTARTTLS = NO\n"
            job.write(f"interimap.{user}", f"database = {job.path('interimap.' + user + '.db')}\n"
                      f"[local]\n{side.format(job.target, job.at(user), job.at(user))}[remote]\n{side.format(job.source, user, user)}")

    def one(self, job, user):
        return f"interimap --config={job.path('interimap.' + user)} --quiet"


class Mbsync(Tool):
    name, package, program, kinds = "mbsync", "isync", "mbsync", ("imap", "store")
    allow = ("--ignore-header", "X-TUID", "--no-flags")
    tells = "adds X-TUID to every message, loses keywords"

    def prepare(self, job):
        for user in job.users:
            account = "Host 127.0.0.1\nPort {}\nUser {}\nPass pw-{}\nSSLType None\nAuthMechs LOGIN\n\n"
            near = f"MaildirStore near\nPath {job.path('store', user)}/\nInbox {job.path('store', user, 'INBOX')}\nSubFolders Verbatim\n\n"
            if job.kind == "imap":
                near = "IMAPAccount near\n" + account.format(job.target, job.at(user), job.at(user)) + "IMAPStore near\nAccount near\n\n"
            os.makedirs(job.path("store", user), exist_ok=True)
            os.makedirs(job.path("mbsync", user), exist_ok=True)
            job.write(f"mbsync.{user}", f"FSync {'yes' if job.durable else 'no'}\nIMAPAccount far\n" + account.format(job.source, user, user)
                      + "IMAPStore far\nAccount far\n\n" + near + "Channel all\nFar :far:\nNear :near:\nPatterns *\nCreate Near\n"
                      f"Expunge None\nSync Pull\nCopyArrivalDate yes\nSyncState {job.path('mbsync', user)}/\n")

    def one(self, job, user):
        return f"mbsync -q -c {job.path('mbsync.' + user)} -a"

    def place(self, job, user):
        return "maildirfs:" + job.path("store", user)


class Offlineimap(Tool):
    name, package, program, kinds, limit = "offlineimap", "offlineimap3", "offlineimap", ("imap", "store"), 15
    allow = ("--no-flags", "--no-dates")
    tells = "loses keywords, and into files the dates"

    def prepare(self, job):
        for user in job.users:
            side = "remotehost = 127.0.0.1\nremoteport = {}\nremoteuser = {}\nremotepass = pw-{}\nssl = no\nstarttls = no\nmaxconnections = 1\n"
            local = "type = IMAP\n" + side.format(job.target, job.at(user), job.at(user))
            if job.kind == "store":
                local = f"type = Maildir\nlocalfolders = {job.path('store', user)}\n"
            os.makedirs(job.path("store", user), exist_ok=True)
            job.write(f"offlineimap.{user}", f"[general]\nmetadata = {job.path('offlineimap.' + user + '.d')}\naccounts = a\nfsync = {job.durable}\n"
                      f"[Account a]\nlocalrepository = near\nremoterepository = far\n[Repository near]\n{local}"
                      f"[Repository far]\ntype = IMAP\nreadonly = True\n{side.format(job.source, user, user)}")

    def one(self, job, user):
        return f"offlineimap -o -u quiet -c {job.path('offlineimap.' + user)}"

    def place(self, job, user):
        return "maildirfs:" + job.path("store", user)


class Mpop(Tool):
    name, package, program, kinds = "mpop", "mpop", "mpop", ("pop",)

    def prepare(self, job):
        for user in job.users:
            for sub in ("cur", "new", "tmp"):
                os.makedirs(job.path("store", user, sub), exist_ok=True)

    def one(self, job, user):
        return (f"mpop -q --host=127.0.0.1 --port={job.source} --user={user} --passwordeval='echo pw-{user}' --tls=off --auth=user "
                f"--keep=on --received-header=off --uidls-file={job.path('uidls')} --delivery=maildir,{job.path('store', user)}")


class Fetchmail(Tool):
    name, package, program, kinds, limit = "fetchmail", "fetchmail", "fetchmail", ("pop",), 12
    tells = "delivers to one file; counted only"

    def prepare(self, job):
        user = job.users[0]
        job.write("fetchmailrc", f"poll 127.0.0.1 service {job.source} protocol pop3 username {user} password pw-{user} keep fetchall "
                  f"sslproto '' bsmtp {job.path('bsmtp')}\n")

    def one(self, job, user):
        return f"env FETCHMAILHOME={job.dir} fetchmail -s -f {job.path('fetchmailrc')}"


class Getmail(Tool):
    name, package, program, kinds, limit = "getmail", "getmail6", "getmail", ("pop",), 12
    tells = "forks for every message"

    def prepare(self, job):
        user = job.users[0]
        Mpop.prepare(self, job)
        job.write("getmailrc", f"[retriever]\ntype = SimplePOP3Retriever\nserver = 127.0.0.1\nport = {job.source}\nusername = {user}\n"
                  f"password = pw-{user}\n[destination]\ntype = Maildir\npath = {job.path('store', user)}/\n"
                  "[options]\nread_all = true\ndelete = false\ndelivered_to = false\nreceived = false\nverbose = 0\n")
        run(["chown", "-R", "rigmail:rigmail", job.dir])

    def one(self, job, user):
        return (f"setpriv --reuid=rigmail --regid=rigmail --clear-groups env HOME={job.dir} getmail --getmaildir={job.dir} "
                f"--rcfile={job.path('getmailrc')}")


def make_owned(path, job):
    os.makedirs(path, exist_ok=True)
    run(["chown", "-R", "rigmail:rigmail", path])


OURS = Ours()
PEERS = [Interimap(), Mbsync(), Doveadm(), Offlineimap(), Mpop(), Fetchmail(), Getmail()]


def install():
    """Installs the peers that Debian has; one that cannot be installed is left out of the table, which says so."""
    for tool in PEERS:
        if not tool.is_there():
            subprocess.run(["bash", "-c", f". {shlex.quote(os.path.join(HERE, '../../need'))}; need {tool.program} {tool.package}"],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
