"""A training with relatives. Usage: family.py KIND [SECONDS]

children    child and grandchild in the same group
stubborn    the same, and all ignore SIGTERM
setsid      a child in a session of its own
daemon      a double-forked daemon, while the main process goes on
forked      a double-forked daemon that works on, while the main process returns at once
left        trains for SECONDS, then leaves an idle daemon behind
lingering   leaves workers that end by themselves 100 ms later
"""
import os
import signal
import sys
import time


def wait_forever():
    while True:
        time.sleep(0.05)


def fork(work):
    if os.fork() == 0:
        try:
            work()
        finally:
            os._exit(0)


def detach(work):
    def middle():
        os.setsid()
        fork(work)

    fork(middle)
    os.wait()


def ready():
    print("ready", flush=True)


def busy(seconds=60.0):
    until = time.time() + seconds
    while time.time() < until:
        sum(range(10000))
        print("epoch", flush=True)


kind = sys.argv[1]
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0

if kind in ("children", "stubborn"):
    if kind == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    fork(lambda: (fork(lambda: (ready(), wait_forever())), wait_forever()))
    wait_forever()
elif kind == "setsid":
    fork(lambda: (os.setsid(), ready(), wait_forever()))
    wait_forever()
elif kind == "daemon":
    detach(lambda: (ready(), wait_forever()))
    wait_forever()
elif kind == "forked":
    detach(busy)
elif kind == "left":
    time.sleep(seconds)
    detach(wait_forever)
elif kind == "lingering":
    detach(lambda: time.sleep(0.1))
    fork(lambda: time.sleep(0.1))
