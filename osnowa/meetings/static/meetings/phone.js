// The phone of a voice. What is said goes into a queue on this phone, is shown at once, and leaves the queue only when the server
// says that it was taken. Sending again does no harm: every message has a key and a turn. See meetings/queries/kinds.py.
const panel = document.getElementById("panel");
const state = document.getElementById("phone-state");
const { code, now, say } = panel.dataset;
const SHELF = `osnowa-board-${code}`;
const BEGIN = Date.UTC(2026, 0, 1);
const POLL_MS = 2000;
const OFFLINE_MS = 10000;
const HERE_MS = 30000;
const PATIENCE_MS = 10000;
const PASSING_MS = 4000;
const LIFT_MS = 100;
const AT_ONCE = 25;
const NOT_WORDS = ["block", "what", "key", "csrfmiddlewaretoken"];

let pulse = panel.dataset.pulse;
let shown = plain(panel.innerHTML);
let isSending = false;
let isOffline = false;
let isOver = false;
let heardAt = 0;
let trueSince = 0;
let lifted = Promise.resolve();
let wait = POLL_MS;
let timer = 0;
let inMemory = { queue: [], refused: [], turn: 0 };

// ---- the shelf: what this phone keeps, also when it is switched off
function shelf() {
  try {
    return { queue: [], refused: [], turn: 0, ...JSON.parse(localStorage.getItem(SHELF) || "{}") };
  } catch {
    return inMemory;
  }
}
function keep(change) {
  const kept = shelf();
  change(kept);
  inMemory = kept;
  try {
    localStorage.setItem(SHELF, JSON.stringify(kept));
  } catch {
    // A phone that may not keep anything still sends.
  }
  tell();
}

// ---- saying
function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
function words(form, button) {
  const said = {};
  const fields = [...new FormData(form)];
  if (button?.name) fields.push([button.name, button.value]);
  for (const [name, value] of fields) {
    if (NOT_WORDS.includes(name) || typeof value !== "string") continue;
    if (!(name in said)) said[name] = value;
    else said[name] = [said[name], value].flat();
  }
  return said;
}
// A field that must be filled holds more than spaces; the browser says so in its own words.
function isBlank(form) {
  const empty = [...form.querySelectorAll("textarea[required], input[type=text][required]")].find((one) => !one.value.trim());
  if (empty) empty.value = "";
  return Boolean(empty && !empty.reportValidity());
}
function speak(form, button) {
  if (isBlank(form)) return;
  const field = (name) => form.elements[name]?.value ?? "";
  const message = { block: Number(field("block")), what: field("what"), key: field("key"), words: words(form, button) };
  if (!message.key || "new" in form.dataset) message.key = key();
  keep((kept) => {
    kept.turn = Math.max(kept.turn + 1, Math.floor((Date.now() - BEGIN) / 1000));
    message.turn = kept.turn;
    kept.queue = kept.queue.filter((one) => one.block !== message.block || one.key !== message.key);
    kept.queue.push(message);
  });
  if ("clear" in form.dataset) {
    form.reset();
    form.querySelector("textarea, input:not([type=hidden])")?.focus();
  }
  send();
}

