// Adds up the parts of the revenue while they are typed. The server checks the same sum when the form is saved.
const language = document.documentElement.lang;

function amount(input) {
  const digits = input.value.replace(/[\s\u00a0\u202f']/g, "");
  return /^-?\d+$/.test(digits) ? Number(digits) : null;
}

for (const group of document.querySelectorAll("[data-cross-foot]")) {
  const output = group.querySelector("[data-sum]");
  const parts = [...output.htmlFor].map((id) => document.getElementById(id)).filter((input) => input && input.name !== "revenue_total");
  group.addEventListener("input", () => {
    const known = parts.map(amount).filter((value) => value !== null);
    output.value = known.length ? known.reduce((sum, value) => sum + value, 0).toLocaleString(language) : "–";
  });
}
