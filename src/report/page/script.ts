/** Filters of the HTML report. Without it the page shows everything; it reads and writes nothing but the page. */
export const SCRIPT = `
"use strict";
const find = (selector) => [...document.querySelectorAll(selector)];
const [form] = find(".filters"), [status] = find(".shown"), [none] = find("#none");
const cards = find(".finding").map((card) => ({ card, text: card.textContent.toLowerCase(), ...card.dataset }));
const search = form.elements.text, levels = find(".levels input");

function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const wanted = new Set(levels.filter((level) => level.checked).map((level) => level.value));
  const rule = form.elements.rule.value, file = form.elements.file.value;
  let shown = 0;
  for (const { card, text, standing, rule: ownRule, file: ownFile } of cards) {
    const fits = wanted.has(standing) && (!rule || rule === ownRule) && (!file || file === ownFile) &&
      words.every((word) => text.includes(word));
    card.hidden = !fits;
    if (fits) shown += 1;
  }
  for (const section of find(".findings")) section.hidden = !section.querySelector(".finding:not([hidden])");
  status.textContent = shown + " of " + cards.length + " shown";
  none.hidden = shown > 0 || cards.length === 0;
}

form.hidden = cards.length === 0;
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
for (const [id, open] of [["#open", true], ["#close", false]]) {
  find(id)[0].addEventListener("click", () => { for (const { card } of cards) if (!card.hidden) card.open = open; });
}
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "Escape" && event.target === search) { search.value = ""; filter(); }
});
addEventListener("beforeprint", () => { for (const { card } of cards) card.open = true; });

for (const box of find(".pasting")) {
  const button = document.createElement("button"), pre = box.querySelector("pre");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    getSelection().selectAllChildren(pre);
    try {
      await navigator.clipboard.writeText(pre.textContent);
      button.textContent = "Copied";
    } catch { button.textContent = "Selected"; }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  box.append(button);
}

function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.tagName === "DETAILS") { target.open = true; target.scrollIntoView(); }
}
addEventListener("hashchange", openTarget);
filter();
openTarget();
`;
