// Search without a server, and labels in the reader's language. Nothing is sent anywhere.
"use strict";
(() => {
  const root = document.documentElement.dataset.root;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const input = document.getElementById("search");
  const results = document.getElementById("results");
  let things = null;
  let loading = null;
  const load = () => loading ??= new Promise((done) => {
    const script = document.createElement("script");
    script.src = root + "search.js";
    script.onload = done;
    document.head.append(script);
  });
  const search = async () => {
    await load();
    // Read after the wait: letters typed meanwhile are not overtaken by an earlier, shorter word.
    const words = plain(input.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    if (!words.length) { results.replaceChildren(); return; }
    things ??= window.ip5kgThings.map(([path, kind, label, more]) => {
      const text = plain(label + " " + more);
      return { path, kind, label, text, words: text.split(/[^\p{L}\p{N}]+/u) };
    });
    const found = things.filter((thing) => words.every((word) =>
      thing.words.some((one) => one.startsWith(word)) || (word.length > 1 && /[^\x00-\x7f]/.test(word)
        && thing.text.includes(word))));
    const list = document.createElement("ul");
    for (const thing of found.slice(0, 40)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = root + thing.path;
      link.textContent = thing.label;
      item.append(link, ` · ${thing.kind}`);
      list.append(item);
    }
    const count = document.createElement("p");
    count.textContent = found.length > 40 ? `${found.length} found, of which the first 40 are shown`
      : `${found.length} found`;
    results.replaceChildren(count, list);
  };
  if (input) {
    input.form.hidden = false;
    input.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = results.querySelector("a");
      if (first) { first.focus(); }
    });
    input.addEventListener("input", search);
  }
  const menu = document.getElementById("language");
  const speak = (language) => {
    for (const element of document.querySelectorAll("[data-labels]")) {
      const labels = JSON.parse(element.dataset.labels);
      const own = labels[language];
      element.textContent = own || labels.en;
      if (own) { element.lang = language; } else { element.removeAttribute("lang"); }
    }
  };
  if (menu) {
    const offered = [...menu.options].map((option) => option.value);
    let chosen = null;
    try { chosen = localStorage.getItem("ip5kg-language"); } catch { /* a folder may have no storage */ }
    chosen ??= navigator.languages.map((tag) => tag.split("-")[0]).find((tag) => offered.includes(tag));
    if (chosen && offered.includes(chosen)) { menu.value = chosen; speak(chosen); }
    menu.addEventListener("input", () => {
      try { localStorage.setItem("ip5kg-language", menu.value); } catch { /* as above */ }
      speak(menu.value);
    });
  }
})();
