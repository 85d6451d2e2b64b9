// Wall and lead page: looks every second or two whether something is new, and puts it in place without taking anything out of a hand.
const board = document.getElementById("board");
const state = document.getElementById("board-state");
const every = Number(board.dataset.every);
const WHOLE_MS = 15000;
const PATIENCE_MS = 8000;
let pulse = board.dataset.pulse;
let ahead = 0;
let waiting = null;
let last = Date.now();

function tell(text) {
  state.hidden = !text;
  if (state.textContent !== text) state.textContent = text;
}

// Somebody is choosing or writing: what is new waits until the field is left.
const isBusy = () => {
  const field = document.activeElement;
  return board.contains(field) && (field.tagName === "SELECT" || (field.tagName === "INPUT" && field.type === "text" && field.value !== field.defaultValue));
};

function swap(markup) {
  const fresh = document.createElement("template");
  fresh.innerHTML = markup;
  const ticked = [...board.querySelectorAll("input[type=checkbox]:checked")].map((one) => one.id);
  const folds = [...board.querySelectorAll("details[open]")].map((one) => one.id);
  const texts = [...board.querySelectorAll("input[type=text]")].filter((one) => one.id && one.value !== one.defaultValue).map((one) => [one.id, one.value]);
  const chosen = [...board.querySelectorAll("select")].map((one) => [one.id, one.value]);
  const focused = board.contains(document.activeElement) ? document.activeElement.id : "";
  const scrolled = [...board.querySelectorAll(".scroll")].map((one) => one.scrollLeft);
  board.replaceChildren(fresh.content);
  for (const id of ticked) if (document.getElementById(id)) document.getElementById(id).checked = true;
  for (const id of folds) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, value] of texts) if (document.getElementById(id)) document.getElementById(id).value = value;
  for (const [id, value] of chosen) {
    const select = document.getElementById(id);
    if (select && [...select.options].some((one) => one.value === value)) select.value = value;
  }
  board.querySelectorAll(".scroll").forEach((one, number) => (one.scrollLeft = scrolled[number] || 0));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  waiting = null;
  tick();
}
function show(markup) {
  if (!isBusy()) swap(markup);
  else {
    waiting = markup;
    tell(state.dataset.new || "");
  }
}
board.addEventListener("focusout", () => setTimeout(() => {
  if (!waiting || isBusy()) return;
  swap(waiting);
  tell("");
}, 0));

async function ask(address, wish = {}) {
  const ended = new AbortController();
  const end = setTimeout(() => ended.abort(), PATIENCE_MS);
  try {
    return await fetch(address, { credentials: "same-origin", cache: "no-store", signal: ended.signal, ...wish });
  } finally {
    clearTimeout(end);
  }
}
function address() {
  const there = new URL(board.dataset.now, location.href);
  // How many phones are there changes without a pulse: now and then everything is asked for.
  if (Date.now() - last < WHOLE_MS) there.searchParams.set("seen", pulse);
  return there;
}
async function look() {
  try {
    const answer = await ask(address());
    if (answer.status === 200 && answer.headers.has("Osnowa-Pulse")) {
      pulse = answer.headers.get("Osnowa-Pulse");
      const whole = await answer.text();
      last = answer.url.includes("seen=") ? last : Date.now();
      show(whole);
    } else if (answer.status === 403 || answer.redirected) location.reload();
    if (answer.headers.has("Osnowa-Clock")) ahead = Number(answer.headers.get("Osnowa-Clock")) - Date.now();
    if (!waiting) tell(answer.status < 500 ? "" : state.dataset.offline);
  } catch {
    tell(state.dataset.offline);
  }
  setTimeout(look, every);
}

// Minutes left, by the server's clock.
function tick() {
  for (const clock of board.querySelectorAll("[data-ends]")) {
    const left = Math.round((Number(clock.dataset.ends) * 1000 - Date.now() - ahead) / 1000);
    const far = Math.abs(left);
    clock.textContent = `${left < 0 ? "+" : ""}${Math.floor(far / 60)}:${String(far % 60).padStart(2, "0")}`;
    clock.classList.toggle("over", left < 0);
  }
}

// Deeds of who leads go without leaving the page; without scripts the same forms post.
board.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-deed]");
  if (!form) return;
  event.preventDefault();
  const body = new FormData(form);
  if (event.submitter?.name) body.set(event.submitter.name, event.submitter.value);
  const pressed = event.submitter?.id;
  try {
    const answer = await ask(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.status);
    const markup = await answer.text();
    for (const field of form.querySelectorAll("input[type=text]")) field.value = field.defaultValue;
    for (const box of board.querySelectorAll("input[type=checkbox]:checked")) if (form.id === "arrange") box.checked = false;
    const shown = form.action.match(/lead\/(\d+)\//);
    if (shown) {
      const there = new URL(board.dataset.now, location.href);
      there.searchParams.set("block", shown[1]);
      board.dataset.now = there.pathname + there.search;
    }
    swap(markup);
    if (pressed) document.getElementById(pressed)?.focus();
    tell("");
  } catch {
    delete form.dataset.sent;
    tell(state.dataset.offline);
  }
});

setInterval(tick, 500);
tick();
setTimeout(look, every);
