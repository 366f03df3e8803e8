// calfeed on partner sites: frames that grow, and <calfeed-events>. https://…/embed/v1.js
(() => {
  "use strict";
  const NAME = "calfeed-events";
  if (customElements.get(NAME)) return;  // a second copy of this script has nothing to add
  const own = document.currentScript?.src.replace(/v1[^/]*$/, "");  // …/embed/, none in a module

  // Frames: each grows with its content, as its own window says and nobody else.
  const isOurs = ({src}) => own ? src.startsWith(own) : /^https?:\/\/[^/]+\/embed\//.test(src);
  const frames = () => Array.from(document.querySelectorAll("iframe[src]")).filter(isOurs);
  addEventListener("message", ({data, source}) => {
    if (data?.calfeed !== 1 || data.type !== "height" || !Number.isFinite(data.height)) return;
    const frame = frames().find(one => one.contentWindow === source);
    if (frame) frame.style.height = `${Math.min(Math.max(data.height, 100), 4000)}px`;
  });
  const greet = () => frames().forEach(
    frame => frame.contentWindow?.postMessage({calfeed: 1, type: "ready"}, "*"));
  greet();
  addEventListener("DOMContentLoaded", greet);

  // <calfeed-events feed lang count>: the next dates, then what waits for one, in the design of
  // the page around.
  const STYLE = `
    :host {
      display: block; color: var(--calfeed-text, inherit); background: var(--calfeed-ground, transparent);
      font-family: var(--calfeed-font, inherit); overflow-wrap: anywhere;
    }
    :host([hidden]) { display: none; }
    ul { list-style: none; margin: 0; padding: 0; }
    li { padding: var(--calfeed-gap, .75em) 0; border-bottom: 1px solid var(--calfeed-line, color-mix(in srgb, currentColor 25%, transparent)); }
    p { margin: 0; }
    a { color: var(--calfeed-accent, LinkText); text-underline-offset: .18em; }
    :focus-visible { outline: 3px solid currentColor; outline-offset: 1px; }
    .title { font-weight: 600; }
    .title a, .more a { display: inline-block; min-height: 24px; }
    .off { text-decoration: line-through; }
    .more { padding-top: var(--calfeed-gap, .75em); }
    .status {
      display: inline-flex; align-items: center; gap: .35em; padding: 0 .55em; font-size: .875em;
      font-weight: 600; border: 1px solid; border-radius: var(--calfeed-radius, 1em);
      color: var(--tone); background: var(--tone-ground); --tone: #0b4a8f; --tone-ground: #e8f1fb;
    }
    .postponed, .as-planned { --tone: #7a4a00; --tone-ground: #fdf3df; }
    .cancelled { --tone: #9a1c1c; --tone-ground: #fdecec; }
    .moved-online { --tone: #5a2d8c; --tone-ground: #f3ecfa; }
    @supports (color: light-dark(#fff, #000)) {
      .status { --tone: light-dark(#0b4a8f, #9cc8fb); --tone-ground: light-dark(#e8f1fb, #122841); }
      .postponed, .as-planned { --tone: light-dark(#7a4a00, #f3c778); --tone-ground: light-dark(#fdf3df, #33270f); }
      .cancelled { --tone: light-dark(#9a1c1c, #f6aaaa); --tone-ground: light-dark(#fdecec, #3b1717); }
      .moved-online { --tone: light-dark(#5a2d8c, #d3b8f5); --tone-ground: light-dark(#f3ecfa, #2a1b3f); }
    }
    svg { width: .9em; height: .9em; fill: currentColor; flex: none; }`;
  const ICONS = {
    "as-planned": "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 1.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8.7 4v3.7l2.6 1.5-.7 1.2L7.3 8.5V4z",
    "postponed": "M5 3h2v10H5zM9 3h2v10H9z",
    "cancelled": "m4.4 3 3.6 3.6L11.6 3 13 4.4 9.4 8l3.6 3.6-1.4 1.4L8 9.4 4.4 13 3 11.6 6.6 8 3 4.4z",
    "rescheduled": "M2 7h8.2L7 3.8 8.4 2.4 14 8l-5.6 5.6L7 12.2 10.2 9H2z",
    "moved-online": "M1 3h14v9H9v1h2v1H5v-1h2v-1H1zm1.5 1.5v6h11v-6z",
  };
  const MOST = 50, USUAL = 10, MOST_PAGES = 20;
  const PATIENCE = 15000;  // milliseconds

  const made = (name, part, text = "") => {
    const element = document.createElement(name);
    if (part) element.setAttribute("part", element.className = part);
    element.textContent = text;
    return element;
  };
  const linked = (address, text) => {
    const link = made("a", "", text);
    if (/^https?:/.test(new URL(address, document.baseURI).protocol)) link.href = address;
    link.rel = "noopener";
    return link;
  };
  const icon = status => {
    const space = "http://www.w3.org/2000/svg";
    const [svg, path] = ["svg", "path"].map(name => document.createElementNS(space, name));
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[status] || ICONS["as-planned"]);
    svg.append(path);
    return svg;
  };

  // Dates: a day as it is, a time on the clocks of its own zone.
  const dayIn = (zone, moment) => {
    const parts = new Intl.DateTimeFormat("en", {timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit"})
      .formatToParts(moment).map(({type, value}) => [type, value]);
    const {year, month, day} = Object.fromEntries(parts);
    return `${year}-${month}-${day}`;
  };
  const isAhead = ({start, end, timezone}) => (end || start).slice(0, 10) >= dayIn(timezone, Date.now());
  const said = (when, language) => {
    const clock = {hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: when.timezone, timeZoneName: "short"};
    const options = {
      weekday: "short", day: "numeric", month: "long", year: "numeric",
      ...(when.all_day ? {timeZone: "UTC"} : clock),
    };
    const locale = language === "en" ? "en-GB" : language;  // the day before the month, as in Europe
    const format = new Intl.DateTimeFormat(locale, options);
    return format.formatRange(Date.parse(when.start), Date.parse(when.end || when.start));
  };

  // Feeds: what one says, page by page where it has several.
  const listing = async (address, signal) => {
    const first = new URL(address, document.baseURI);
    // a day early: it may be yesterday still where the event is
    if (!first.searchParams.has("from")) first.searchParams.set("from", dayIn("UTC", Date.now() - 86400000));
    let feed, next = first.href;
    const events = [];
    for (let page = 0; next && page < MOST_PAGES; page++) {
      const answer = await fetch(next, {signal, credentials: "omit", referrerPolicy: "no-referrer"});
      if (!answer.ok) throw new Error(`${next} answered ${answer.status}`);
      feed = await answer.json();
      events.push(...feed.events);
      next = feed.next && new URL(new URL(feed.next).search, first).href;
    }
    return {...feed, events};
  };
  const start = ({when}) => when ? Date.parse(when.start) : Infinity;
  const isComing = ({when}) => when && isAhead(when);
  const isWaiting = date => !isComing(date) && (!date.when || date.status === "postponed");
  const ahead = feed => {
    const dates = feed.events
      .flatMap(event => event.dates ? event.dates.map(date => ({...event, ...date})) : [event])
      .filter(({status}) => status !== "withdrawn")
      .sort((one, other) => start(one) - start(other) || 0);
    return [...dates.filter(isComing), ...dates.filter(isWaiting)];
  };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);

  class CalfeedEvents extends HTMLElement {
    static observedAttributes = ["feed", "lang", "count"];
    #asked = null;

    constructor() {
      super();
      this.attachShadow({mode: "open"}).adoptedStyleSheets = [sheet];
      this.shadowRoot.append(document.createElement("slot"));
    }

    connectedCallback() { this.#show(); }

    disconnectedCallback() { this.#asked?.abort(); }

    attributeChangedCallback() { if (this.isConnected) this.#show(); }

    async #show() {
      this.#asked?.abort();
      const asked = this.#asked = new AbortController();
      const signal = AbortSignal.any ? AbortSignal.any([asked.signal, AbortSignal.timeout(PATIENCE)]) : asked.signal;
      await null;  // several attributes may be set one after the other
      if (asked.signal.aborted || !this.getAttribute("feed")) return;
      let shown = [document.createElement("slot")];  // what the page says itself
      try {
        const feed = await listing(this.getAttribute("feed"), signal);
        const dates = ahead(feed).slice(0, this.#count());
        if (dates.length) shown = this.#drawn(feed, dates);
      } catch (error) {
        if (asked.signal.aborted) return;
        console.warn(`calfeed: no events are shown: ${error.message}`);
      }
      if (!asked.signal.aborted) this.shadowRoot.replaceChildren(...shown);
    }

    #count() {
      const count = Number.parseInt(this.getAttribute("count") || USUAL, 10);
      return Math.min(Math.max(count || USUAL, 1), MOST);
    }

    #language(feed) {
      const wanted = this.closest("[lang]")?.lang || feed.language;
      try {
        return Intl.getCanonicalLocales(wanted)[0];
      } catch {
        return feed.language;
      }
    }

    #drawn(feed, dates) {
      const language = this.#language(feed);
      const choose = text => {
        const known = [language, language.split("-")[0], feed.language, ...Object.keys(text)];
        const found = known.find(code => text[code] !== undefined);
        return {text: text[found], language: found};
      };
      const list = document.createElement("ul");
      list.setAttribute("role", "list");  // a list without bullets is none to VoiceOver
      list.append(...dates.map(date => this.#item(date, feed, language, choose)));
      const more = made("p", "more");
      more.append(this.#spoken(linked(choose(feed.url).text), choose(feed.name), language));
      return [list, more];
    }

    #item(date, feed, language, choose) {
      const item = made("li", "item");
      const day = date.when ? made("time", "date", said(date.when, language)) : made("span", "date");
      if (date.when) day.dateTime = date.when.start;
      else this.#spoken(day, choose(feed.words.to_be_announced), language);
      const title = made("p", "title");
      title.append(this.#spoken(linked(choose(date.url).text), choose(date.title), language));
      if (date.status === "postponed" || date.status === "cancelled") day.classList.add("off");
      item.append(day, title);
      if (date.label) {
        const status = made("span", "status", choose(date.label).text);
        status.classList.add(date.status);
        status.prepend(icon(date.status));
        item.insertBefore(status, title);
        day.after(" ");
      }
      const places = [
        ...(date.place ? [choose(date.place.name).text] : []),
        ...(date.online ? [choose(feed.words.online).text] : []),
      ];
      if (places.length) item.append(made("p", "place", places.join(" · ")));
      return item;
    }

    #spoken(element, {text, language}, around) {
      element.textContent = text;
      if (language !== around.split("-")[0]) element.lang = language;
      return element;
    }
  }
  customElements.define(NAME, CalfeedEvents);
})();
