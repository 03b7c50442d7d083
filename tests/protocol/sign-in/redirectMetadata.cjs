// Loaded into a provider process (node --require): the metadata service has a fixed address, 100.100.100.200, and
// calls to it go to a local port. CommonJS, because the process runs without a compiler.
const http = require("node:http");

const original = http.request;
http.request = (options, ...rest) =>
  original(
    options.host === "100.100.100.200"
      ? { ...options, host: "127.0.0.1", port: process.env.TEST_METADATA_PORT }
      : options,
    ...rest,
  );
