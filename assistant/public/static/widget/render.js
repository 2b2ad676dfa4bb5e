// Turns messages into elements. Text of either side only ever becomes text nodes.

/** Makes an element; `children` are elements or texts. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const ICONS = {
  chat: "M4 5h16v11H9l-5 4z M8 9h8 M8 12h5",
  close: "M5 5l14 14 M19 5L5 19",
  send: "M3 11l18-8-7 18-3-7z",
  up: "M7 11l4-8c2 0 2 1 2 3l-1 3h6c1 0 2 1 2 2l-2 7c0 1-1 2-2 2H7z M3 11h4v9H3z",
  down: "M7 13l4 8c2 0 2-1 2-3l-1-3h6c1 0 2-1 2-2l-2-7c0-1-1-2-2-2H7z M3 4h4v9H3z",
  speak: "M4 9h4l5-4v14l-5-4H4z M16 9c1 1 1 5 0 6 M18 7c3 2 3 8 0 10",
  more: "M5 12h.01 M12 12h.01 M19 12h.01",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/g;
const SOURCE = /^(Quelle|Source): /;

/** Paragraphs, lists, links and the line with the source. */
export function body(text, home) {
  const parts = [];
  let list = null;
  for (const line of text.split("\n")) {
    const item = /^\s*(?:[-•*]|\d+\.)\s+(.*)$/.exec(line);
    if (item) {
      if (!list) parts.push(list = el("ul"));
      list.append(el("li", {}, ...linked(item[1], home)));
      continue;
    }
    list = null;
    if (line.trim()) parts.push(el("p", SOURCE.test(line) ? { class: "source" } : {}, ...linked(line, home)));
  }
  return parts;
}

function linked(text, home) {
  return text.split(LINK).map((part, place) => {
    if (place % 2 === 0) return part;
    const outside = !part.startsWith(home);
    return el("a", { href: part, ...(outside ? { target: "_blank", rel: "noopener noreferrer" } : {}) }, part);
  });
}

/** The card of an emergency or a crisis: large, with a number to call. */
export function emergencyCard(message, say, home) {
  const number = message.custom.number;
  return el("div", { class: "emergency", role: "alert" },
    ...body(message.text, home),
    el("a", { class: "call", href: `tel:${number.replace(/\s/g, "")}` }, say("call", { number })));
}

/** Facts as a list of terms: what was understood, a report, a booking. */
export function facts(rows) {
  const list = el("dl", { class: "facts" });
  for (const [term, value] of rows) if (value) list.append(el("dt", {}, term), el("dd", {}, value));
  return list;
}

const written = (iso, language, how) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : "de-DE", { timeZone: "Europe/Berlin", ...how }).format(new Date(iso));

/** A file that calendars read (RFC 5545). */
function calendarFile(custom, say) {
  const moment = (iso) => new Date(iso).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//115//DE", "BEGIN:VEVENT", `UID:${custom.number || moment(custom.start)}@115`, `DTSTAMP:${moment(Date.now())}`,
    `DTSTART:${moment(custom.start)}`, `DTEND:${moment(custom.end || custom.start)}`, `SUMMARY:${say("appointment")}`, `LOCATION:${(custom.resource || "").replace(/[,;\\]/g, "\\$&")}`, "END:VEVENT", "END:VCALENDAR"];
  return URL.createObjectURL(new Blob([lines.join("\r\n") + "\r\n"], { type: "text/calendar" }));
}

/** Free times as two groups of radios: the day, then the time; `choose` gets the payload of the one that is taken. */
export function slotsForm(custom, say, language, choose) {
  const days = Map.groupBy ? Map.groupBy(custom.offers, (offer) => offer.start.slice(0, 10)) : grouped(custom.offers);
  const radios = (name, entries, pick) => entries.map(([value, text], place) => el("label", {},
    el("input", { type: "radio", name, value, checked: place === 0, onchange: () => pick(value) }), el("span", {}, text)));
  const times = el("div", { class: "radios" });
  const show = (day) => times.replaceChildren(...radios("time", days.get(day).map((offer) => [offer.payload, written(offer.start, language, { hour: "2-digit", minute: "2-digit" })]), () => {}));
  const dayNames = [...days.keys()].map((day) => [day, written(`${day}T12:00:00Z`, language, { weekday: "short", day: "numeric", month: "numeric" })]);
  const form = el("form", { class: "card choices" }, el("h3", {}, say("booking_slots")),
    el("fieldset", {}, el("legend", {}, say("day")), el("div", { class: "radios" }, ...radios("day", dayNames, show))),
    el("fieldset", {}, el("legend", {}, say("time")), times),
    el("button", { class: "main" }, say("book")));
  show(dayNames[0][0]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const taken = custom.offers.find((offer) => offer.payload === new FormData(form).get("time"));
    choose(taken.payload, written(taken.start, language, { dateStyle: "full", timeStyle: "short" }));
  });
  return form;
}

function grouped(offers) {
  const days = new Map();
  for (const offer of offers) days.set(offer.start.slice(0, 10), [...(days.get(offer.start.slice(0, 10)) || []), offer]);
  return days;
}

/** What a message's `custom` adds below its text. */
export function card(message, say, language) {
  const { custom } = message;
  if (custom.type === "booking" && custom.start) {
    return el("section", { class: "card" }, el("h3", {}, say(`booking_${custom.state}`)),
      facts([[say("when"), written(custom.start, language, { dateStyle: "full", timeStyle: "short" })], [say("where"), custom.resource], [say("number"), custom.number]]),
      custom.state === "booked" ? el("a", { href: calendarFile(custom, say), download: "termin.ics" }, say("calendar")) : null);
  }
  if (custom.type === "report" && (custom.number || custom.place)) {
    const place = custom.place || {};
    const where = [place.street, place.house_number].filter(Boolean).join(" ") || place.part;
    return el("section", { class: "card" }, el("h3", {}, say(`report_${custom.state}`)),
      facts([[say("what"), custom.category], [say("where"), where], [say("number"), custom.number]]));
  }
  if (custom.type === "handover" && custom.state === "queued") {
    return el("section", { class: "card" }, el("h3", {}, say("queued")),
      facts([[say("position"), custom.position && String(custom.position)], [say("wait"), custom.minutes && say("minutes", { minutes: custom.minutes })]]));
  }
  if (custom.number && custom.state === "callback") return el("section", { class: "card" }, facts([[say("number"), String(custom.number)]]));
  return null;
}
