// Where there are scripts, a button prints the page, and nobody need be told how to do it by hand.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const advice of document.querySelectorAll("[data-print-by-hand]")) advice.hidden = true;
