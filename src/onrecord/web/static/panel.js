// An article: hover and focus link the parts of a statement; a click or a key opens why it was read so, and correcting.
import { part, send, tell } from "./sending.js";
import { editSpans } from "./spans.js";

const quoted = (id) => `[data-s="${CSS.escape(id)}"]`;
let current = null;
let leaveSpans = null;

export function startPanel(writing) {
  const panel = document.querySelector("#panel");
  const root = document.querySelector(".sheet, .single");
  const alone = root.classList.contains("single");

  const light = (id) => {
    for (const one of document.querySelectorAll(".on")) one.classList.remove("on");
    if (id) for (const one of root.querySelectorAll(quoted(id))) one.classList.add("on");
  };
  const under = (target) => target instanceof Element && target.closest("#text [data-s], #voices li[data-s]");
  root.addEventListener("pointerover", (event) => light(under(event.target)?.dataset.s ?? current));
  root.addEventListener("pointerleave", () => light(current));
  root.addEventListener("focusin", (event) => light(under(event.target)?.dataset.s ?? current));

  const number = (id) => root.querySelector(`#text mark${quoted(id)} > a.n`);
  const close = () => {
    leaveSpans?.();
    panel.hidden = true;
    panel.replaceChildren();
    root.classList.remove("opened");
    const link = current && number(current);
    current = null;
    light(null);
    link?.focus();
  };

  async function open(id, focus = true) {
    const link = number(id) || root.querySelector(`#voices li${quoted(id)} a.why`);
    const address = link?.getAttribute("href");
    if (!address?.startsWith("/statements/")) return false;
    await fill(address, id);
    if (focus) panel.focus();
    return true;
  }

  async function fill(address, id) {
    leaveSpans?.();
    const page = await part(`${address}?part=panel`);
    if (!page) return close();
    put(page, id);
    elsewhere();
  }

  function put(page, id) {
    const bar = document.createElement("button");
    bar.className = "quiet close";
    bar.type = "button";
    bar.innerHTML = "Close <kbd>Esc</kbd>";
    bar.addEventListener("click", close);
    panel.replaceChildren(...(alone ? [] : [bar]), ...page.body.children);
    panel.hidden = false;
    panel.tabIndex = -1;
    panel.scrollTop = 0;
    panel.parentElement.scrollTop = 0;
    root.classList.add("opened");
    current = id;
    light(id);
  }

  async function carried() {
    const article = Number(root.dataset.article);
    const page = article && await part(`/articles/${article}/carriers`);
    if (!page) return;
    for (const link of page.querySelectorAll("a.many")) {
      const line = root.querySelector(`#voices li${quoted(link.dataset.of)} .small`);
      if (line && !line.querySelector("a.many")) line.append(link);
    }
  }

  async function elsewhere() {
    const place = panel.querySelector("[data-part]");
    if (!place) return;
    const page = await part(place.dataset.part);
    if (page) place.replaceChildren(...page.body.childNodes);
  }

  async function refresh() {
    const open = current;
    const one = panel.querySelector(".one[data-statement]");
    const page = await part(location.pathname + location.search);
    if (page) for (const place of ["#text", "#voices", ".head .meta"]) {
      const fresh = page.querySelector(place);
      const old = document.querySelector(place);
      if (fresh && old) old.replaceChildren(...fresh.childNodes);
    }
    carried();
    if (one) await fill(`/statements/${one.dataset.statement}`, open ?? one.dataset.s);
  }

  root.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0 || String(getSelection())) return;
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest("a");
    if (link && !link.matches("a.n, a.why, a.no, #voices a.words")) return;
    const one = link?.matches("a.why") ? link.closest("[data-s]") : under(target);
    if (!one || alone) return;
    if (!link || link.matches("a.n, a.why")) event.preventDefault();
    open(one.dataset.s, false);
  });

  panel?.addEventListener("submit", async (event) => {
    const form = event.target;
    event.preventDefault();
    if (form.matches(".add")) return;
    if (form.matches(".lookup")) {
      const words = encodeURIComponent(form.elements.q.value);
      const page = await part(`${form.getAttribute("action")}?part=list&q=${words}`);
      if (page) panel.querySelector(".found").replaceChildren(...page.body.childNodes);
      return;
    }
    const answer = await send(form, event.submitter);
    tell(answer.told || answer.detail || "That did not work.", !answer.ok);
    if (answer.ok || answer.conflict) {
      leaveSpans?.();
      await refresh();
      panel.focus();
    }
  });

  panel?.addEventListener("toggle", (event) => {
    if (!event.target.matches("details.edit")) return;
    if (event.target.open) for (const other of panel.querySelectorAll("details.edit[open]")) if (other !== event.target) other.open = false;
    const form = event.target.querySelector("form.spans");
    if (form) {
      leaveSpans?.();
      leaveSpans = event.target.open ? editSpans(document.querySelector("#text"), form, () => { leaveSpans = null; }) : null;
    }
  }, true);

  document.addEventListener("keydown", async (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      const details = panel.querySelector("details.edit[open]");
      if (details) { details.open = false; details.querySelector("summary").focus(); }
      else if (!alone && !panel.hidden) close();
      return;
    }
    if (writing(event.target)) return;
    if (event.key === "j" || event.key === "k") {
      const ids = [...root.querySelectorAll("#text a.n")].map((link) => link.parentElement.dataset.s);
      if (!ids.length || alone) return;
      const at = ids.indexOf(current ?? document.activeElement?.parentElement?.dataset?.s);
      const next = ids[Math.min(ids.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)))];
      event.preventDefault();
      root.querySelector(`#text mark${quoted(next)}`).scrollIntoView({ block: "center" });
      if (panel.hidden) { light(next); number(next)?.focus({ preventScroll: true }); }
      else await open(next, false);
      return;
    }
    const act = !panel.hidden && panel.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!act) return;
    event.preventDefault();
    if (act.matches("form")) act.requestSubmit();
    else {
      act.open = !act.open;
      if (act.open) act.querySelector("input:checked, input:not([type=hidden]), select")?.focus();
    }
  });

  const wanted = location.hash.startsWith("#s") && decodeURIComponent(location.hash.slice(2));
  if (wanted && !alone && matchMedia("(min-width: 60rem)").matches) open(wanted, false);
  if (alone) elsewhere();
  carried();
  if (alone) current = panel.querySelector(".one")?.dataset.s ?? null;

  // For what else is shown beside the text: put a part there, with what ends it; and show the article as it is now.
  return {
    put(page, ends) {
      leaveSpans?.();
      put(page, null);
      leaveSpans = ends(panel);
    },
    async fresh(id) {
      leaveSpans?.();
      await refresh();
      await open(id);
    },
  };
}