// ---- sending
async function ask(address, wish = {}) {
  const ended = new AbortController();
  const end = setTimeout(() => ended.abort(), PATIENCE_MS);
  try {
    return await fetch(address, { credentials: "same-origin", redirect: "manual", cache: "no-store", signal: ended.signal, ...wish });
  } finally {
    clearTimeout(end);
  }
}
function token() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}
// Only the meeting itself says that it was cancelled: a proxy, a captive portal or a lost cookie answers otherwise, and is no answer.
const isCancelled = (answer) => answer.status === 410 && answer.headers.get("Osnowa-Meeting") === "cancelled";
const strange = (answer) => ![200, 204, 400, 403, 409, 413, 429].includes(answer.status);
async function post(messages) {
  const body = JSON.stringify({ messages: messages.map(({ block, what, key: name, turn, words: said }) => ({ block, what, key: name, turn, words: said })) });
  return ask(say, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token() }, body });
}
async function send(single = false) {
  if (isSending || isOver) return;
  const batch = shelf().queue.slice(0, single ? 1 : AT_ONCE);
  if (!batch.length) return;
  isSending = true;
  const began = performance.now();
  let more = "";
  try {
    const answer = await post(batch);
    if (isCancelled(answer)) {
      over();
      return;
    }
    if (answer.status === 200) {
      settle(batch, await answer.json());
      more = "on";
    } else if (answer.status === 400 && batch.length > 1) more = "one";
    else if (answer.status === 400 || answer.status === 413) {
      settle(batch, { taken: [], refused: [{ key: batch[0].key, why: (await answer.json()).why }] });
    } else if (answer.status === 409) location.assign(panel.dataset.join);
    else if (answer.status === 403) await look(true);
    if (strange(answer)) offline(began);
    else online();
  } catch {
    offline(began);
  } finally {
    isSending = false;
  }
  if (more) await look(more === "on" && !shelf().queue.length);
  if (more && shelf().queue.length) send(more === "one");
}
// Only what was sent leaves the queue: something newer with the same key stays.
function settle(batch, heard) {
  const sent = new Map(batch.map((one) => [`${one.block} ${one.key}`, one]));
  const refused = new Map(heard.refused.map((one) => [one.key, one.why]));
  const taken = new Set(heard.taken);
  trueSince = performance.now();
  keep((kept) => {
    kept.queue = kept.queue.filter((one) => {
      const was = sent.get(`${one.block} ${one.key}`);
      if (!was || one.turn > was.turn) return true;
      if (refused.has(one.key)) kept.refused.push({ why: refused.get(one.key), text: one.words.text || one.words.reason || "" });
      return !taken.has(one.key) && !refused.has(one.key);
    });
  });
}

// ---- looking whether something is new
// Only what the network does may say "no connection": what goes wrong while the page is drawn is no matter of the network.
// An answer to an older question, asked before the server took something or before a newer panel was asked for, is not shown;
// and nothing is redrawn under a finger, which would lose its tap.
async function look(isWhole = false) {
  if (isOver) return;
  const began = performance.now();
  let answer, markup;
  try {
    answer = await ask(isWhole ? now : `${now}?seen=${pulse}`);
    markup = answer.status === 200 ? await answer.text() : "";
  } catch {
    offline(began);
    return;
  }
  if (isCancelled(answer)) {
    over();
    return;
  }
  const heard = answer.headers.get("Osnowa-Pulse");
  if (strange(answer) || (answer.status === 200 && heard === null)) {
    offline(began);
    return;
  }
  online();
  await lifted;
  if (answer.status === 200 && began >= trueSince) {
    trueSince = began;
    pulse = heard;
    swap(markup);
  } else if (answer.status === 409) location.assign(panel.dataset.join);
}
function online() {
  wait = POLL_MS;
  heardAt = performance.now();
  if (!isOffline) return;
  isOffline = false;
  tell();
  send();
}
// A question that was asked before the newest answer came proves nothing by failing.
function offline(began) {
  if (isOver || began < heardAt) return;
  wait = Math.min(OFFLINE_MS, wait * 1.6);
  isOffline = true;
  tell();
}
// The meeting was cancelled. What was written and not taken, or half written, stays on this phone, to be read and copied.
function over(halves = drafts()) {
  const texts = [...shelf().queue.map((one) => one.words.text || one.words.reason), ...halves.values()].filter((text) => text?.trim());
  isOver = true;
  isOffline = false;
  clearTimeout(timer);
  const title = document.createElement("h2");
  title.className = "phone-title";
  title.textContent = state.dataset.over;
  panel.replaceChildren(title);
  keep((kept) => {
    kept.queue = [];
    kept.refused.push(...texts.map((text) => ({ why: state.dataset.late, text })));
  });
}
async function round() {
  clearTimeout(timer);
  try {
    if (shelf().queue.length) await send();
    await look();
  } finally {
    again();
  }
}
function again() {
  clearTimeout(timer);
  if (!isOver) timer = setTimeout(round, (document.hidden ? OFFLINE_MS : wait) * (0.9 + Math.random() * 0.2));
}

