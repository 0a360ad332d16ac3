// Schemas of the document: resolves references, renders trees, and makes examples.

import { element, fold, inline } from "./dom.js";

let root = {};

/** The document that references point into. */
export function useDocument(document) {
  root = document;
}

/** What a reference points at; anything else is itself. */
export function resolve(value) {
  let found = value;
  for (let steps = 0; found && found.$ref && steps < 16; steps += 1) {
    const path = found.$ref.replace(/^#\//, "").split("/");
    const target = path.reduce((at, part) => at?.[part.replaceAll("~1", "/").replaceAll("~0", "~")], root);
    // Properties beside a reference (a description) take precedence over those of its target.
    const { $ref, ...beside } = found;
    found = target && { ...target, ...beside };
  }
  return found || {};
}

const nameOf = (schema) => schema?.$ref?.split("/").pop();

/** The kinds that a schema may be, without null, and whether null is one. */
function parts(schema) {
  const choices = schema.oneOf || schema.anyOf;
  const types = [schema.type].flat().filter(Boolean);
  if (choices) {
    const isNull = (choice) => choice.type === "null";
    return { choices: choices.filter((choice) => !isNull(choice)), nullable: choices.some(isNull) };
  }
  return { choices: null, types: types.filter((type) => type !== "null"), nullable: types.includes("null") };
}

/** A schema in a few words: `string (date-time) or null`, `list of Message`. */
export function brief(given) {
  const schema = resolve(given);
  const { choices, types, nullable } = parts(schema);
  const words = () => {
    if (choices) return choices.map(brief).join(" or ");
    if (schema.allOf) return schema.allOf.map(brief).join(" and ");
    if (types.includes("array")) return `list of ${brief(schema.items || {})}`;
    if (schema.properties) return nameOf(given) || "object";
    if (types.includes("object") && schema.additionalProperties) return `map of ${brief(schema.additionalProperties)}`;
    const kind = types.join(" or ") || "anything";
    return schema.format ? `${kind} (${schema.format})` : kind;
  };
  return nullable ? `${words()} or null` : words();
}

/** What a value must be like besides its type. */
export function bounds(given) {
  const schema = resolve(given);
  const inner = parts(schema).choices;
  if (inner?.length === 1) return bounds(inner[0]);
  if (inner && inner.every((choice) => resolve(choice).enum)) {
    return [`one of ${inner.flatMap((choice) => resolve(choice).enum).join(", ")}`];
  }
  const said = [];
  if (schema.enum) said.push(`one of ${schema.enum.join(", ")}`);
  if (schema.minimum !== undefined) said.push(`from ${schema.minimum}`);
  if (schema.maximum !== undefined) said.push(`to ${schema.maximum}`);
  if (schema.minLength) said.push(`at least ${schema.minLength} characters`);
  if (schema.maxLength !== undefined) said.push(`at most ${schema.maxLength} characters`);
  if (schema.pattern) said.push(`like ${schema.pattern}`);
  return said;
}

/** What a schema says of itself; of a choice with null, what the other choice says. */
export function description(given) {
  const schema = resolve(given);
  const [choice] = parts(schema).choices || [];
  return schema.description || (choice && resolve(choice).description) || "";
}

/** The schemas of objects inside a schema: its own, or those of its list or choices. */
function objects(given) {
  const schema = resolve(given);
  if (schema.properties) return [given];
  if (schema.items) return objects(schema.items);
  if (schema.allOf) return schema.allOf.flatMap(objects);
  return (parts(schema).choices || []).flatMap(objects);
}

/** A tree of an object's members, or a line for anything else. */
export function tree(given, seen = []) {
  const found = objects(given);
  if (found.length === 0) return element("p", { class: "schema" }, brief(given), ...said(given));
  return element("div", { class: "schema" }, ...found.map((object) => members(object, seen)));
}

function members(given, seen) {
  const schema = resolve(given);
  const name = nameOf(given);
  const path = name ? [...seen, name] : seen;
  const rows = Object.entries(schema.properties).map(([key, member]) => {
    const inside = objects(member).filter((object) => !path.includes(nameOf(object)));
    const required = (schema.required || []).includes(key);
    return element("li", {},
      element("code", { class: "name" }, key), " ",
      element("span", { class: "type" }, brief(member)), " ",
      required ? element("span", { class: "required" }, "required") : null,
      ...said(member),
      element("div", { class: "note" }, ...inline(description(member))),
      inside.length > 0 ? fold("Members", {}, ...inside.map((object) => members(object, path))) : null);
  });
  return element("ul", { class: "members" }, ...rows);
}

function said(schema) {
  return bounds(schema).flatMap((text) => [" ", element("span", { class: "bound" }, text)]);
}

/** An example of a schema: the document's own where it has one. */
export function sample(given, depth = 0) {
  const schema = resolve(given);
  if (schema.example !== undefined) return schema.example;
  if (schema.examples?.length) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  if (depth > 6) return null;
  const { choices, types } = parts(schema);
  if (choices) return choices.length > 0 ? sample(choices[0], depth + 1) : null;
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sample(part, depth + 1)));
  if (schema.properties) {
    const made = Object.entries(schema.properties).map(([key, member]) => [key, sample(member, depth + 1)]);
    return Object.fromEntries(made);
  }
  if (types.includes("array")) return [sample(schema.items || {}, depth + 1)];
  if (types.includes("object")) return {};
  if (types.includes("integer") || types.includes("number")) return schema.minimum ?? 1;
  if (types.includes("boolean")) return true;
  return types.includes("string") ? "text" : null;
}
