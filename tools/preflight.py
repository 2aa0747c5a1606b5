"""Refuse early, in one sentence: a Python too old, a folder that is read-only, a port in use.

    python tools/preflight.py python          prints the path of this Python
    python tools/preflight.py folder PATH
    python tools/preflight.py port NUMBER

Standard library only, and in a syntax that even Python 2.7 reads: the very Python it
refuses has to run it. Hence no annotations and no f-strings here. It does not check
that packages are installed: tools/setup.py does.
"""

from __future__ import print_function

import errno
import os
import re
import socket
import sys
import tempfile

OLDEST = (3, 11)
HOST = "127.0.0.1"


class Refused(Exception):
    """What is wrong and what to do about it, as one sentence."""


def check_python(version=None):
    """Raise Refused when `version` (default: this Python) is older than the course needs."""
    version = sys.version_info if version is None else version
    if tuple(version[:2]) < OLDEST:
        numbers = OLDEST + tuple(version[:2])
        raise Refused(
            "The course needs Python {0}.{1} or newer, and this is Python {2}.{3}: install a newer "
            "one, or name it with make setup PYTHON=/path/to/python3.".format(*numbers)
        )


def check_folder(path):
    """Raise Refused unless a file can be made in the folder `path`."""
    try:
        with tempfile.TemporaryFile(dir=path):
            pass
    except (IOError, OSError) as error:
        raise Refused(
            "The folder {0} cannot be written to ({1}): copy the course to a folder of your own "
            "and start it there.".format(os.path.abspath(path), error.strerror or error)
        )


def check_port(text):
    """Give the number in `text` when 127.0.0.1 has that TCP port free; else raise Refused."""
    digits = str(text).strip()
    if not re.match(r"[0-9]{4,5}\Z", digits) or not 1024 <= int(digits) <= 65535:
        raise Refused(
            "PORT={0} is not a port number: use one from 1024 to 65535, "
            "for example make lab PORT=8889.".format(text)
        )
    port = int(digits)
    problem = why_not(port)
    if problem:
        raise Refused(
            "Port {0} on {1} cannot be used ({2}): stop the program that holds it, or choose "
            "another port with make lab PORT={3}.".format(port, HOST, problem, next_free(port))
        )
    return port


def why_not(port):
    """Say why 127.0.0.1:`port` cannot be listened on, or give None when it can."""
    probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # as the server itself will do: a port just left is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))
        probe.listen(1)
    except (IOError, OSError) as error:
        return "in use" if error.errno == errno.EADDRINUSE else error.strerror or str(error)
    finally:
        probe.close()
    return None


def next_free(port):
    """The first free port after `port`; 8888 when there is none among the next fifty."""
    for candidate in range(port + 1, min(port + 51, 65536)):
        if why_not(candidate) is None:
            return candidate
    return 8888


def stop(message):
    """Print one sentence on stderr and leave with status 1."""
    print(message, file=sys.stderr)
    sys.exit(1)


def require_python():
    """Leave with one sentence when this Python is too old."""
    try:
        check_python()
    except Refused as refused:
        stop(refused)


def main(arguments):
    """Run one check from the command line."""
    checks = {"folder": check_folder, "port": check_port}
    try:
        if arguments == ["python"]:
            check_python()
            print(sys.executable)
        elif len(arguments) == 2 and arguments[0] in checks:
            checks[arguments[0]](arguments[1])
        else:
            stop("usage: preflight.py python | folder PATH | port NUMBER")
    except Refused as refused:
        stop(refused)


if __name__ == "__main__":
    main(sys.argv[1:])
