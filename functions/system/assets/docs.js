// Builds the page: loads the document, lists the operations by tag, and keeps the API key for this tab.

import { element, prose } from "./dom.js";
import { operationView } from "./operation.js";
import { base } from "./request.js";
import { useDocument } from "./schema.js";

const METHODS = ["get", "post", "put", "patch", "delete"];
const REMEMBERED = "namaskah-api-key";
const forms = [];
const at = (id) => document.getElementById(id);

// --- The API key. It stays in this tab and is never in a URL or a copied command.

const input = at("key");
const key = () => input.value.trim();

function remember() {
  try {
    if (key()) sessionStorage.setItem(REMEMBERED, key());
    else sessionStorage.removeItem(REMEMBERED);
  } catch {
    // Without storage the key lives as long as the page.
  }
  forms.forEach((form) => form.refresh());
}

function show(visible) {
  input.type = visible ? "text" : "password";
  at("key-show").setAttribute("aria-pressed", String(visible));
  at("key-show").textContent = visible ? "Hide" : "Show";
}

try {
  input.value = sessionStorage.getItem(REMEMBERED) || "";
} catch {
  input.value = "";
}
input.addEventListener("input", remember);
at("key-form").addEventListener("submit", (event) => event.preventDefault());
at("key-show").addEventListener("click", () => show(input.type === "password"));
at("key-forget").addEventListener("click", () => {
  input.value = "";
  show(false);
  remember();
});

// --- The operations.

/** The document's operations by tag, in the document's order of tags. */
function byTag(description) {
  const groups = new Map((description.tags || []).map((tag) => [tag.name, { tag, operations: [] }]));
  for (const [path, item] of Object.entries(description.paths)) {
    for (const method of METHODS.filter((name) => item[name])) {
      const operation = item[method];
      const name = operation.tags?.[0] || "other";
      if (!groups.has(name)) groups.set(name, { tag: { name }, operations: [] });
      groups.get(name).operations.push({ method: method.toUpperCase(), path, operation });
    }
  }
  return [...groups.values()].filter((group) => group.operations.length > 0);
}

function build(description) {
  useDocument(description);
  at("version").textContent = `API version ${description.info.version}`;
  at("about-text").replaceChildren(...prose(description.info.description));
  at("about-text").append(element("p", {}, "This service: ", element("code", {}, base)));
  const groups = byTag(description);
  at("operations").replaceChildren(...groups.map(({ tag, operations }) =>
    element("section", { id: `tag-${tag.name}`, "aria-labelledby": `title-${tag.name}` },
      element("h2", { id: `title-${tag.name}` }, tag.name),
      ...prose(tag.description),
      ...operations.map((each) => operationView(each, key, forms)))));
  const links = groups.map(({ tag, operations }) => element("li", {},
    element("a", { href: `#tag-${tag.name}` }, tag.name),
    element("ul", {}, ...operations.map(({ method, operation }) => element("li", {},
      element("a", { href: `#${operation.operationId}` },
        element("span", { class: `method ${method.toLowerCase()}` }, method), " ", operation.summary || operation.operationId))))));
  at("links").replaceChildren(element("ul", {}, ...links, element("li", {}, element("a", { href: "#problems" }, "problems"))));
}

/** Shows what the address names: an operation is opened, and the page is where it is. */
function goToHash() {
  let target = null;
  try {
    target = at(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return;
  }
  if (!target) return;
  if (target.classList.contains("operation")) {
    target.open = true;
  }
  requestAnimationFrame(() => target.scrollIntoView());
}

const narrow = matchMedia("(max-width: 60rem)");
at("contents").open = !narrow.matches;
narrow.addEventListener("change", () => { at("contents").open = !narrow.matches; });
at("links").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  if (narrow.matches) at("contents").open = false;
  // A second click on the same link does not change the hash, but must scroll there again.
  if (link.hash === location.hash) goToHash();
});
window.addEventListener("hashchange", goToHash);

try {
  const response = await fetch(new URL("v1/openapi.json", `${base}/api/`), { credentials: "omit" });
  if (!response.ok) throw new Error(`status ${response.status}`);
  build(await response.json());
  at("loading").remove();
  goToHash();
} catch (error) {
  at("loading").textContent = `The operations could not be loaded (${error.message}). Reload the page, or read openapi.json.`;
}
