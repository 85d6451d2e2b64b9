// The map moves under the hand at once; what belongs to the new window is fetched a moment later. Every step is also a link.
const map = document.getElementById("map");
const form = document.getElementById("map-form");
const status = document.getElementById("map-status");
const address = location.pathname;
const STEP = 0.5;
const FARTHEST = 2;
const NEAREST = 18;
const SETTLE_MS = 220;
const DRAG_PX = 4;
const TOLD_MS = 1600;

let asked = 0;
let timer = 0;
let shift = { x: 0, y: 0, scale: 1 };
const hands = new Map();
let dragged = false;

const canvas = () => document.getElementById("map-canvas");
const world = () => document.getElementById("map-world");

// Pixels of the picture for a pixel of the screen: the picture fills its box and may be cut at two sides.
const ratio = () => {
  const box = canvas().getBoundingClientRect();
  return 1 / Math.max(box.width / canvas().dataset.width, box.height / canvas().dataset.height);
};
const spot = (event) => {
  const box = canvas().getBoundingClientRect();
  const { width, height } = canvas().dataset;
  return {
    x: width / 2 + (event.clientX - box.left - box.width / 2) * ratio(),
    y: height / 2 + (event.clientY - box.top - box.height / 2) * ratio(),
  };
};

const across = (lon) => (lon + 180) / 360;
const down = (lat) => (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
const latOf = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

// The size of the box on the screen, in steps, so that the picture fits it.
const size = () => {
  const box = canvas().getBoundingClientRect();
  const round = (pixels) => Math.max(240, Math.round(pixels / 20) * 20);
  return `${Math.min(1600, round(box.width))}x${Math.min(1200, round(box.height))}`;
};

const move = () => world().setAttribute("transform", `translate(${shift.x} ${shift.y}) scale(${shift.scale})`);

// The window that the moved picture shows.
const moved = () => {
  const { zoom, at, width, height } = canvas().dataset;
  const [lat, lon] = at.split(",").map(Number);
  const near = Math.min(NEAREST, Math.max(FARTHEST, Math.round((Number(zoom) + Math.log2(shift.scale)) / STEP) * STEP));
  const side = 256 * 2 ** Number(zoom);
  const x = across(lon) + ((width / 2 - shift.x) / shift.scale - width / 2) / side;
  const y = down(lat) + ((height / 2 - shift.y) / shift.scale - height / 2) / side;
  const there = (value) => Math.min(1, Math.max(0, value));
  return { z: near, at: `${latOf(there(y)).toFixed(5)},${(there(x) * 360 - 180).toFixed(5)}` };
};

const settle = () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const words = new URLSearchParams(canvas().dataset.query);
    const { z, at } = moved();
    words.set("z", z);
    words.set("at", at);
    show(words);
  }, SETTLE_MS);
};

