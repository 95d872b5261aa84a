// The queue: one key confirms or rejects the statement in hand and goes on to the next.
import { send, tell } from "./sending.js";

export function startQueue(writing) {
  const list = document.querySelector("#queue");
  let last = null;
  const cards = () => [...list.querySelectorAll(".card:not(.done)")];
  const hold = (card) => {
    for (const one of list.querySelectorAll(".held")) one.classList.remove("held");
    if (!card) return;
    card.classList.add("held");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "center" });
  };

  async function submit(form) {
    const card = form.closest(".card");
    const answer = await send(form);
    tell(answer.told || answer.detail || "That did not work.", !answer.ok);
    if (!answer.ok) return;
    const rest = cards();
    const next = rest[rest.indexOf(card) + 1] ?? rest.find((one) => one !== card);
    card.classList.add("done", form.dataset.key === "c" ? "confirmed" : "rejected");
    last = { card, undo: answer.undo };
    const count = document.querySelector("#reviewed");
    if (count) count.textContent = (Number(count.dataset.n = Number(count.dataset.n) + 1)).toLocaleString("en");
    if (next) hold(next);
    else location.reload();
  }

  list.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(event.target);
  });
  list.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card");
    for (const one of list.querySelectorAll(".held")) one.classList.toggle("held", one === card);
    card?.classList.add("held");
  });

  document.addEventListener("keydown", async (event) => {
    if (writing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const rest = cards();
    const held = list.querySelector(".card.held:not(.done)") ?? rest[0];
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      hold(rest[Math.min(rest.length - 1, Math.max(0, rest.indexOf(held) + (event.key === "j" ? 1 : -1)))]);
    } else if (event.key === "u" && last) {
      event.preventDefault();
      const form = list.querySelector("form").cloneNode(true);
      form.action = `/corrections/${last.undo}/undo`;
      const answer = await send(form);
      tell(answer.told || answer.detail, !answer.ok);
      if (answer.ok) { last.card.classList.remove("done", "confirmed", "rejected"); hold(last.card); last = null; }
    } else if (held && (event.key === "c" || event.key === "r")) {
      event.preventDefault();
      submit(held.querySelector(`form[data-key="${event.key}"]`));
    } else if (held && event.key === "e") held.querySelector("a.edit").click();
  });
  hold(cards()[0]);
}
