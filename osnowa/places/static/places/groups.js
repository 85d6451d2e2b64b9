// The check box of a group of municipalities follows and leads the boxes in it. Without this, ticking a group takes them all.
for (const group of document.querySelectorAll("[data-group]")) {
  const whole = group.querySelector("[name=group]");
  const ones = [...group.querySelectorAll("[name=municipality]")];
  const count = group.querySelector("[data-count]");
  const look = () => {
    const ticked = ones.filter((one) => one.checked).length;
    whole.checked = ticked === ones.length;
    whole.indeterminate = ticked > 0 && ticked < ones.length;
    count.textContent = `${ticked} / ${ones.length}`;
  };
  group.addEventListener("change", (event) => {
    if (event.target === whole) for (const one of ones) one.checked = whole.checked;
    look();
  });
  look();
}
