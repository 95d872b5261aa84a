// What every page gains with JavaScript: keys, the panel beside an article, the queue. All of it also works without.
import { startAdding } from "./adding.js";
import { startPanel } from "./panel.js";
import { startQueue } from "./queue.js";
import { part } from "./sending.js";

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

const keys = document.createElement("dialog");
keys.setAttribute("aria-label", "Keys");
keys.addEventListener("click", (event) => { if (event.target === keys) keys.close(); });

async function showKeys() {
  if (keys.open) return keys.close();
  if (!keys.firstChild) {
    const page = await part("/about");
    const list = page?.querySelector("#keys");
    if (!list) return;
    list.removeAttribute("id");
    const title = document.createElement("h2");
    title.textContent = "Keys";
    const close = document.createElement("button");
    close.textContent = "Close";
    close.addEventListener("click", () => keys.close());
    keys.append(title, list, close);
    document.body.append(keys);
  }
  keys.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "?" && !writing(event.target) && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    showKeys();
  }
});

const panel = document.querySelector(".sheet[data-article], .single") && startPanel(writing);
startAdding(writing, panel);
if (document.querySelector("#queue")) startQueue(writing);
document.documentElement.dataset.live = "";