// ---- the panel
function plain(markup) {
  return markup.replace(/<input type="hidden" name="csrfmiddlewaretoken"[^>]*>/g, "");
}
const name = (form) => ["what", "key"].map((one) => form.elements[one]?.value).join(" ");
const own = (form) => ("new" in form.dataset ? `new ${form.elements.block?.value}` : name(form));
function drafts() {
  const found = new Map();
  for (const form of panel.querySelectorAll("form[data-say]"))
    for (const field of form.querySelectorAll("textarea, input[type=text]")) if (field.value !== field.defaultValue) found.set(`${own(form)} ${field.name}`, field.value);
  return found;
}
function swap(markup) {
  const fresh = document.createElement("template");
  fresh.innerHTML = markup;
  const same = plain(fresh.innerHTML);
  if (same === shown) {
    for (const field of panel.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = fresh.content.querySelector("input[name=csrfmiddlewaretoken]").value;
    return;
  }
  const written = drafts();
  const focused = panel.contains(document.activeElement) ? document.activeElement : null;
  // Radio buttons and numbers have no place of a caret, and throw when they are given one.
  const place = typeof focused?.selectionStart === "number" ? [focused.selectionStart, focused.selectionEnd] : null;
  const folds = [...panel.querySelectorAll("details[open]")].map((one) => one.id);
  const before = panel.querySelector("h2")?.textContent;
  panel.replaceChildren(fresh.content);
  shown = same;
  fill(written);
  rescue(written);
  for (const id of folds) unfold(document.getElementById(id));
  overlay();
  if (focused) {
    const back = focused.id ? document.getElementById(focused.id) : null;
    (back || panel).focus({ preventScroll: Boolean(back) });
    if (back && place && typeof back.selectionStart === "number") back.setSelectionRange(...place);
  }
  const title = panel.querySelector("h2")?.textContent;
  if (title && title !== before) passing(`${state.dataset.new} ${title}`);
}
// The part was closed under somebody's fingers: what was half written stays on this phone, to be read and copied.
function rescue(written) {
  const forms = new Set([...panel.querySelectorAll("form[data-say]")].map(own));
  const lost = [...written].filter(([place, text]) => text.trim() && ![...forms].some((form) => place.startsWith(`${form} `)));
  if (lost.length) keep((kept) => kept.refused.push(...lost.map(([, text]) => ({ why: state.dataset.closed, text }))));
}
// What is still in the queue stands over what the server knows.
function overlay() {
  for (const message of shelf().queue) {
    for (const form of panel.querySelectorAll("form[data-say]")) {
      if ("new" in form.dataset || form.elements.key?.value !== message.key || Number(form.elements.block?.value) !== message.block) continue;
      for (const [field, value] of Object.entries(message.words)) {
        for (const input of form.querySelectorAll(`[name="${CSS.escape(field)}"]:not([type=hidden])`)) {
          if (input.type === "radio" || input.type === "checkbox") input.checked = [value].flat().includes(input.value);
          else if ("value" in input && input.tagName !== "BUTTON") input.value = value;
        }
      }
    }
  }
  for (const box of panel.querySelectorAll("[data-allowance]")) recount(box);
}
const given = (box) => [...box.querySelectorAll("input[type=number][name=value]")].reduce((sum, one) => sum + Number(one.value || 0), 0);
function recount(box) {
  const left = Number(box.dataset.allowance) - given(box);
  for (const output of box.querySelectorAll("[data-left]")) output.textContent = Math.max(0, left);
}

// ---- telling what is kept, and what was refused
function announce(text) {
  state.hidden = false;
  if (state.textContent !== text) state.textContent = text;
}
// Good news goes by itself, so that it covers no button.
let passed = 0;
function passing(text) {
  announce(text);
  clearTimeout(passed);
  passed = setTimeout(() => state.textContent === text && (state.hidden = true), PASSING_MS);
}
let hasKept = false;
function tell() {
  const { queue, refused } = shelf();
  state.classList.toggle("offline", isOffline);
  if (isOver) announce(state.dataset.over);
  else if (isOffline) announce(queue.length ? `${state.dataset.offline} (${queue.length})` : state.dataset.offline);
  else if (queue.length) announce(`${state.dataset.kept} ${queue.length}`);
  else if (hasKept) passing(state.dataset.sent);
  else if (state.textContent.startsWith(state.dataset.offline) || state.textContent.startsWith(state.dataset.kept)) state.hidden = true;
  hasKept = queue.length > 0;
  list("kept", queue.filter((one) => one.words.text), (one) => {
    const line = document.createElement("li");
    line.className = "own-card kept";
    line.textContent = one.words.text;
    return line;
  });
  list("refused", refused, (one, number) => {
    const line = document.querySelector("#refused template").content.cloneNode(true);
    line.querySelector(".why").textContent = one.why;
    line.querySelector(".what").textContent = one.text;
    line.querySelector(".copy").hidden = !one.text;
    line.querySelector(".copy").addEventListener("click", () => copy(one.text));
    line.querySelector(".away").addEventListener("click", () => keep((kept) => kept.refused.splice(number, 1)));
    return line;
  });
}
function list(id, rows, line) {
  const section = document.getElementById(id);
  section.hidden = !rows.length;
  section.querySelector("ul").replaceChildren(...rows.map(line));
}
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    passing(state.dataset.copied);
  } catch {
    getSelection().selectAllChildren(document.querySelector("#refused .what"));
  }
}

