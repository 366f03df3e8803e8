// Puts the way to subscribe that is likeliest here before the others.
const likely = /iPhone|iPad|Macintosh/.test(navigator.userAgent) ? "apple"
  : /Android|CrOS/.test(navigator.userAgent) ? "google"
  : /Windows/.test(navigator.userAgent) ? "outlook" : "apple";
for (const ways of document.querySelectorAll(".ways")) {
  const way = ways.querySelector(`[data-app="${likely}"]`);
  if (way) ways.prepend(way);
}
