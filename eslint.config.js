import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** Dependencies point down: program, engine, lifecycle, reconcile, ownership and preflight, copy, rds, time. */
const layer = (files, forbidden) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns: forbidden }] },
});
const pulumi = { group: ["@pulumi/*"], message: "Nothing below the adapter knows Pulumi." };
const alicloud = { group: ["@alicloud/*"], message: "Nothing above rds/ knows the SDK." };
const above = (...folders) => ({
  group: folders.map((folder) => `**/${folder}/*`),
  message: "Dependencies point one way (docs/architecture.md).",
});

export default defineConfig(
  { ignores: ["**/dist/**", "**/node_modules/**", ".stryker-tmp/**"] },
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/only-throw-error": "error",
      // An underscore says "not used" where the language wants a name.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_" },
      ],
      // Plain data and functions: no interface of this project depends on `this`.
      "@typescript-eslint/unbound-method": "off",
    },
  },
  layer(["provider/src/*.ts", "provider/src/program/**/*.ts"], [alicloud]),
  layer(["provider/src/engine/**/*.ts"], [alicloud, above("program")]),
  layer(["provider/src/lifecycle/**/*.ts"], [pulumi, alicloud, above("engine", "program")]),
  layer(["provider/src/reconcile/**/*.ts"], [pulumi, alicloud, above("engine", "program", "lifecycle")]),
  layer(
    ["provider/src/ownership/**/*.ts", "provider/src/preflight/**/*.ts"],
    [pulumi, alicloud, above("engine", "program", "lifecycle", "reconcile")],
  ),
  layer(
    ["provider/src/copy/**/*.ts"],
    [pulumi, alicloud, above("engine", "program", "lifecycle", "reconcile", "ownership", "preflight")],
  ),
  layer(
    ["provider/src/rds/**/*.ts"],
    [pulumi, above("engine", "program", "lifecycle", "reconcile", "ownership", "preflight", "copy")],
  ),
  layer(
    ["provider/src/time/**/*.ts"],
    [
      pulumi,
      alicloud,
      above("engine", "program", "lifecycle", "reconcile", "ownership", "preflight", "copy", "rds"),
    ],
  ),
  { files: ["**/*.js", "**/*.mjs", "**/*.cjs"], extends: [tseslint.configs.disableTypeChecked] },
  { files: ["**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