// ---- hands
panel.addEventListener("pointerdown", () => {
  lifted = new Promise((lift) => {
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(lift, LIFT_MS), { once: true });
  });
});
panel.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-say]");
  if (!form) return;
  event.preventDefault();
  speak(form, event.submitter);
});
panel.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.dataset.on !== "change") return;
  const box = form.closest("[data-allowance]");
  if (box && event.target.type === "number") fit(box, event.target);
  if (box) recount(box);
  speak(form);
});
// One fold of a name is open at a time, also in browsers that do not know this by themselves.
function unfold(one) {
  if (!one) return;
  if (one.getAttribute("name")) for (const other of panel.querySelectorAll(`details[name="${CSS.escape(one.getAttribute("name"))}"][open]`)) other.open = other === one;
  one.open = true;
}
// A button with data-opens leads to another fold; with no name it closes its own, so that all of them are seen.
function leaf(button) {
  const own = button.closest("details");
  const to = document.getElementById(button.dataset.opens);
  if (to) unfold(to);
  else own.open = false;
  (to || own).querySelector("summary").focus({ preventScroll: true });
  scrollTo(0, Math.max(0, scrollY + panel.getBoundingClientRect().top));
}
panel.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) leaf(opener);
  const button = event.target.closest("[data-step]");
  if (!button) return;
  const input = button.form.querySelector("input[type=number]");
  const box = button.closest("[data-allowance]");
  const wanted = Number(input.value || 0) + Number(button.dataset.step);
  if (wanted < Number(input.min) || wanted > Number(input.max)) return;
  input.value = wanted;
  if (box && !fit(box, input)) return;
  if (box) recount(box);
  speak(button.form);
});
// A number that would give more than is left becomes what is left.
function fit(box, input) {
  const over = given(box) - Number(box.dataset.allowance);
  if (over <= 0) return true;
  input.value = Math.max(0, Number(input.value) - over);
  passing(state.dataset.none);
  return false;
}

// What is half written stays when the page is opened anew, in another language or with larger letters.
addEventListener("pagehide", () => {
  try {
    sessionStorage.setItem(SHELF, JSON.stringify([...drafts()]));
  } catch {
    // Then it is written again.
  }
});
function fill(written) {
  for (const form of panel.querySelectorAll("form[data-say]"))
    for (const field of form.querySelectorAll("textarea, input[type=text]")) {
      const draft = written.get(`${own(form)} ${field.name}`);
      if (draft !== undefined) field.value = draft;
    }
}
let halves = new Map();
try {
  halves = new Map(JSON.parse(sessionStorage.getItem(SHELF) || "[]"));
} catch {
  // Nothing was half written.
}

document.documentElement.classList.add("has-script");
if ("cancelled" in panel.dataset) over(halves);
else fill(halves);
addEventListener("online", () => isOver || round());
addEventListener("storage", (event) => event.key === SHELF && tell());
document.addEventListener("visibilitychange", () => document.hidden || isOver || round());
setInterval(async () => {
  if (document.hidden || isOffline || isSending || isOver) return;
  const began = performance.now();
  try {
    await post([]);
  } catch {
    offline(began);
  }
}, HERE_MS);
overlay();
tell();
if (!isOver) round();
