"""The developer's commands (`make run`, `up`, `down`, `demo`, `test` ...), in plain Python without packages.

`local.py` is the entry point. Each module is one step: install tools, build, start, deploy, seed. Only `namaskah_cloud`,
which runs in the tools' environment, depends on the internals of MiniStack.
"""
