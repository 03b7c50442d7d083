// Node's url for the packages in the bundle. Called from outside of node_modules, `url.parse` prints a deprecation (DEP0169) that
// nobody who runs a program can do anything about; its class does the same work without a word.
const url = require("node:url");

module.exports = {
  ...url,
  parse(text, ...more) {
    if (text instanceof url.Url) return text;
    const parsed = new url.Url();
    parsed.parse(text, ...more);
    return parsed;
  },
};
