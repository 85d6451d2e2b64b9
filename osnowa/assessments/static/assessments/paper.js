// Sheets by keyboard: a digit fills a field of one digit and moves on; Enter saves, as in any form. Without this script Tab moves on.
const form = document.querySelector("[data-sheet]");
const fields = form ? [...form.querySelectorAll("input:not([type=hidden]), textarea")] : [];

form?.addEventListener("input", (event) => {
  const field = event.target;
  if (field.maxLength !== 1 || field.value.length !== 1) return;
  fields[fields.indexOf(field) + 1]?.focus();
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
