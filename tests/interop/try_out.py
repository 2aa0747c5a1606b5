import sys, importlib, tempfile, time
from pathlib import Path
from tests.interop import openssl4, run
from tests.interop.case import CASES, Unable
from tests.interop.files import Files
class Stand:
    @staticmethod
    def client(case, earlier=None): return openssl4.client(case, earlier, only_version=False)
    @staticmethod
    def server(case): return openssl4.server(case, only_version=False)
def main():
    import os
    ends = Stand
    if os.environ.get("ENGINE"):
        from tests.interop import engine; ends = engine
    for name in sys.argv[1].split(","):
        peer = importlib.import_module(f"tests.interop.peer_{name}")
        want = sys.argv[2] if len(sys.argv) > 2 else ""
        for case in CASES:
            if want not in case.name: continue
            for go, role in ((run.as_client,"server"),(run.as_server,"client")):
                if not hasattr(peer, role): continue
                if len(sys.argv) > 3 and sys.argv[3] != role: continue
                start=time.time()
                with tempfile.TemporaryDirectory() as folder:
                    try:
                        result = go(ends, peer, case, Files(Path(folder)))
                        faults = result.faults()
                        print(f"{name} {role} {case.name}: {'ok' if not faults else faults} {time.time()-start:.2f}s", flush=True)
                        if faults and want:
                            for v in result.visits: print(v.end, v.events, v.cut_off)
                            print(result.heard)
                    except Unable as e: print(f"{name} {role} {case.name}: unable: {e}")
                    except Exception as e: print(f"{name} {role} {case.name}: {type(e).__name__} {str(e)[-600:]}")
main()
