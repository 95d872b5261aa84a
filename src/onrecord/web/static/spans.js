// Borders of a statement drawn in the text, to drag or to move with the arrow keys. Offsets count code points.
const WORD = /[\p{L}\p{N}\p{M}'’-]+|[^\s]/gu;

function* textNodes(paragraph) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("a.n, .handle") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  while (walker.nextNode()) yield walker.currentNode;
}

const points = (text) => [...text].length;

// Where a place in the page is in the text.
export function offsetOf(root, node, at) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("p[data-start]");
  if (!paragraph || !root.contains(paragraph)) return null;
  let offset = Number(paragraph.dataset.start);
  const range = document.createRange();
  range.setStart(node, at);
  for (const text of textNodes(paragraph)) {
    if (text === node) return offset + points(text.data.slice(0, at));
    if (range.comparePoint(text, 0) >= 0) return offset;
    offset += points(text.data);
  }
  return offset;
}

// Where a place in the text is in the page; `end` prefers the end of a piece to the start of the next.
function placeOf(root, offset, end) {
  let last = null;
  for (const paragraph of root.querySelectorAll("p[data-start]")) {
    let at = Number(paragraph.dataset.start);
    if (at > offset) break;
    for (const text of textNodes(paragraph)) {
      const length = points(text.data);
      if (offset < at + length || (end && offset === at + length)) {
        return { node: text, at: [...text.data].slice(0, offset - at).join("").length };
      }
      at += length;
      last = { node: text, at: text.data.length };
    }
  }
  return last;
}

function rangeOf(root, [start, end]) {
  const range = document.createRange();
  const from = placeOf(root, start, false);
  const to = placeOf(root, end, true);
  if (!from || !to) return null;
  range.setStart(from.node, from.at);
  range.setEnd(to.node, to.at);
  return range;
}

