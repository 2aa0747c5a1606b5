"""What the folder hands out, some of it only when it is asked for."""

import subprocess
import sys

import pytest

from helpers import tls
from tests.project import ROOT


def test_every_name_is_there():
    assert all(getattr(tls, name) is not None for name in tls.__all__)
    assert tls.Client.__module__ == "helpers.tls.client"
    with pytest.raises(AttributeError, match="Teapot"):
        _ = tls.Teapot


def test_whoever_needs_a_hash_does_not_load_the_endpoints():
    code = ("import sys, helpers.tls as tls; tls.hash_of('SHA256', b'');"
            "print([name for name in sys.modules if name.startswith('helpers.tls.')])")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          check=True)
    assert "helpers.tls.groups" in done.stdout
    assert "helpers.tls.server" not in done.stdout
