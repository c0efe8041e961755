import sys
from dataclasses import replace
from pathlib import Path
from export.tasks import task
from export.train import train

t = task("denoise")
minutes, lr, out = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
c = replace(t.defaults, data=tuple(sys.argv[4:]), minutes=minutes, lr=lr)
train(t, c, Path(out), resume=True)
