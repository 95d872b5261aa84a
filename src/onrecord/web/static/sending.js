// Forms sent without leaving the page: the answer is {told, undo}, or, where somebody else was first, {conflict, told}.
export async function send(form, submitter) {
  const data = new FormData(form, submitter);
  const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
  const kind = answer.headers.get("content-type") || "";
  if (kind.includes("json")) return { ok: answer.ok, ...(await answer.json()) };
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const said = page.querySelector(".lead, .told");
  return { ok: answer.ok, told: said ? said.textContent.trim() : `That did not work (${answer.status}).` };
}

export async function part(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return answer.ok ? page : null;
}

export function tell(words, bad = false) {
  let line = document.querySelector("#toast");
  if (!line) {
    line = document.createElement("p");
    line.id = "toast";
    line.setAttribute("role", "status");
    document.body.append(line);
  }
  line.textContent = words;
  line.className = bad ? "bad" : "good";
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => line.remove(), bad ? 12000 : 5000);
}
