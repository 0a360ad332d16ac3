// Elements, and the small markup of descriptions. Strings are inserted as text, never as HTML, so that nothing in the
// document or in an answer can become markup of the page.

/** An element with attributes and children; texts become text nodes, `null` is left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** Paragraphs with `code` and **strong** parts. */
export function prose(text) {
  return (text || "").split(/\n{2,}/).filter(Boolean).map((part) => element("p", {}, ...inline(part)));
}

/** A line with `code` and **strong** parts. */
export function inline(text) {
  return (text || "").split(/(`[^`]+`|\*\*[^*]+\*\*)/).filter(Boolean).map((part) => {
    if (part.length > 2 && part.startsWith("`") && part.endsWith("`")) return element("code", {}, part.slice(1, -1));
    if (part.length > 4 && part.startsWith("**")) return element("strong", {}, part.slice(2, -2));
    return document.createTextNode(part);
  });
}

/** A part that opens and closes. */
export function fold(summary, attributes, ...children) {
  return element("details", attributes, element("summary", {}, ...[summary].flat()), ...children);
}

/** A block of text with a button that copies it. `text` may be a function, called when copying. */
export function copyable(block, text, what) {
  const button = element("button", { type: "button", class: "copy", "aria-label": `Copy ${what}` }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select and copy by hand";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  return element("div", { class: "copyable" }, block, button);
}