// Fetches a window and puts it in place of the one there is; only the newest that was asked for is shown.
async function show(words, keep = true) {
  const own = (asked += 1);
  const query = new URLSearchParams(words);
  query.set("size", size());
  canvas().setAttribute("aria-busy", "true");
  let text;
  try {
    const answer = await fetch(`${address}?${query}`, { headers: { "HX-Request": "true" }, cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    text = await answer.text();
  } catch {
    if (own === asked) location.assign(`${address}?${words}`);
    return;
  }
  if (own !== asked) return;
  const focused = map.contains(document.activeElement) ? document.activeElement.id || "map-canvas" : "";
  const open = [...map.querySelectorAll("details[open]")].map((one) => one.id);
  map.innerHTML = text;
  for (const id of open) if (id) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  shift = { x: 0, y: 0, scale: 1 };
  ready();
  status.textContent = document.getElementById("map-said").textContent;
  const now = new URLSearchParams(canvas().dataset.query);
  if (keep) history.replaceState(null, "", `${address}?${now}`);
  for (const name of ["z", "at"]) if (form?.elements[name]) form.elements[name].value = now.get(name);
  const list = document.getElementById("here");
  if (list && words.has("here")) list.focus();
  toList(now);
}

// The link to the list keeps the filters of the map.
const VIEW_WORDS = ["z", "at", "show", "level", "circles", "order", "size", "here"];
const toList = (now) => {
  const link = document.getElementById("as-list");
  if (!link) return;
  const words = new URLSearchParams(now);
  for (const name of VIEW_WORDS) words.delete(name);
  link.search = words.toString();
};

const ready = () => canvas().classList.add("is-live");

const zoomAbout = (point, factor) => {
  const { zoom } = canvas().dataset;
  const scale = Math.min(2 ** (NEAREST - zoom), Math.max(2 ** (FARTHEST - zoom), shift.scale * factor));
  const by = scale / shift.scale;
  shift = { scale, x: point.x - (point.x - shift.x) * by, y: point.y - (point.y - shift.y) * by };
  move();
};

// Says for a moment how the map is moved: the page scrolls past it under a wheel or one finger.
let telling = 0;
const tell = () => {
  const hint = document.getElementById("map-hint");
  hint.classList.add("is-told");
  clearTimeout(telling);
  telling = setTimeout(() => hint.classList.remove("is-told"), TOLD_MS);
};

map.addEventListener("pointerdown", (event) => {
  if (!event.target.closest("#map-canvas") || (event.pointerType === "mouse" && event.button)) return;
  hands.set(event.pointerId, spot(event));
  dragged = hands.size > 1;
  clearTimeout(timer);
});
addEventListener("pointermove", (event) => {
  const before = hands.get(event.pointerId);
  if (!before) return;
  const now = spot(event);
  if (event.pointerType === "touch" && hands.size < 2) return;
  if (!dragged && Math.hypot(now.x - before.x, now.y - before.y) < DRAG_PX) return;
  if (!dragged) canvas().classList.add("is-held");
  dragged = true;
  if (hands.size === 2) {
    const other = [...hands].find(([id]) => id !== event.pointerId)[1];
    const apart = (one) => Math.hypot(one.x - other.x, one.y - other.y) || 1;
    zoomAbout({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }, apart(now) / apart(before));
  }
  const share = hands.size === 2 ? 0.5 : 1;
  shift = { ...shift, x: shift.x + (now.x - before.x) * share, y: shift.y + (now.y - before.y) * share };
  hands.set(event.pointerId, now);
  move();
});
const letGo = (event) => {
  if (!hands.delete(event.pointerId)) return;
  canvas().classList.remove("is-held");
  if (dragged && !hands.size) settle();
};
// Two fingers are the map's; one is the page's, which takes it away with `pointercancel`.
map.addEventListener("touchmove", (event) => {
  if (event.touches.length > 1 && event.target.closest("#map-canvas")) event.preventDefault();
}, { passive: false });
addEventListener("pointerup", letGo);
addEventListener("pointercancel", (event) => {
  if (hands.has(event.pointerId) && hands.size === 1 && !dragged) tell();
  letGo(event);
});
map.addEventListener("dragstart", (event) => event.preventDefault());

map.addEventListener("wheel", (event) => {
  if (!event.target.closest("#map-canvas")) return;
  if (!event.ctrlKey && !event.metaKey && !canvas().contains(document.activeElement)) return tell();
  event.preventDefault();
  const lines = event.deltaMode === 1 ? 16 : 1;
  zoomAbout(spot(event), 2 ** (-Math.max(-240, Math.min(240, event.deltaY * lines)) / 240));
  settle();
}, { passive: false });

map.addEventListener("click", (event) => {
  if (dragged) {
    dragged = false;
    if (event.target.closest("#map-canvas")) event.preventDefault();
    return;
  }
  const link = event.target.closest("a[data-view]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const to = new URL(link.getAttribute("href") || link.href.baseVal, location.href);
  show(new URLSearchParams(to.search));
});

const KEYS = { ArrowLeft: [0.25, 0], ArrowRight: [-0.25, 0], ArrowUp: [0, 0.25], ArrowDown: [0, -0.25] };
map.addEventListener("keydown", (event) => {
  if (!event.target.closest("#map-canvas") || event.ctrlKey || event.metaKey || event.altKey) return;
  const { width, height } = canvas().dataset;
  if (KEYS[event.key]) {
    const [x, y] = KEYS[event.key];
    shift = { ...shift, x: shift.x + x * width, y: shift.y + y * height };
    move();
  } else if (event.key === "+" || event.key === "=") zoomAbout({ x: width / 2, y: height / 2 }, 2);
  else if (event.key === "-") zoomAbout({ x: width / 2, y: height / 2 }, 0.5);
  else return;
  event.preventDefault();
  settle();
});

const chosen = () => {
  const words = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...words]) if (!value) words.delete(name);
  if (!words.has("show")) words.delete("circles");
  return words;
};
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  show(chosen());
});
form?.addEventListener("change", () => show(chosen()));

ready();
// The server drew for a usual screen; where this one has quite another shape, it is asked once for the right one.
const { width, height } = canvas().dataset;
const box = canvas().getBoundingClientRect();
if (Math.abs(width / height / (box.width / box.height) - 1) > 0.15) {
  const here = new URLSearchParams(location.search);
  show(here, false);
}
// On a narrow screen the map comes first: the choices begin closed.
if (matchMedia("(max-width: 47.99rem)").matches) document.querySelector(".map-choices")?.removeAttribute("open");
