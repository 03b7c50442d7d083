// What the provider uses of the official SDK, each part loaded at its first use. bundle.mjs makes one file of it.
module.exports = {
  get Client() {
    return require("@alicloud/rds20140815").default;
  },
  get rds() {
    return require("@alicloud/rds20140815");
  },
  get openApi() {
    return require("@alicloud/openapi-core");
  },
  get credentials() {
    return require("@alicloud/credentials");
  },
  // The package's entry leaves it out.
  get external() {
    return require("@alicloud/credentials/dist/src/providers/external").default;
  },
};
