// A statement that was missed: select its words in the article, then its source and its cue, and send it.
import { part, send, tell } from "./sending.js";
import { editSpans, offsetOf } from "./spans.js";

const PAUSE = 250;

export function startAdding(writing, panel) {
  const link = document.querySelector("a#add");
  const alone = document.querySelector("form.add");
  if (alone) fill(alone);
  if (!link || !panel) return;
  const text = document.querySelector("#text");
  const offer = document.createElement("button");
  offer.type = "button";
  offer.className = "main offer";
  offer.textContent = "Add a statement";
  offer.hidden = true;
  text.after(offer);

  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed || text.classList.contains("editing")) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const start = offsetOf(text, range.startContainer, range.startOffset);
    const end = offsetOf(text, range.endContainer, range.endOffset);
    return start === null || end === null || end <= start ? null : { spans: `${start}-${end}`, box: range.getBoundingClientRect() };
  }

  async function begin() {
    const content = selected()?.spans ?? "";
    getSelection().removeAllRanges();
    offer.hidden = true;
    const page = await part(`${link.getAttribute("href")}?part=panel&content=${content}`);
    if (!page) return tell("That did not work.", true);
    panel.put(page, (place) => {
      const form = place.querySelector("form.add");
      const leave = fill(form, async (answer) => {
        tell(answer.told);
        await panel.fresh(answer.local);
      });
      const fields = [...form.querySelectorAll("input[data-role]")];
      (fields.find((one) => !one.value) ?? fields[0]).focus({ preventScroll: true });
      return leave;
    });
  }

  document.addEventListener("selectionchange", () => {
    const found = selected();
    offer.hidden = !found;
    if (!found) return;
    const around = offer.offsetParent.getBoundingClientRect();
    offer.style.left = `${Math.max(0, Math.min(found.box.left - around.left, around.width - offer.offsetWidth))}px`;
    offer.style.top = `${found.box.bottom - around.top + 6}px`;
  });
  offer.addEventListener("pointerdown", (event) => event.preventDefault());
  offer.addEventListener("click", begin);
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    begin();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "a" || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    event.preventDefault();
    begin();
  });
}

// Make the form answer as it is filled in. `done` is told what was added; without it the form is sent as any other.
function fill(form, done) {
  const text = document.querySelector("#text");
  let wait = 0;
  form.classList.add("live");
  form.dataset.asked = form.elements.q.value;

  async function look() {
    const given = new URLSearchParams(new FormData(form));
    given.delete("csrf");
    given.set("part", "panel");
    const page = await part(`${form.dataset.add}?${given}`);
    const fresh = page?.querySelector("form.add");
    if (!fresh) return;
    const place = form.contains(document.activeElement) && document.activeElement.getAttribute("name");
    const old = form.querySelector(".rest");
    const scrolled = form.dataset.asked === given.get("q") ? old.querySelector("fieldset").scrollTop : 1e6;
    form.dataset.asked = given.get("q");
    old.replaceWith(fresh.querySelector(".rest"));
    form.querySelector("fieldset").scrollTop = scrolled;
    for (const one of form.querySelectorAll("input[data-role]")) {
      const told = fresh.querySelector(`[name=${one.name}]`).parentElement.querySelector(".told-words");
      one.parentElement.querySelector(".told-words").replaceWith(told);
    }
    form.querySelector(":scope > .told")?.remove();
    const problem = fresh.querySelector(":scope > .told");
    if (problem) form.prepend(problem);
    if (place && !form.contains(document.activeElement)) {
      (form.querySelector(`[name="${place}"]:checked`) ?? form.querySelector(`[name="${place}"]`))?.focus({ preventScroll: true });
    }
  }

  form.addEventListener("change", (event) => {
    if (event.target.name === "q" || event.target.name === "why") return;
    clearTimeout(wait);
    wait = setTimeout(look, PAUSE);
  });
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.name === "step") {
      event.preventDefault();
      look();
    } else if (done) {
      event.preventDefault();
      const answer = await send(form, event.submitter);
      if (answer.ok) done(answer);
      else tell(answer.told || answer.detail || "That did not work.", true);
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.name !== "q") return;
    event.preventDefault();
    look();
  });
  return editSpans(text, form, () => clearTimeout(wait), true);
}
