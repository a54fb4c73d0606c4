// What is more comfortable with a script; everything works without it.

// A form that is on its way is not sent a second time. Coming back by the back button, it can be sent again.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Buttons that copy what they name; without a clipboard they are not shown.
for (const button of document.querySelectorAll("button[data-copies]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).innerText.trim());
    button.textContent = button.dataset.copied;
  });
}

// Single keys, where the page lists them: they move the focus, and choose for the row that has it. Nothing is sent by one.
const keys = document.querySelector("[data-keys]");
const turn = keys?.querySelector("[data-keys-turn]");
const areOff = () => localStorage.getItem("keys") === "off";
if (turn) {
  const names = [turn.textContent, turn.dataset.on];
  const show = () => { turn.hidden = false; turn.textContent = names[Number(areOff())]; };
  turn.addEventListener("click", () => { localStorage.setItem("keys", areOff() ? "on" : "off"); show(); });
  show();
}
if (keys) addEventListener("keydown", (event) => {
  const at = document.activeElement;
  if (areOff() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (at.matches("input:not([type=hidden]), textarea, [contenteditable]")) return;
  if (event.key === "?") { keys.open = !keys.open; keys.querySelector("summary").focus(); return event.preventDefault(); }
  if (event.key === "j" || event.key === "k") {
    const steps = [...document.querySelectorAll("[data-step]")].filter((step) => step.checkVisibility());
    const from = steps.findIndex((step) => step.contains(at));
    steps[event.key === "j" ? from + 1 : Math.max(from - 1, 0)]?.focus();
    return event.preventDefault();
  }
  if (at.matches("select")) return;
  const select = at.matches("tr[data-step]") && at.querySelector("select");
  if (select && /^[0-9px]$/.test(event.key)) {
    const all = [...select.options];
    const option = all.findIndex(({ label }) => event.key === "x" ? !label : label.toLowerCase().startsWith(`${event.key} `));
    if (option >= 0) select.selectedIndex = option;
    return event.preventDefault();
  }
  const press = document.querySelector(`[data-press="${CSS.escape(event.key)}"]`);
  if (press) { press.focus(); event.preventDefault(); }
});

// What is wrong takes the focus.
document.querySelector(".faults")?.focus();
