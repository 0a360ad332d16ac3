// The request that a form describes: as a URL for the browser, and as a shell command.

/** The service's base: the page is at `{base}/api/docs`, whatever stands before it. */
export const base = new URL("..", new URL(location.pathname.replace(/\/+$/, ""), location.origin)).href.replace(/\/$/, "");

/** The URL of a path with its parts filled in and its query. */
export function urlOf(path, inPath, query) {
  const filled = path.replace(/\{(\w+)\}/g, (part, name) => (inPath[name] ? encodeURIComponent(inPath[name]) : part));
  const pairs = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
  const text = pairs.toString();
  return base + filled + (text ? `?${text}` : "");
}

/** A fresh key for a purchase. */
export function freshKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Plain http on another machine has no randomUUID.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The same request for a shell. The key is left to a variable, so that it is not copied along. */
export function curl({ method, url, headers, body, withKey }) {
  const lines = [`curl -i ${method === "GET" ? "" : `-X ${method} `}${quoted(url)}`];
  if (withKey) lines.push('-H "X-API-Key: $NAMASKAH_API_KEY"');
  for (const [name, value] of Object.entries(headers)) lines.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (body) lines.push(`-d ${quoted(body)}`);
  return lines.join(" \\\n  ");
}