function pointed(x, y) {
  if (document.caretPositionFromPoint) {
    const place = document.caretPositionFromPoint(x, y);
    return place && { node: place.offsetNode, at: place.offset };
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range && { node: range.startContainer, at: range.startOffset };
}

const parse = (words) => [...words.matchAll(/(\d+)-(\d+)/g)].map((m) => [Number(m[1]), Number(m[2])]);
const write = (spans) => spans.map(([start, end]) => `${start}-${end}`).join(" ");

// Begin editing; returns what ends it. With `filling`, words are taken as they are selected, for one field after the other.
export function editSpans(root, form, done, filling = false) {
  const fields = [...form.querySelectorAll("input[data-role]")];
  let field = fields.find((one) => one.dataset.role === "content");
  let handles = [];
  const text = [...root.querySelectorAll("p[data-start]")].flatMap((p) => {
    const whole = [...textNodes(p)].map((node) => node.data).join("");
    return [{ start: Number(p.dataset.start), signs: [...whole], whole }];
  });

  const borders = () => {
    const found = new Set();
    for (const one of text) for (const m of one.whole.matchAll(WORD)) {
      const start = one.start + points(one.whole.slice(0, m.index));
      found.add(start).add(start + points(m[0]));
    }
    return [...found].sort((a, b) => a - b);
  };
  const all = borders();
  const nearest = (offset) => all.reduce((best, one) => (Math.abs(one - offset) < Math.abs(best - offset) ? one : best), all[0] ?? 0);
  const words = ([start, end]) => text.map((one) => one.signs.slice(Math.max(0, start - one.start), Math.max(0, end - one.start)).join("")).filter(Boolean).join(" ");

  function move(index, edge, offset) {
    const spans = parse(field.value);
    const span = spans[index];
    if (!span) return;
    const low = edge === 0 ? (spans[index - 1]?.[1] ?? 0) : span[0] + 1;
    const high = edge === 0 ? span[1] - 1 : (spans[index + 1]?.[0] ?? Infinity);
    span[edge] = Math.min(high, Math.max(low, offset));
    field.value = write(spans);
    draw();
  }

  function draw() {
    const spans = parse(field.value);
    const ranges = spans.map((span) => rangeOf(root, span)).filter(Boolean);
    if (globalThis.Highlight) CSS.highlights.set("edited", new Highlight(...ranges));
    if (globalThis.Highlight && filling) {
      const others = fields.filter((one) => one !== field).flatMap((one) => parse(one.value));
      CSS.highlights.set("filled", new Highlight(...others.map((span) => rangeOf(root, span)).filter(Boolean)));
    }
    const told = field.parentElement.querySelector(".told-words");
    if (told && (spans.length || !field.value)) told.textContent = spans.map(words).join(" … ") || "nothing";
    const box = root.getBoundingClientRect();
    spans.forEach((span, index) => [0, 1].forEach((edge) => {
      const handle = handles[index * 2 + edge] ?? make(index, edge);
      const rects = ranges[index]?.getClientRects() ?? [];
      const rect = edge === 0 ? rects[0] : rects[rects.length - 1];
      if (!rect) return;
      handle.style.left = `${(edge === 0 ? rect.left : rect.right) - box.left}px`;
      handle.style.top = `${rect.top - box.top}px`;
      handle.style.height = `${rect.height}px`;
      handle.setAttribute("aria-valuenow", String(span[edge]));
      handle.setAttribute("aria-valuetext", words(span).slice(0, 80));
    }));
    while (handles.length > spans.length * 2) handles.pop().remove();
  }

  function make(index, edge) {
    const handle = document.createElement("span");
    handle.className = `handle ${edge ? "end" : "start"}`;
    handle.tabIndex = 0;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-label", `${edge ? "end" : "start"} of ${field.dataset.role}, piece ${index + 1}`);
    handle.setAttribute("aria-valuemin", "0");
    handle.setAttribute("aria-valuemax", String(all[all.length - 1] ?? 0));
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      handle.classList.add("held");
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const place = pointed(event.clientX, event.clientY);
      const offset = place && offsetOf(root, place.node, place.at);
      if (offset !== null && offset !== undefined) move(index, edge, event.altKey ? offset : nearest(offset));
    });
    handle.addEventListener("pointerup", (event) => {
      event.stopPropagation();
      handle.classList.remove("held");
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const at = parse(field.value)[index][edge];
      const next = step > 0 ? all.find((one) => one > at) : all.findLast((one) => one < at);
      move(index, edge, event.shiftKey ? at + step : next ?? at);
    });
    root.append(handle);
    handles.push(handle);
    return handle;
  }

  const choose = (event) => {
    if (!event.target.matches("input[data-role]") || (filling && event.target === field && handles.length)) return;
    field = event.target;
    for (const handle of handles.splice(0)) handle.remove();
    for (const one of fields) one.parentElement.classList.toggle("chosen", one === field);
    draw();
  };
  const take = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const start = offsetOf(root, range.startContainer, range.startOffset);
    const end = offsetOf(root, range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) return;
    field.value = `${start}-${end}`;
    selection.removeAllRanges();
    draw();
    field.dispatchEvent(new Event("change", { bubbles: true }));
    const next = filling && fields.find((one) => !one.value);
    if (next) choose({ target: next });
  };
  const use = document.createElement("button");
  use.type = "button";
  use.textContent = "Take what is selected in the text";
  use.addEventListener("pointerdown", (event) => event.preventDefault());
  use.addEventListener("click", take);
  if (filling) root.addEventListener("pointerup", take);
  else form.querySelector("button.main").after(use);
  form.addEventListener("focusin", choose);
  form.addEventListener("input", draw);
  addEventListener("resize", draw);
  root.classList.add("editing");
  choose({ target: (filling && fields.find((one) => !one.value)) || field });

  return () => {
    for (const handle of handles) handle.remove();
    globalThis.CSS?.highlights?.delete("edited");
    globalThis.CSS?.highlights?.delete("filled");
    form.removeEventListener("focusin", choose);
    form.removeEventListener("input", draw);
    root.removeEventListener("pointerup", take);
    removeEventListener("resize", draw);
    root.classList.remove("editing");
    use.remove();
    done();
  };
}
