// The live protocol (docs/chat-api.md): an outbox until each message is confirmed, one resume path, a fallback without sockets.

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 20_000;
const SOCKET_TRIES = 2;
const RETRY_PAUSE = 3000;
const POST_TIMEOUT = 15_000;

const NOTHING_KEPT = { read: () => ({}), write: () => {}, clear: () => {} };

/** What this browser keeps between page loads; nothing in the kiosk. */
export function storeFor(town, kiosk) {
  if (kiosk) return NOTHING_KEPT;
  const name = `hotline-115-${town}`;
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(name)) || {};
      } catch {
        return {};
      }
    },
    write(state) {
      try {
        localStorage.setItem(name, JSON.stringify(state));
      } catch { /* private windows may refuse; the chat works until it is closed */ }
    },
    clear() {
      try {
        localStorage.removeItem(name);
      } catch { /* the same */ }
    },
  };
}

/** Talks to the server for one conversation. Fires: frame (detail: what came), link (detail: "open", "lost"), sent, refused. */
export class Connection extends EventTarget {
  constructor(home, town, store) {
    super();
    Object.assign(this, { home, town, store, last: 0, tries: 0, sockets: 0, socket: null, closed: false, asking: null });
    const kept = store.read();
    this.token = kept.token || null;
    this.outbox = kept.outbox || [];
    this.wording = kept.wording;
    this.spoken = Boolean(kept.spoken);
  }

  start() {
    this.closed = false;
    this.connect();
    addEventListener("online", this.hurry);
  }

  hurry = () => {
    if (!this.socket && !this.asking) this.connect();
  };

  /** Puts a frame into the outbox and sends it as soon as there is a way; returns its id. */
  say(frame) {
    const id = crypto.randomUUID ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
    this.outbox.push({ ...frame, id });
    this.spoken = true;
    this.keep();
    this.flush();
    return id;
  }

  /** Sends a frame that may get lost. */
  whisper(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
    else if (this.asking) this.post(frame).catch(() => {});
    else return false;
    return true;
  }

  /** Deletes the conversation; throws while the server cannot be asked, so that nobody is told what did not happen. */
  async end() {
    if (this.token) {
      const answer = await this.post({ t: "end" });
      if (answer.t !== "ended" && answer.code !== "not_allowed") throw new Error(answer.code);
    }
    this.forget();
  }

  /** Drops all that is known of the conversation. */
  forget() {
    this.stop();
    this.store.clear();
    this.outbox = [];
    this.token = null;
    this.spoken = false;
    this.last = 0;
  }

  stop() {
    this.closed = true;
    removeEventListener("online", this.hurry);
    clearTimeout(this.timer);
    this.socket?.close();
    this.asking?.abort();
    this.socket = this.asking = null;
  }

  async transcript(language) {
    const response = await fetch(`${this.home}/webhooks/web/transcript?lang=${language}`, { headers: this.headers() });
    return response.ok ? response.text() : "";
  }

  headers() {
    return { Authorization: `Bearer ${this.token}`, "Content-Type": "application/json" };
  }

  keep() {
    this.store.write({ token: this.token, outbox: this.outbox, wording: this.wording, spoken: this.spoken });
  }

  async connect() {
    clearTimeout(this.timer);
    if (this.closed) return;
    try {
      if (!this.token) await this.open();
      if (this.sockets < SOCKET_TRIES) this.listenBySocket();
      else await this.listenByEvents();
    } catch {
      this.again();
    }
  }

