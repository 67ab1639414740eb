// Keeps a page true: parts that have changed come from the hub as server-sent events; where a proxy
// breaks streams, the page is asked for again with its ETag. Without this script pages reload.
"use strict";
(() => {
  const body = document.body;

  // A file that is being made: how far it is, until it is there to be taken.
  const watch = async () => {
    try {
      const answer = await fetch(location.href);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const [now, then] = [document.getElementById("job"), fresh.getElementById("job")];
      if (answer.redirected || !then) return location.reload();
      if (now.innerHTML !== then.innerHTML) now.innerHTML = then.innerHTML;
      if (!fresh.getElementById("stop")) {
        document.getElementById("stop")?.remove();
        return now.querySelector("[data-take]")?.click();
      }
    } catch { /* the hub is away */ }
    setTimeout(watch, 500);
  };
  if ("again" in body.dataset) watch();

  const page = body.dataset.live;
  if (!page) return;
  const SILENT_MS = 15000, POLL_MS = 5000, BROKEN_MAX = 3;
  let heard = Date.now(), broken = 0, etag = body.dataset.etag, source = null;

  const span = (ms, words) => {
    const seconds = Math.floor(ms / 1000);
    return seconds < 60
      ? words.s.replace("%s", seconds)
      : words.m.replace("%s", Math.floor(seconds / 60));
  };

  // A part in which somebody is busy waits until she has left it.
  const waiting = new Map();
  const busy = (part) =>
    part.contains(document.activeElement) && document.activeElement.matches("input,select,textarea");

  const replace = (id, html) => {
    const part = document.getElementById(id);
    if (!part || part.innerHTML === html) return;
    if (busy(part)) {
      waiting.set(id, html);
      return;
    }
    const focused = part.contains(document.activeElement) && document.activeElement.id;
    const open = [...part.querySelectorAll("details[open]")].map((d) => d.id).filter(Boolean);
    part.innerHTML = html;
    for (const details of open) document.getElementById(details)?.setAttribute("open", "");
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    part.classList.remove("new");
    void part.offsetWidth;
    part.classList.add("new");
  };
  addEventListener("focusout", () =>
    setTimeout(() => {
      for (const [id, html] of waiting) {
        waiting.delete(id);
        replace(id, html);
      }
    })
  );

  const alive = () => {
    heard = Date.now();
    broken = 0;
    tick();
  };

  // How old the figures are: said every second where a page shows it, and once they stand still.
  const tick = () => {
    const age = Date.now() - heard;
    const frozen = age > SILENT_MS;
    body.classList.toggle("frozen", frozen);
    for (const live of document.querySelectorAll(".live[data-frozen]")) {
      live.dataset.said ??= live.textContent;
      const text = frozen ? live.dataset.frozen.replace("%s", span(age, body.dataset)) : live.dataset.said;
      if (live.textContent !== text) live.textContent = text;
    }
    for (const element of document.querySelectorAll("[data-age]"))
      element.textContent = element.dataset.age.replace("%s", span(age, element.dataset));
  };
  setInterval(tick, 1000);

  const listen = () => {
    source = new EventSource("/live?page=" + page + "&seen=" + encodeURIComponent(etag));
    source.addEventListener("part", (event) => {
      const end = event.data.indexOf("\n");
      replace(event.data.slice(0, end), event.data.slice(end + 1));
      alive();
    });
    source.addEventListener("time", (event) => {
      for (const at of document.querySelectorAll("[data-at]")) at.textContent = at.dataset.at.replace("%s", event.data);
      alive();
    });
    source.addEventListener("end", () => location.reload());
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED || ++broken >= BROKEN_MAX) {
        source.close();
        setTimeout(poll, POLL_MS);
      }
    };
  };

  // One whole page; when the hub answers, streams are tried again.
  const poll = async () => {
    try {
      const answer = await fetch(location.href, { headers: { "If-None-Match": etag } });
      if (answer.redirected) return location.reload();
      if (answer.ok) {
        etag = answer.headers.get("ETag") ?? etag;
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of fresh.querySelectorAll("[data-part]")) replace(part.id, part.innerHTML);
      }
      if (answer.ok || answer.status === 304) {
        alive();
        return listen();
      }
    } catch { /* the hub is away: the page says how old it is */ }
    setTimeout(poll, POLL_MS);
  };

  listen();
})();
