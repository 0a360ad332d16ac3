// One operation: who may call it, its parameters and body, its answers, and the form to try it.

import { element, fold, inline, prose } from "./dom.js";
import { bounds, brief, resolve, sample, tree } from "./schema.js";
import { tryForm } from "./try.js";

/** An operation's part of the page. `key` gives the API key; the form is made when it is first seen. */
export function operationView({ method, path, operation }, key, forms) {
  const body = bodyOf(operation);
  const heading = element("h3", {},
    element("span", { class: `method ${method.toLowerCase()}` }, method), " ",
    element("code", { class: "path" }, ...pathParts(path)), " ",
    element("span", { class: "summary" }, operation.summary || ""));
  const view = fold(heading, { id: operation.operationId, class: "operation" });
  const fill = () => {
    if (view.childElementCount > 1) return;
    const trial = tryForm({ method, path, operation, body }, key);
    forms.push(trial);
    const parts = [
      ...prose(operation.description),
      access(operation),
      parameters(operation),
      body ? part("Body", tree(body.schema)) : null,
      part("Answers", ...Object.entries(operation.responses || {}).map(([status, answer]) => response(status, resolve(answer)))),
      part("Try it", trial.form),
    ];
    view.append(element("div", { class: "inside" }, ...parts.filter(Boolean)));
  };
  view.addEventListener("toggle", () => view.open && fill());
  return view;
}

function part(title, ...children) {
  return element("section", {}, element("h4", {}, title), ...children);
}

/** A path that may break after each slash. */
function pathParts(path) {
  return path.split(/(?<=\/)/).flatMap((piece) => [element("wbr"), piece]);
}

/** The JSON body that an operation takes. */
function bodyOf(operation) {
  const content = resolve(operation.requestBody).content?.["application/json"];
  return content ? { schema: content.schema, example: content.example } : null;
}

function access(operation) {
  const ways = operation.security || [];
  const scopes = [...new Set(ways.flatMap((way) => Object.values(way).flat()))];
  const words = () => {
    if (ways.length === 0) return ["Needs no key."];
    if (ways.some((way) => Object.keys(way).length === 0)) return ["Needs no key; with one, you see your own prices."];
    if (scopes.length === 0) return ["Needs a key."];
    return ["Needs a key with the scope ", element("code", {}, scopes.join(", ")), "."];
  };
  return element("p", { class: "access" }, ...words());
}

function parameters(operation) {
  const all = (operation.parameters || []).map(resolve);
  if (all.length === 0) return null;
  const rows = all.map((parameter) => element("li", {},
    element("code", { class: "name" }, parameter.name), " ",
    element("span", { class: "type" }, `${brief(parameter.schema)}, in the ${parameter.in}`), " ",
    parameter.required ? element("span", { class: "required" }, "required") : null,
    ...bounds(parameter.schema).flatMap((text) => [" ", element("span", { class: "bound" }, text)]),
    element("div", { class: "note" }, ...inline(parameter.description || resolve(parameter.schema).description))));
  return part("Parameters", element("ul", { class: "members" }, ...rows));
}

/** An answer: what it means, its headers, its schema and an example. */
function response(status, answer) {
  const [type, content] = Object.entries(answer.content || {})[0] || [];
  const problems = type === "application/problem+json";
  const summary = element("span", {},
    element("code", { class: `status s${status[0]}` }, status), " ",
    ...(problems ? Object.keys(content.examples || {}).flatMap((code, index) => [index > 0 ? ", " : "", code]) : inline(answer.description)));
  const headers = Object.keys(answer.headers || {});
  return fold(summary, { class: "response" },
    problems ? problemList(content) : null,
    headers.length > 0 ? element("p", { class: "note" }, "Headers: ", ...headers.flatMap((name, index) => [index > 0 ? ", " : "", headerName(name, answer.headers[name])])) : null,
    content?.schema && !problems ? tree(content.schema) : null,
    content ? example(type, content) : null);
}

function headerName(name, header) {
  return element("code", { title: resolve(header).description || null }, name);
}

/** The problems of a status, each with a link to what it means. */
function problemList(content) {
  return element("ul", {}, ...Object.entries(content.examples || {}).map(([code, given]) => {
    const known = resolve(given);
    return element("li", {}, element("a", { href: `#problem-${code}` }, element("code", {}, code)), ` ${known.summary}. `, ...inline(known.description));
  }));
}

function example(type, content) {
  const first = Object.values(content.examples || {})[0];
  const value = content.example ?? resolve(first).value ?? sample(content.schema);
  const text = typeof value === "string" && !type.includes("json") ? value : JSON.stringify(value, null, 2);
  return fold("Example", {}, element("pre", { tabindex: "0", "aria-label": "Example" }, text));
}
