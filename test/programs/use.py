"""Uses so much memory and CPU time, in itself and in a child each. Usage: use.py MEGABYTES SECONDS"""
import os
import sys
import time

megabytes, seconds = int(sys.argv[1]), float(sys.argv[2])
child = os.fork()
memory = bytearray(megabytes * 1_000_000)
while time.process_time() < seconds:
    sum(range(10000))
if child == 0:
    os._exit(0)
os.waitpid(child, 0)
