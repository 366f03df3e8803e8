// Offers the choices of an embed, and shows it as it will be: the code follows each choice.
const generator = document.getElementById("embed");
if (generator) {
  const [choices, preview] = Array.from(
    generator.querySelectorAll("template"), one => one.content.firstElementChild.cloneNode(true));
  const {accent, count, grows, kind, theme} = choices.elements;
  const given = generator.dataset;
  const snippet = generator.querySelector("textarea");
  const usual = {accent: accent.value, count: count.value};
  const escaped = text => text.replace(/[&<>"]/g, one => `&#${one.charCodeAt()};`);
  const query = () => {
    const asked = new URLSearchParams();
    if (count.value !== usual.count) asked.set("count", count.value);
    if (theme.value) asked.set("theme", theme.value);
    if (accent.value !== usual.accent) asked.set("accent", accent.value.slice(1));
    return asked.size ? `?${asked}` : "";
  };
  const script = () => `<script async src="${escaped(given.script)}"></script>`;
  const frame = () => `<iframe src="${escaped(given.frame + query())}"
        title="${escaped(given.title)}" width="100%" height="480" loading="lazy"
        referrerpolicy="no-referrer" style="border:0"
        sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>`;
  const element = () => `<calfeed-events feed="${escaped(given.feed)}" lang="${escaped(given.language)}" count="${escaped(count.value)}"
                style="--calfeed-accent:${accent.value}; --calfeed-font:inherit">
  <a href="${escaped(given.page)}">${escaped(given.title)}</a>
</calfeed-events>`;

  const load = () => {
    if (document.querySelector(`script[src="${given.scriptPath}"]`)) return;
    const added = document.createElement("script");
    added.src = given.scriptPath;
    document.head.append(added);
  };
  const framed = () => {
    const shown = document.createElement("iframe");
    shown.title = given.title;
    shown.width = "100%";
    shown.height = 480;
    shown.style.border = "0";
    shown.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    shown.src = given.framePath + query();
    return shown;
  };
  const drawn = () => {
    const shown = document.createElement("calfeed-events");
    shown.setAttribute("feed", given.feedPath);
    shown.setAttribute("lang", given.language);
    shown.setAttribute("count", count.value);
    shown.style.setProperty("--calfeed-accent", accent.value);
    return shown;
  };
  const show = () => {
    if (!choices.checkValidity()) return;
    const isFrame = kind.value === "frame";
    theme.disabled = grows.disabled = !isFrame;
    const parts = isFrame ? [frame(), ...(grows.checked ? [script()] : [])] : [script(), element()];
    snippet.value = parts.join("\n");
    if (!isFrame || grows.checked) load();
    if (generator.open) preview.replaceChildren(preview.firstElementChild, isFrame ? framed() : drawn());
  };
  generator.querySelector("template").replaceWith(choices);
  generator.querySelector("template").replaceWith(preview);
  choices.addEventListener("submit", event => event.preventDefault());
  choices.addEventListener("change", show);
  generator.addEventListener("toggle", show);
  if (location.hash === "#embed") generator.open = true;
}
