// Fits an embed to the page around it: how many events, its colours, and how tall it is.
const asked = new URLSearchParams(location.search);
const root = document.documentElement;
const secret = /^#\?secret=([a-zA-Z0-9]+)$/.exec(location.hash)?.[1];
const GROUNDS = {light: "ffffff", dark: "12161c"};
const LEAST = 4.5;  // WCAG 2.2 §1.4.3

const count = Number(asked.get("count"));
if (Number.isInteger(count) && count >= 1 && count <= 50) {
  document.querySelectorAll(".item").forEach((item, at) => { item.hidden = at >= count; });
}

const luminance = colour => {
  const [red, green, blue] = colour.match(/../g).map(part => {
    const share = parseInt(part, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one, other) => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const colour = () => {
  const chosen = GROUNDS[asked.get("theme")] ? asked.get("theme") : "";
  const theme = chosen || (prefersDark.matches ? "dark" : "light");
  const accent = asked.get("accent");
  if (chosen) root.style.setProperty("color-scheme", chosen);
  root.style.removeProperty("--calfeed-accent");
  if (accent === null) return;
  if (!/^[0-9a-f]{6}$/i.test(accent)) {
    console.warn(`calfeed: accent=${accent} is left out: expected six hex digits, such as 0e47cb`);
  } else if (contrast(accent, GROUNDS[theme]) < LEAST) {
    const found = contrast(accent, GROUNDS[theme]).toFixed(2);
    console.warn(`calfeed: accent=${accent} is left out: its contrast on a ${theme} ground is ${found}:1, less than ${LEAST}:1`);
  } else {
    root.style.setProperty("--calfeed-accent", `#${accent}`);
  }
};
colour();
prefersDark.addEventListener("change", colour);

// The parent is told how tall the content is, as calfeed's script and as WordPress expect it.
const tell = () => {
  const height = Math.ceil(root.getBoundingClientRect().height);
  parent.postMessage({calfeed: 1, type: "height", height}, "*");
  if (secret) parent.postMessage({message: "height", value: height, secret}, "*");
};
if (parent !== window) {
  new ResizeObserver(tell).observe(root);
  addEventListener("message", ({source, data}) => {
    const isReady = data?.calfeed === 1 && data.type === "ready";
    const isReadyWordPress = secret && data?.message === "ready" && data.secret === secret;
    if (source === parent && (isReady || isReadyWordPress)) tell();
  });
}

// WordPress lets no frame open a window: it follows links itself, to the site of the frame alone.
if (secret) {
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    parent.postMessage({message: "link", value: link.href, secret}, "*");
  });
}
