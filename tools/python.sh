#!/bin/sh
# Print the path of a Python that can run the course, or one sentence on stderr and status 1.
# PYTHON=... names the one to use; otherwise the first of the names below that works is taken.
check=$(dirname "$0")/preflight.py

if [ -n "${PYTHON:-}" ]; then
    if ! "$PYTHON" -c '' >/dev/null 2>&1; then
        echo "PYTHON=$PYTHON does not run: name a Python 3.11 or newer, for example PYTHON=python3.13." >&2
        exit 1
    fi
    exec "$PYTHON" "$check" python
fi

for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$name" "$check" python 2>/dev/null; then
        exit 0
    fi
done

if python3 -c '' >/dev/null 2>&1; then
    exec python3 "$check" python
fi
echo "No Python was found: install Python 3.11 or newer, or name one with make setup PYTHON=/path/to/python3." >&2
exit 1
