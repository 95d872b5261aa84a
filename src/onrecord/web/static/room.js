// What every page gains with JavaScript: keys, the panel beside an article, the queue. All of it also works without.
import { startPanel } from "./panel.js";
import { startQueue } from "./queue.js";

const writing = (element) => element instanceof Element && element.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !writing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const field = document.querySelector("#big") || document.querySelector("#find");
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  }
});

if (document.querySelector(".sheet[data-article], .single")) startPanel(writing);
if (document.querySelector("#queue")) startQueue(writing);
