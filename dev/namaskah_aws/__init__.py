"""What the commands do with a deployed stage: deploy it, prove that it works, rehearse a restore.

It runs in the tools' environment, because it needs boto3 and the SAM CLI. The local stage and those on AWS go through the same
code; they differ in the environment (endpoint, credentials) and in the `Stage` that they are given.
"""
