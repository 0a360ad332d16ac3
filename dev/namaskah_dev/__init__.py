"""The developer's commands (`make run`, `up`, `down`, `demo`, `test` ...), in plain Python without packages.

`local.py` is the entry point. Each module is one step that a person would do by hand: install tools, build, start, deploy,
seed. The internals of MiniStack are known only to `namaskah_cloud`, which runs in the tools' environment.
"""
