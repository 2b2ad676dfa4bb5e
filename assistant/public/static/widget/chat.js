// <hotline-chat>: the citizens' chat as one native element. Texts come from the server, so that all wording stands in one place.

import { Connection, storeFor } from "./connection.js";
import { body, card, el, emergencyCard, icon, slotsForm } from "./render.js";

const KIOSK_IDLE = 120_000;
const KIOSK_WARNING = 30_000;
const LONGEST = 2000;
const SIZES = ["1", "1.25", "1.5"];
const FIELDS = { callback_name: { autocomplete: "name", type: "text" }, callback_phone: { autocomplete: "tel", type: "tel" } };

class HotlineChat extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    this.home = this.getAttribute("home") || location.origin;
    this.town = this.getAttribute("town");
    this.kiosk = this.hasAttribute("kiosk");
    this.language = this.getAttribute("language") === "en" ? "en" : "de";
    this.wording = this.language;
    this.attachShadow({ mode: "open" }).append(document.createElement("slot")); // what the page says until the chat is there
    this.ready = this.build();
    if (this.hasAttribute("closable")) {
      const framed = window.parent !== window;
      (framed ? document : this).addEventListener("keydown", (event) => event.key === "Escape" && this.close());
      if (framed) this.focus();
    }
  }

  focus() {
    this.ready.then(() => this.input.focus());
  }

  async build() {
    const [sheet, texts] = await Promise.all([
      fetch(`${this.home}/public/widget/chat.css`).then((response) => response.text()),
      fetch(`${this.home}/public/texts/${this.town}.json`).then((response) => response.json()),
    ]);
    const styles = new CSSStyleSheet();
    styles.replaceSync(`${sheet}\n${texts.theme}`);
    this.shadowRoot.adoptedStyleSheets = [styles];
    this.texts = texts;
    this.connection = new Connection(this.home, this.town, storeFor(this.town, this.kiosk));
    this.speak(this.connection.wording || this.language);
    this.draw();
    this.connection.addEventListener("frame", (event) => this.take(event.detail));
    this.connection.addEventListener("link", (event) => this.link(event.detail));
    this.connection.addEventListener("sent", (event) => this.sent(event.detail));
    this.connection.addEventListener("forgotten", () => this.empty());
    for (const frame of this.connection.outbox) if (frame.t === "msg") this.show({ from: "citizen", text: frame.shown || frame.text, id: frame.id });
    this.connection.start();
    this.askFromAddress();
    if (this.kiosk) this.watchIdle();
    this.dispatchEvent(new CustomEvent("chat-ready"));
  }

  /** A question in the address is asked once; in a conversation that goes on it is only written into the field. */
  askFromAddress() {
    const asked = this.getAttribute("question");
    if (!asked) return;
    this.removeAttribute("question");
    const address = new URL(location.href);
    address.searchParams.delete("q");
    history.replaceState(null, "", address);
    if (this.connection.spoken) this.input.value = asked;
    else this.say(asked);
  }

  speak(wording) {
    this.wording = wording;
    this.language = wording === "en" ? "en" : "de";
  }

  say(text, shown) {
    const trimmed = text.trim().slice(0, LONGEST);
    if (!trimmed) return;
    if (!this.log.querySelector("article") && this.wording !== "de") this.connection.say({ t: "lang", lang: this.wording });
    const id = this.connection.say({ t: "msg", text: trimmed, ...(shown ? { shown } : {}) });
    this.show({ from: "citizen", text: shown || trimmed, id });
    this.waiting(true);
  }

  t(key, values = {}) {
    const entry = this.texts.words[key] || {};
    const text = entry[this.language] ?? key;
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  // ---- drawing

  draw() {
    const root = this.shadowRoot;
    const say = (key, values) => this.t(key, values);
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": say("log"), tabindex: "0" });
    this.bar = el("div", { class: "bar", role: "status", hidden: true });
    this.input = el("textarea", { id: "question", rows: "1", maxlength: String(LONGEST), placeholder: say("placeholder"), enterkeyhint: "send", autocomplete: "off" });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.submit();
      }
    });
    const form = el("form", { class: "ask" },
      el("label", { for: "question", class: "unseen" }, say("label")), this.input,
      el("button", { class: "send", "aria-label": say("send") }, icon("send")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    root.replaceChildren(el("section", { class: "chat", "aria-labelledby": "name", ...(this.hasAttribute("closable") ? { role: "dialog" } : {}) },
      this.head(), this.bar, this.log, form, this.foot()));
    this.lang = this.language;
    this.notice();
  }

  head() {
    const closable = this.hasAttribute("closable");
    return el("header", {},
      el("span", { class: "sign" }, icon("chat")),
      el("div", { class: "title" }, el("h2", { id: "name" }, this.t("name", { town: this.texts.town })), el("p", {}, this.t("machine"))),
      closable ? el("button", { class: "plain", type: "button", "aria-label": this.t("close"), onclick: () => this.close() }, icon("close")) : null);
  }

  foot() {
    const link = (key, act) => el("button", { type: "button", class: "link", onclick: act }, this.t(key));
    const choice = (wording) => el("label", { lang: wording === "en" ? "en" : "de" },
      el("input", { type: "radio", name: "wording", value: wording, checked: wording === this.wording, onchange: () => this.switchTo(wording) }),
      el("span", {}, this.texts.wordings[wording]));
    return el("footer", {},
      el("div", { class: "links" },
        link("person", () => this.say(this.t("person_said"))),
        this.kiosk ? null : link("save", () => this.save()),
        link("larger", () => this.larger()),
        link("end", () => this.end())),
      el("fieldset", { class: "wordings" }, el("legend", { class: "unseen" }, this.t("wording")), ...["de", "plain", "en"].map(choice)));
  }

  notice() {
    const privacy = el("a", { href: `${this.home}/datenschutz?town=${this.town}`, target: "_blank", rel: "noopener" }, this.t("privacy"));
    this.log.append(el("div", { class: "notice" }, el("p", {}, this.t("disclosure", { town: this.texts.town })), el("p", {}, this.t("kept", { days: this.texts.days }), " ", privacy)));
    if (!this.connection?.last) this.log.append(el("div", { class: "choices" }, ...this.texts.starters[this.language].map((text) => this.pill(text, () => this.say(text)))));
  }

  pill(title, act) {
    const press = () => {
      act();
      this.input.focus(); // the pill vanishes
    };
    return el("button", { type: "button", class: "pill", onclick: press }, title);
  }

  show(message) {
    const known = message.id && this.shadowRoot.getElementById(`m-${message.id}`);
    if (known) return this.stamp(message, known);
    const mine = message.from === "citizen";
    if (mine) this.dropChoices();
    const speaker = mine ? this.t("you") : message.name || this.t("bot");
    const urgent = ["emergency", "crisis"].includes(message.custom?.type);
    const bubble = el("article", { class: `message ${message.from}`, ...(message.id ? { id: `m-${message.id}` } : {}) },
      el("span", { class: "unseen" }, `${speaker}: `),
      urgent ? emergencyCard(message, (...args) => this.t(...args), this.home) : this.bubble(message));
    const pending = message.seq ? this.log.querySelector(".pending") : null;
    if (pending) pending.before(bubble); // what is not sent yet stays below what was said before
    else this.log.append(bubble);
    if (mine && !message.seq) bubble.classList.add("pending");
    if (!mine) this.extras(message, bubble);
    bubble.append(el("p", { class: "stamp" }));
    this.stamp(message, bubble);
    this.reveal(mine ? bubble : this.question || bubble);
    if (mine) this.question = bubble;
    return bubble;
  }

  /** Scrolls so that a long answer is read from its question on. */
  reveal(element) {
    const top = element.offsetTop - this.log.offsetTop - 8;
    this.log.scrollTop = Math.min(top, this.log.scrollHeight);
  }

  stamp(message, bubble) {
    if (message.seq) bubble.classList.remove("pending");
    const line = bubble.querySelector(".stamp");
    const time = message.at ? new Date(message.at).toLocaleTimeString(this.language === "en" ? "en-GB" : "de-DE", { hour: "2-digit", minute: "2-digit" }) : "";
    const state = message.from === "citizen" ? (message.seq ? this.t("delivered") : this.t("sending")) : "";
    line.textContent = [time, state].filter(Boolean).join(" · ");
  }

  extras(message, bubble) {
    const more = card(message, (...args) => this.t(...args), this.language);
    if (more) bubble.append(more);
    if (message.custom?.type === "answer" && message.custom.service) bubble.append(this.verdict(message));
    const field = FIELDS[message.custom?.asks];
    const buttons = (message.buttons || []).map((button) => this.pill(button.title, () => this.say(button.payload, button.title)));
    if (buttons.length) this.log.append(el("div", { class: "choices", role: "group", "aria-label": this.t("choices") }, ...buttons));
    if (message.custom?.offers?.length) this.log.append(slotsForm(message.custom, (...args) => this.t(...args), this.language, (payload, shown) => this.say(payload, shown)));
    if (field) this.log.append(this.field(message.custom.asks, field));
  }

  field(slot, attributes) {
    const input = el("input", { id: slot, required: true, ...attributes });
    const form = el("form", { class: "card choices" }, el("label", { for: slot }, this.t(slot)), input, el("button", { class: "main" }, this.t("next")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.say(input.value);
    });
    return form;
  }

  bubble(message) {
    const content = message.custom?.asks === "confirmed" ? this.understood(message.text) : body(message.text || "", this.home);
    return el("div", { class: "bubble", lang: message.custom?.language || null }, ...content);
  }

  /** What was understood, line by line, each with a button that lets the citizen say it anew. */
  understood(text) {
    return text.split("\n").map((line) => {
      const [, label, value] = /^([^:]{2,30}): (.+)$/.exec(line) || [];
      if (!label) return el("p", {}, line);
      const change = () => {
        this.input.value = `${label}: `;
        this.input.focus();
      };
      return el("p", { class: "line" }, el("span", {}, el("strong", {}, `${label}: `), value),
        el("button", { type: "button", class: "link", "aria-label": this.t("change_line", { label }), onclick: change }, this.t("change")));
    });
  }

  verdict(message) {
    const box = el("div", { class: "verdict", role: "group", "aria-label": this.t("helped") });
    const judge = (helpful) => {
      if (!this.connection.whisper({ t: "feedback", seq: message.seq, helpful })) return this.tell(this.t("reconnecting"));
      this.input.focus();
      if (helpful) return box.replaceChildren(el("p", { role: "status" }, this.t("thanks")));
      const reason = el("textarea", { id: `why-${message.seq}`, rows: "2", maxlength: "500" });
      const form = el("form", {}, el("label", { for: `why-${message.seq}` }, this.t("why")), reason, el("button", { class: "main" }, this.t("send_reason")));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (!this.connection.whisper({ t: "feedback", seq: message.seq, helpful, reason: reason.value })) return this.tell(this.t("reconnecting"));
        box.replaceChildren(el("p", { role: "status" }, this.t("thanks_for_reason")));
        this.input.focus();
        return null;
      });
      box.replaceChildren(form);
      reason.focus();
      return null;
    };
    box.append(
      el("button", { type: "button", class: "plain small", "aria-label": this.t("helpful"), onclick: () => judge(true) }, icon("up")),
      el("button", { type: "button", class: "plain small", "aria-label": this.t("not_helpful"), onclick: () => judge(false) }, icon("down")));
    const voice = this.localVoice();
    if (voice) box.append(el("button", { type: "button", class: "plain small", "aria-label": this.t("read"), onclick: () => this.read(message.text, voice) }, icon("speak")));
    return box;
  }

  dropChoices() {
    for (const offered of this.log.querySelectorAll(".choices")) offered.remove();
  }

  // ---- what comes in

  take(frame) {
    if (frame.t === "msg") {
      if (frame.from !== "citizen") this.waiting(false);
      this.show(frame);
    } else if (frame.t === "ended") this.empty();
    else if (frame.t === "error") this.trouble(frame);
    else if (frame.t === "typing") this.waiting(true);
  }

  trouble(frame) {
    const shown = (this.carded ||= new Set());
    if (!shown.has(frame.id)) for (const each of frame.cards || []) this.show({ from: "bot", ...each });
    shown.add(frame.id);
    if (frame.code === "too_fast") this.tell(this.t("too_fast"));
    else if (frame.code === "not_stored") this.tell(this.t("not_stored"));
    else if (frame.id) this.show({ from: "bot", text: this.t("refused") });
  }

  sent(id) {
    const line = this.shadowRoot.querySelector(`#m-${CSS.escape(id)} .stamp`);
    if (line && !line.textContent.includes(this.t("delivered"))) line.textContent = this.t("delivered");
  }

  link(state) {
    if (state === "open") this.bar.hidden = true;
    else if (this.connection.tries > 0) this.tell(this.t("reconnecting"));
  }

  tell(text) {
    this.bar.textContent = text;
    this.bar.hidden = false;
    clearTimeout(this.telling);
    if (this.connection.socket) this.telling = setTimeout(() => { this.bar.hidden = true; }, 6000);
  }

  waiting(on) {
    this.typing?.remove();
    this.typing = null;
    if (!on) return;
    this.typing = el("div", { class: "typing" }, el("span", { class: "unseen" }, this.t("typing")), el("i"), el("i"), el("i"));
    this.log.append(this.typing);
  }

  // ---- what the citizen does

  submit() {
    this.say(this.input.value);
    this.input.value = "";
    this.input.focus();
  }

  switchTo(wording) {
    this.speak(wording);
    this.connection.wording = wording;
    this.connection.keep();
    const kept = [...this.log.children].filter((child) => child.classList.contains("message"));
    const draft = this.input.value;
    this.draw();
    this.log.append(...kept);
    if (kept.length) this.dropChoices();
    this.input.value = draft;
    this.shadowRoot.querySelector(`input[value="${wording}"]`).focus();
    if (kept.length) this.connection.say({ t: "lang", lang: wording });
  }

  async save() {
    const text = await this.connection.transcript(this.language);
    const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "text/plain" })), download: "115.txt" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async end() {
    try {
      await this.connection.end();
    } catch {
      if (!this.kiosk) return this.tell(this.t("not_ended"));
      this.connection.forget(); // the next person must not see it; it is deleted when its time is over
    }
    if (this.kiosk) this.fresh();
    this.empty();
    this.log.append(el("p", { class: "notice", role: "status" }, this.t("ended")));
    this.connection.start();
    this.input.focus();
    return null;
  }

  /** Nothing of the last person stays: no words, no size, no language. */
  fresh() {
    this.size = 0;
    this.style.removeProperty("--size");
    this.connection.wording = undefined;
    this.speak(this.getAttribute("language") === "en" ? "en" : "de");
    this.draw();
  }

  empty() {
    this.log.replaceChildren();
    this.notice();
  }

  close() {
    if (window.parent !== window) window.parent.postMessage("close-chat", "*");
    this.dispatchEvent(new CustomEvent("close-chat"));
  }

  larger() {
    this.size = ((this.size || 0) + 1) % SIZES.length;
    this.style.setProperty("--size", SIZES[this.size]);
  }

  localVoice() {
    const wanted = this.language === "en" ? "en" : "de";
    return globalThis.speechSynthesis?.getVoices().find((voice) => voice.localService && voice.lang.startsWith(wanted));
  }

  read(text, voice) {
    const utterance = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang });
    speechSynthesis.cancel();
    speechSynthesis.speak(utterance);
  }

  // ---- the terminal in the town hall

  watchIdle() {
    const again = () => {
      clearTimeout(this.idle);
      this.warning?.remove();
      this.warning = null;
      this.idle = setTimeout(() => this.warn(), KIOSK_IDLE - KIOSK_WARNING);
    };
    for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, again);
    again();
  }

  warn() {
    this.warning = el("div", { class: "bar", role: "alert" }, this.t("still_there", { seconds: KIOSK_WARNING / 1000 }));
    this.shadowRoot.querySelector(".chat").prepend(this.warning);
    this.idle = setTimeout(async () => {
      await this.end();
      this.warning?.remove();
    }, KIOSK_WARNING);
  }
}

customElements.define("hotline-chat", HotlineChat);
