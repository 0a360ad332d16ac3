// The form to try an operation: its parameters, its body, the shell command, and the answer.

import { copyable, element } from "./dom.js";
import { brief, resolve, sample } from "./schema.js";
import { curl, freshKey, urlOf } from "./request.js";

let count = 0;

/** The form of an operation. `key` gives the API key, or an empty text. */
export function tryForm({ method, path, operation, body }, key) {
  count += 1;
  const parameters = (operation.parameters || []).map(resolve);
  const fields = parameters.map((parameter, index) => field(parameter, `try-${count}-${index}`));
  const editor = body ? bodyEditor(body, `try-${count}-body`) : null;
  const line = element("pre", { tabindex: "0", "aria-label": "Shell command" });
  const answer = element("div", { class: "answer", "aria-live": "polite" });
  const button = element("button", { type: "submit", class: "send" }, "Send");

  const request = () => {
    const given = (place) => Object.fromEntries(
      fields.filter((each) => each.parameter.in === place && each.input.value !== "")
        .map((each) => [each.parameter.name, each.input.value]));
    const headers = given("header");
    if (editor) headers["Content-Type"] = "application/json";
    const text = editor ? editor.input.value : null;
    return { method, url: urlOf(path, given("path"), given("query")), headers, body: text };
  };
  const wantsKey = (operation.security || []).some((way) => Object.keys(way).length > 0);
  const needsKey = wantsKey && !operation.security.some((way) => Object.keys(way).length === 0);
  const refresh = () => {
    line.textContent = curl({ ...request(), withKey: needsKey || (wantsKey && key() !== "") });
  };

  const form = element("form", { class: "try", novalidate: true },
    ...fields.map((each) => each.row),
    editor?.row,
    copyable(line, () => line.textContent, "the line for a shell"),
    button, answer);
  form.addEventListener("input", refresh);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const missing = fields.find((each) => each.parameter.required && each.input.value === "");
    if (missing) {
      missing.input.focus();
      answer.replaceChildren(element("p", { class: "failed" }, `${missing.parameter.name} must be given.`));
      return;
    }
    button.disabled = true;
    answer.replaceChildren(element("p", {}, "Waiting for the answer …"));
    answer.replaceChildren(...await send(request(), key()));
    button.disabled = false;
  });
  refresh();
  return { form, refresh };
}

/** A labelled input for a parameter. */
function field(parameter, id) {
  const schema = resolve(parameter.schema);
  const isKey = parameter.name === "Idempotency-Key";
  const example = parameter.example ?? schema.examples?.[0] ?? "";
  const choices = choicesOf(parameter.schema);
  const input = choices
    ? element("select", { id }, element("option", { value: "" }, "any"), ...choices.map((choice) => element("option", {}, choice)))
    : element("input", { id, placeholder: parameter.required ? null : String(example || brief(parameter.schema)), spellcheck: "false", autocapitalize: "off", autocomplete: "off" });
  if (parameter.required && !choices) input.value = isKey ? freshKey() : String(example);
  const fresh = isKey ? element("button", { type: "button" }, "New") : null;
  fresh?.addEventListener("click", () => {
    input.value = freshKey();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const label = element("label", { for: id }, element("code", {}, parameter.name), parameter.required ? " (required)" : "");
  return { parameter, input, row: element("div", { class: "field" }, label, input, fresh) };
}

function choicesOf(given) {
  const schema = resolve(given);
  const inner = (schema.oneOf || schema.anyOf || [schema]).map(resolve).filter((choice) => choice.type !== "null");
  return inner.every((choice) => choice.enum) ? inner.flatMap((choice) => choice.enum) : null;
}

function bodyEditor(body, id) {
  const input = element("textarea", { id, rows: 9, spellcheck: "false", autocapitalize: "off" });
  input.value = JSON.stringify(body.example ?? sample(body.schema), null, 2);
  return { input, row: element("div", { class: "field" }, element("label", { for: id }, "Body (JSON)"), input) };
}

/** Sends a request, and shows what came back. */
async function send({ method, url, headers, body }, key) {
  const started = performance.now();
  try {
    const withKey = key ? { ...headers, "X-API-Key": key } : headers;
    const response = await fetch(url, { method, headers: withKey, body, credentials: "omit", cache: "no-store" });
    const text = await response.text();
    const took = Math.round(performance.now() - started);
    const shown = response.headers.get("content-type")?.includes("json") ? pretty(text) : text;
    const names = Array.from(response.headers, ([name, value]) => `${name}: ${value}`).join("\n");
    return [
      element("p", { class: response.ok ? "passed" : "failed" },
        element("strong", {}, `${response.status} ${response.statusText}`.trim()), ` in ${took} ms`),
      element("pre", { class: "headers", tabindex: "0", "aria-label": "Headers of the answer" }, names),
      copyable(element("pre", { tabindex: "0", "aria-label": "Body of the answer" }, shown || "(no body)"), () => shown, "the answer"),
    ];
  } catch (error) {
    return [element("p", { class: "failed" }, `There was no answer: ${error.message}`)];
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
