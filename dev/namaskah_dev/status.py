"""`make status`: what runs, and the addresses and commands of a complete instance."""

from . import outputs, services
from .console import paint, say
from .settings import Instance, developers_instance, shown


def status(_arguments: list[str]) -> None:
    """Show what runs, and its addresses."""
    show(developers_instance())


def show(instance: Instance) -> None:
    """Show the processes. Addresses follow only if both run, because the API needs both."""
    processes = services.cloud(instance), services.simulators(instance)
    pids = [process.pid() for process in processes]
    for process, pid in zip(processes, pids, strict=True):
        say(f"{process.name:11} {f'runs, pid {pid}' if pid else 'stopped'}   log: {shown(process.log)}")
    if all(pids) and not instance.outputs.exists():
        say("\nNothing is deployed yet: make up does so.")
    elif all(pids):
        tell(instance, "")
    elif any(pids):
        say("\nThe API does not work without both: make up starts them again, make down stops the rest.")


def tell(instance: Instance, hint: str) -> None:
    """Print addresses, key and commands to copy."""
    known = outputs.read(instance)
    url, key = known["api_url"], known["demo"]["api_key"]
    say()
    say(f"  {paint('API', 'bold')}    {url}   ({url}/api/docs describes it)")
    say(f"  {paint('Mail', 'bold')}   {instance.mailbox_page}   (every message that was sent)")
    say(f"  {paint('Google', 'bold')} {instance.sign_in_page}   (sign in at a local identity provider)")
    say(f"  {paint('Key', 'bold')}    {key}")
    say(f"  {paint('Set', 'bold')}    export API={url} KEY={key}")
    say(f"  {paint('Buy', 'bold')}    curl -X POST $API/api/v1/verifications -H \"X-API-Key: $KEY\" -H \"Idempotency-Key: $(date +%s%N)\" "
        "-H 'Content-Type: application/json' -d '{\"service_name\": \"whatsapp\", \"country_code\": \"GH\"}'")  # fmt: skip
    say(f"  {paint('Wait', 'bold')}   curl \"$API/api/v1/verifications/vrf_…?wait=25\" -H \"X-API-Key: $KEY\"")
    if hint:
        say(f"\n  {paint(hint, 'dim')}")
