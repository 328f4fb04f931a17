// Runs before the search of Sphinx, which fetches every page that it found to quote from it.
// A page read from a file cannot fetch; on a slow or metered line the titles alone must do.
"use strict";
if (location.protocol === "file:" || !navigator.onLine || navigator.connection?.saveData) {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}
