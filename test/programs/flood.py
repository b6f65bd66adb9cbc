"""Prints MEGABYTES as fast as it can, half of it to stderr, then says that it is done. Usage: flood.py MEGABYTES"""
import sys

line = ("step 123 loss 0.456 " * 50 + "\n").encode()
block = line * 1000
count = int(sys.argv[1]) * 1_000_000 // len(block)
for i in range(count):
    (sys.stdout if i % 2 else sys.stderr).buffer.write(block)
sys.stderr.flush()
sys.stdout.write("done\n")
