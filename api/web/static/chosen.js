// Ticks everybody on the page at once, and tells how many are ticked. Without it every box is ticked by itself.
(() => {
  const boxes = (form) => [...form.querySelectorAll("input[name=person]")];
  const tell = (form) => {
    const all = form.querySelector("[data-tick-all]");
    const ticked = boxes(form).filter((box) => box.checked).length;
    all.hidden = false;
    all.querySelector("input").checked = ticked === boxes(form).length;
    form.querySelector("[data-ticked]").textContent = ticked ? `${ticked} valgt` : "";
  };
  const begin = () => document.querySelectorAll("[data-choosing]").forEach(tell);

  document.addEventListener("change", ({ target }) => {
    const form = target.closest("[data-choosing]");
    if (!form) return;
    if (target.closest("[data-tick-all]")) {
      boxes(form).forEach((box) => {
        box.checked = target.checked;
      });
    }
    tell(form);
  });
  document.addEventListener("htmx:afterSwap", begin);
  begin();
})();
