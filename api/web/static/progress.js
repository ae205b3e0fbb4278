// While htmx waits for a page that is sent bit by bit, show the newest of what it tells of how far it is.
document.addEventListener("htmx:beforeSend", ({ detail: { xhr } }) => {
  const place = document.querySelector(".working");
  if (!place) return;
  place.replaceChildren();
  xhr.addEventListener("progress", () => {
    const begins = xhr.responseText.lastIndexOf('<p class="working__at">');
    const ends = xhr.responseText.indexOf("</p>", begins);
    if (begins >= 0 && ends >= 0) place.innerHTML = xhr.responseText.slice(begins, ends + 4);
  });
});
