// Improvements over pages that work without any of this: suggestions while typing, search inside a
// facet without a reload, copying a citation. No address is built that the server does not also
// answer without a script.
"use strict";
(function () {
  // --- suggestions: the WAI-ARIA combobox pattern. Nothing happens while an input method composes:
  // Enter that ends a conversion must neither choose nor search.
  const KINDS = { municipality: "自治体", prefecture: "都道府県", contractor: "委託先", process: "事務", category: "分野", system: "システム", item: "項目" };
  let lists = 0;

  function combobox(input) {
    const list = document.createElement("ul");
    list.className = "suggest";
    list.id = "suggest-" + ++lists;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "入力の候補");
    list.hidden = true;
    input.form.appendChild(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    let composing = false, chosen = -1, timer = 0, asked = "";

    function close() {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function choose(index) {
      const options = list.children;
      if (options[chosen]) options[chosen].setAttribute("aria-selected", "false");
      chosen = index;
      if (!options[chosen]) return input.removeAttribute("aria-activedescendant");
      options[chosen].setAttribute("aria-selected", "true");
      options[chosen].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[chosen].id);
    }
    function take(option) {
      input.value = option.dataset.query;
      close();
      input.form.requestSubmit ? input.form.requestSubmit() : input.form.submit();
    }
    function part(className, text) {
      const span = document.createElement("span");
      span.className = className;
      span.textContent = text;
      return span;
    }
    function show(suggestions) {
      list.textContent = "";
      suggestions.forEach(function (entry, index) {
        const option = document.createElement("li");
        option.id = list.id + "-" + index;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.query = entry.query;
        option.append(part("kind", KINDS[entry.kind] || ""), part("value", entry.value), part("n", String(entry.count)));
        list.appendChild(option);
      });
      chosen = -1;
      list.hidden = suggestions.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
    }
    function ask() {
      const typed = input.value;
      if (typed.trim() === "") return close();
      asked = typed;
      fetch("/api/v1/suggest?limit=10&q=" + encodeURIComponent(typed), { headers: { Accept: "application/json" } })
        .then(function (answer) { return answer.ok ? answer.json() : { suggestions: [] }; })
        .then(function (answer) { if (asked === input.value && document.activeElement === input) show(answer.suggestions || []); })
        .catch(close);
    }
    function soon() {
      clearTimeout(timer);
      timer = setTimeout(ask, 120);
    }
    input.addEventListener("compositionstart", function () { composing = true; });
    input.addEventListener("compositionend", function () { composing = false; soon(); });
    // Readings suggest too, so that what is being composed (kana) is asked for as well.
    input.addEventListener("input", soon);
    input.addEventListener("blur", function () { setTimeout(close, 150); });
    input.addEventListener("keydown", function (event) {
      if (composing || event.isComposing || event.keyCode === 229) return;
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
      else if (event.key === "ArrowDown" && !list.hidden) { event.preventDefault(); choose(Math.min(chosen + 1, list.children.length - 1)); }
      else if (event.key === "ArrowUp" && !list.hidden) { event.preventDefault(); choose(Math.max(chosen - 1, -1)); }
      else if (event.key === "Enter" && chosen >= 0 && !list.hidden) { event.preventDefault(); take(list.children[chosen]); }
    });
    list.addEventListener("mousedown", function (event) {
      const option = event.target.closest("[role=option]");
      if (option) { event.preventDefault(); take(option); }
    });
    input.form.addEventListener("submit", function (event) { if (composing) event.preventDefault(); });
  }

  // --- search inside a facet
  function facetSearch(input) {
    const name = input.dataset.facetSearch;
    const section = input.closest(".facet");
    const list = section.querySelector("[data-facet-list]");
    const more = section.querySelector("details");
    const original = Array.from(list.children);
    let composing = false, timer = 0;

    function address(value) {
      const state = new URLSearchParams(location.search);
      Array.from(state.keys()).forEach(function (key) { if (key === "offset" || key.startsWith("in.")) state.delete(key); });
      state.append(name, value);
      return "/search?" + state.toString();
    }
    function row(entry) {
      const item = document.createElement("li"), link = document.createElement("a");
      const label = document.createElement("span"), count = document.createElement("span");
      label.className = "name"; label.textContent = entry.value;
      count.className = "n"; count.textContent = String(entry.count);
      link.href = address(entry.value);
      link.append(label, count);
      item.appendChild(link);
      return item;
    }
    function ask() {
      const part = input.value.trim();
      if (more) more.hidden = part !== "";
      if (part === "") return list.replaceChildren.apply(list, original);
      const state = new URLSearchParams(location.search);
      const query = new URLSearchParams();
      state.forEach(function (value, key) { if (key !== "offset" && key !== "limit" && !key.startsWith("in.")) query.append(key, value); });
      query.set("prefix", part);
      fetch("/api/v1/facets/" + name + "?" + query.toString())
        .then(function (answer) { return answer.json(); })
        .then(function (answer) { if (input.value.trim() === part && answer.values) list.replaceChildren.apply(list, answer.values.map(row)); })
        .catch(function () {});
    }
    input.addEventListener("compositionstart", function () { composing = true; });
    input.addEventListener("compositionend", function () { composing = false; ask(); });
    input.addEventListener("input", function () { if (!composing) { clearTimeout(timer); timer = setTimeout(ask, 150); } });
    input.form.addEventListener("submit", function (event) { if (composing) event.preventDefault(); });
  }

  // --- citations: of the whole document, and of one item with its place
  function copy(button, text) {
    const label = button.textContent;
    navigator.clipboard.writeText(text).then(function () {
      button.textContent = "写しました";
      setTimeout(function () { button.textContent = label; }, 1500);
    }, function () { window.prompt("この引用を写してください", text); });
  }
  function citations(article) {
    const address = location.origin + location.pathname;
    const whole = article.querySelector("[data-copy]");
    if (whole) {
      whole.hidden = false;
      whole.addEventListener("click", function () { copy(whole, article.dataset.cite + " " + address); });
    }
    article.querySelectorAll(".p .anchor").forEach(function (anchor) {
      const passage = anchor.closest(".p");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "linklike";
      button.textContent = "引用";
      button.title = "この項目の引用を写す";
      button.addEventListener("click", function () {
        const section = passage.parentElement.querySelector("h3").textContent;
        const where = passage.querySelector(".where").textContent.trim();
        copy(button, article.dataset.cite + "、" + section + " " + passage.querySelector("h4").textContent + (where ? "、" + where : "") + " " + address + "#" + passage.id);
      });
      anchor.after(" ", button);
    });
  }

  document.querySelectorAll("input[data-suggest]").forEach(combobox);
  document.querySelectorAll("input[data-facet-search]").forEach(facetSearch);
  document.querySelectorAll("article[data-cite]").forEach(citations);
})();
