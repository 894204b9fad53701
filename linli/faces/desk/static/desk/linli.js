/* Small comforts. Every page also works without them. */
"use strict";

document.documentElement.classList.add("js");

(() => {
  const closeMenus = (except) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  };

  /* Menus: a click elsewhere or Escape closes them. */
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.menu[open]");
    closeMenus(null);
    if (menu) menu.querySelector("summary").focus();
  });

  /* The list of rooms folds away on a phone. */
  const foldNavigation = (button) => {
    const nav = document.getElementById(button.getAttribute("aria-controls"));
    if (!nav) return;
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
      nav.classList.toggle("open", open);
    });
  };

  /* A form is sent once. The button is disabled a moment later, so that its own name and value still travel.
     A form that answers with a file stays on the page: it says data-again and may be sent again. */
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => {
      button.disabled = false;
      button.removeAttribute("aria-busy");
    });
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || "again" in form.dataset) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1";
    const pressed = event.submitter;
    setTimeout(() => {
      if (event.defaultPrevented && !form.matches("[hx-post]")) release(form);
      else if (pressed) {
        pressed.disabled = true;
        pressed.setAttribute("aria-busy", "true");
      }
    }, 0);
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form");
    if (form) release(form);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });

  /* A table shown as cards keeps saying to a screen reader that it is a table. */
  const nameTables = (within) => {
    const roles = [
      ["table.table", "table"], ["table.table thead, table.table tbody, table.table tfoot", "rowgroup"],
      ["table.table tr", "row"], ["table.table td", "cell"],
      ["table.table thead th", "columnheader"], ["table.table tbody th, table.table tfoot th", "rowheader"],
    ];
    roles.forEach(([which, role]) => within.querySelectorAll(which).forEach((part) => part.setAttribute("role", role)));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-print], [data-choose], [data-back]");
    if (!button) return;
    if ("back" in button.dataset && history.length > 1) {
      event.preventDefault();
      history.back();
    }
    if ("print" in button.dataset) window.print();
    if (button.dataset.choose) {
      button.closest("form").querySelectorAll(`input[data-side="${button.dataset.choose}"]`).forEach((radio) => {
        radio.checked = true;
      });
    }
  });

  document.addEventListener("htmx:afterSwap", (event) => nameTables(event.target));
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".nav-button").forEach(foldNavigation);
    document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; });
    nameTables(document);
    const summary = document.querySelector(".error-summary");
    if (summary) summary.focus();
  });
})();
