// Sheets by keyboard: a digit fills a field of one digit and moves on; Enter saves. Who types fast never waits: the next sheet begins at
// once, and what was typed is sent in its order, again if need be. Without this script Tab moves on and Enter posts the form.
const form = document.querySelector("[data-sheet]");
const state = document.querySelector("[data-sheets]");
const refused = document.querySelector("[data-refused]");
const fields = form ? [...form.querySelectorAll("input:not([type=hidden]), textarea")] : [];
const RETRY_MS = 3000;
const waiting = [];
let isSending = false;

form?.addEventListener("input", (event) => {
  const field = event.target;
  if (field.maxLength !== 1 || field.value.length !== 1) return;
  if (!/[0-9-]/.test(field.value) || Number(field.value) > Number(field.dataset.most ?? 9)) field.value = "";
  else (fields[fields.indexOf(field) + 1] ?? form.querySelector("button")).focus();
});
// What stands in a field is written over, not added to.
form?.addEventListener("focusin", (event) => event.target.select?.());
// Backspace in an empty field goes back.
form?.addEventListener("keydown", (event) => {
  if (event.key !== "Backspace" || event.target.value) return;
  const before = fields[fields.indexOf(event.target) - 1];
  if (before) {
    event.preventDefault();
    before.focus();
  }
});
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  waiting.push(new FormData(form));
  for (const field of fields) field.value = "";
  fields[0].focus();
  send();
});

async function send() {
  if (isSending || !waiting.length) return;
  isSending = true;
  let isTaken = false;
  try {
    const answer = await fetch(location.href, { method: "POST", body: waiting[0], headers: { Accept: "application/json" }, credentials: "same-origin" });
    const told = await answer.json();
    isTaken = true;
    const sheet = waiting.shift();
    if (answer.ok) state.textContent = told.said;
    else refuse(sheet, told.wrong);
  } catch {
    state.textContent = state.dataset.kept;
    setTimeout(send, RETRY_MS);
  } finally {
    isSending = false;
  }
  if (isTaken) send();
}
// A refused sheet is shown with what was typed, to be typed again.
function refuse(sheet, why) {
  const line = document.createElement("li");
  line.textContent = `${why} (${fields.map((field) => sheet.get(field.name) || "–").join(" ")})`;
  refused.querySelector("ul").append(line);
  refused.hidden = false;
}
addEventListener("beforeunload", (event) => waiting.length && event.preventDefault());
