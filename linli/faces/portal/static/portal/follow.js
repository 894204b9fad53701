/* A receipt's QR code carries its code behind the #, which no server is sent: here it is put into the field.
   Without this script the code is typed. */
"use strict";

(() => {
  const field = document.querySelector("input[name=code]");
  const code = decodeURIComponent(location.hash.slice(1));
  if (!field || !/^[0-9A-Za-z-]{12,40}$/.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
})();