  async open() {
    const response = await fetch(`${this.home}/webhooks/web/session`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ town: this.town }),
    });
    if (!response.ok) throw new Error(String(response.status));
    this.token = (await response.json()).token;
    this.keep();
  }

  listenBySocket() {
    const address = `${this.home.replace(/^http/, "ws")}/webhooks/web/socket`;
    const socket = new WebSocket(address, ["chat.v1", `t.${this.token}`]);
    this.socket = socket;
    socket.onopen = () => {
      this.sockets = 0;
      this.opened(() => socket.send(JSON.stringify({ t: "hello", last: this.last })));
    };
    socket.onmessage = (event) => this.take(JSON.parse(event.data));
    socket.onclose = (event) => {
      if (this.socket !== socket) return; // another one took its place, or the chat was ended
      this.socket = null;
      if (event.code === 4401) this.forgotten();
      else if (!this.wasOpen) this.sockets += 1;
      this.again();
    };
  }

  async listenByEvents() {
    this.asking = new AbortController();
    try {
      const response = await fetch(`${this.home}/webhooks/web/events`, {
        headers: { ...this.headers(), "Last-Event-ID": String(this.last) }, signal: this.asking.signal,
      });
      if (response.status === 401) this.forgotten();
      if (!response.ok) throw new Error(String(response.status));
      this.opened(() => {});
      await this.readEvents(response.body.pipeThrough(new TextDecoderStream()).getReader());
    } finally {
      this.asking = null;
    }
    this.again();
  }

  async readEvents(reader) {
    let text = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
      const parts = text.split("\n\n");
      text = parts.pop();
      for (const part of parts) {
        const line = part.split("\n").find((each) => each.startsWith("data: "));
        if (line) this.take(JSON.parse(line.slice(6)));
      }
    }
  }

  opened(hello) {
    this.tries = 0;
    this.wasOpen = true;
    hello();
    this.tell("link", "open");
    this.flush();
  }

  /** The server does not know the token any more: the conversation was deleted. Begin a new one. */
  forgotten() {
    this.token = null;
    this.last = 0;
    this.keep();
    this.tell("forgotten");
  }

  again() {
    this.wasOpen = false;
    if (this.closed) return;
    this.tell("link", "lost");
    const pause = Math.min(FIRST_PAUSE * 2 ** this.tries, LONGEST_PAUSE) * (0.75 + Math.random() / 2);
    this.tries += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), pause);
  }

  /** Sends what is not confirmed yet, in order; a second delivery has no second effect. */
  flush() {
    if (this.socket?.readyState === WebSocket.OPEN) {
      for (const frame of this.outbox.filter((each) => each.on !== this.socket)) {
        Object.defineProperty(frame, "on", { value: this.socket, configurable: true, enumerable: false });
        this.socket.send(JSON.stringify(frame));
      }
    } else if (this.asking) this.flushByPost();
  }

  async flushByPost() {
    if (this.posting) return;
    this.posting = true;
    try {
      while (this.outbox.length && this.asking) {
        const answer = await this.post(this.outbox[0]);
        this.take(answer);
        if (answer.code === "not_allowed") this.forgotten();
        if (answer.t !== "ack") await new Promise((done) => setTimeout(done, RETRY_PAUSE));
      }
    } catch {
      setTimeout(() => this.flush(), RETRY_PAUSE);
    } finally {
      this.posting = false;
    }
  }

  async post(frame) {
    const response = await fetch(`${this.home}/webhooks/web/frames`, { method: "POST", headers: this.headers(), body: JSON.stringify(frame), signal: AbortSignal.timeout(POST_TIMEOUT) });
    return response.json();
  }

  take(frame) {
    if (frame.t === "ack") this.confirmed(frame.id);
    else if (frame.t === "error") this.refused(frame);
    else if (frame.t === "ended") this.last = 0;
    else if (frame.t === "msg") {
      if (frame.seq <= this.last) return;
      this.last = frame.seq;
      if (frame.id) this.confirmed(frame.id);
    }
    this.tell("frame", frame);
  }

  confirmed(id) {
    this.outbox = this.outbox.filter((frame) => frame.id !== id);
    this.keep();
    this.tell("sent", id);
  }

  refused(frame) {
    if (frame.code === "too_fast" || frame.code === "not_stored") {
      setTimeout(() => {
        const waiting = this.outbox.find((each) => each.id === frame.id);
        if (waiting) Object.defineProperty(waiting, "on", { value: null, configurable: true, enumerable: false });
        this.flush();
      }, RETRY_PAUSE);
    } else if (frame.id) this.confirmed(frame.id);
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
