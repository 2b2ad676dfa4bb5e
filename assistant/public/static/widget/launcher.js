// Draws the launcher on a town's own page. <script src="…/widget.js" data-town="brandis" async></script>
(() => {
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const town = script.dataset.town || "";
  const mode = script.dataset.mode === "inline" ? "inline" : "frame";
  const german = !(document.documentElement.lang || "de").startsWith("en");
  const words = german ? { open: "Chat mit der Stadt öffnen", title: "Chat mit der Stadt" } : { open: "Open the chat with the town", title: "Chat with the town" };

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.title;
  button.setAttribute("aria-label", words.open);
  button.setAttribute("aria-expanded", "false");
  Object.assign(button.style, {
    position: "fixed", right: "1rem", bottom: "1rem", zIndex: "2147483000", minHeight: "3rem", padding: "0 1.25rem",
    border: "2px solid #ffffff", borderRadius: "1.5rem", background: "#1f3f9e", color: "#ffffff", font: "600 1rem system-ui, sans-serif",
    boxShadow: "0 4px 16px rgba(0, 0, 0, .3)", cursor: "pointer",
  });
  let panel = null;
  let making = null;

  function place(element) {
    Object.assign(element.style, {
      position: "fixed", right: "min(1rem, 2vw)", bottom: "min(1rem, 2vh)", width: "min(26rem, 96vw)", height: "min(46rem, 96vh)",
      border: "0", borderRadius: "1rem", zIndex: "2147483001", boxShadow: "0 8px 32px rgba(0, 0, 0, .25)", colorScheme: "light dark",
    });
  }

  async function made() {
    if (mode === "frame") {
      const frame = document.createElement("iframe");
      frame.src = `${home}/chat/${encodeURIComponent(town)}?frame=1`;
      frame.title = words.title;
      frame.allow = "geolocation";
      return frame;
    }
    await import(`${home}/public/widget/chat.js`);
    const chat = document.createElement("hotline-chat");
    chat.setAttribute("home", home);
    chat.setAttribute("town", town);
    chat.setAttribute("closable", "");
    chat.addEventListener("close-chat", close);
    return chat;
  }

  async function open() {
    if (!making) making = made();
    if (!panel) {
      panel = await making;
      place(panel);
      if (!panel.isConnected) document.body.append(panel);
    }
    panel.hidden = false;
    panel.style.display = "block";
    button.hidden = true;
    button.setAttribute("aria-expanded", "true");
    panel.focus();
  }

  function close() {
    panel.hidden = true;
    panel.style.display = "none";
    button.hidden = false;
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }

  button.addEventListener("click", open);
  addEventListener("message", (event) => {
    if (event.origin === home && panel && event.source === panel.contentWindow && event.data === "close-chat") close();
  });
  document.body.append(button);
})();
