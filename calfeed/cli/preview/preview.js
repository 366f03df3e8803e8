// Follows the file: a new site loads the page again, problems come and go where the page stands.
"use strict";
{
  const bar = document.getElementById("calfeed-preview");
  const problems = bar.querySelector(".calfeed-problems");
  const lost = bar.querySelector(".calfeed-lost");
  let stream = null;

  const hear = ({data}) => {
    const said = JSON.parse(data);
    lost.textContent = "";
    if (said.shown !== bar.dataset.shown) {
      stop();
      location.reload(); // it keeps the place that the reader has scrolled to
    } else if (said.told !== problems.dataset.told) {
      const parsed = new DOMParser().parseFromString(said.problems, "text/html");
      problems.replaceChildren(...parsed.body.childNodes); // all texts in it are escaped
      problems.dataset.told = said.told;
    }
  };
  const stop = () => {
    stream?.close();
    stream = null;
  };
  const follow = () => {
    stop();
    if (document.hidden) return; // browsers open few connections: those of hidden pages are not kept
    stream = new EventSource(bar.dataset.changes);
    stream.onmessage = hear;
    stream.onerror = () => {
      lost.textContent = "The preview has ended. Start calfeed preview again to go on.";
    };
  };

  if (self === top) { // embeds stand in frames: there the page around them follows
    bar.hidden = false;
    document.addEventListener("visibilitychange", follow);
    follow();
  }
}
