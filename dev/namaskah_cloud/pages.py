"""Pages of the local cloud for people."""

import base64
import hashlib
from pathlib import Path


def read(file: Path) -> tuple[bytes, str]:
    """A page, and its Content-Security-Policy: it runs its own script, and loads nothing but images of this machine."""
    html = file.read_text()
    script = html.partition("<script>")[2].partition("</script>")[0]
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return html.encode(), "; ".join([
        "default-src 'none'",
        f"script-src 'sha256-{allowed}'",
        "style-src 'unsafe-inline'",
        "connect-src 'self'",
        "img-src data: http://127.0.0.1:* http://localhost:*",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ])  # fmt: skip
