// Loaded into a provider process (node --require): the metadata service of an ECS instance and the service for OAuth
// logins have addresses that nothing configures, and calls to them go to a local port. CommonJS, because the process
// runs without a compiler.
const http = require("node:http");
const https = require("node:https");

const here = { host: "127.0.0.1", hostname: "127.0.0.1", port: process.env.TEST_SERVICE_PORT };
const original = http.request;
http.request = (options, ...rest) =>
  original(options.host === "100.100.100.200" ? { ...options, ...here } : options, ...rest);

const originalSecure = https.request;
https.request = (options, ...rest) =>
  options.host === "oauth.aliyun.com"
    ? original({ ...options, ...here, protocol: "http:", agent: undefined }, ...rest)
    : originalSecure(options, ...rest);
