/** Leaves texts alone that people read: those with a blank in them. Codes, statuses and keys have none and are mutated. */
export const strykerPlugins = [
  {
    kind: "Ignore",
    name: "sentences",
    value: {
      shouldIgnore: ({ node }) => (isSentence(node) ? "A sentence that people read." : undefined),
    },
  },
];

function isSentence(node) {
  switch (node.type) {
    case "StringLiteral":
      return hasBlank(node.value);
    case "TemplateLiteral":
      // All within an ignored node is ignored as well: a text that decides something stays.
      return node.quasis.some(({ value }) => hasBlank(value.raw)) && !node.expressions.some(decides);
    default:
      return false;
  }
}

function hasBlank(text) {
  return /\s/.test(text);
}

function decides(node) {
  if (typeof node !== "object" || node === null) return false;
  if (Array.isArray(node)) return node.some(decides);
  const isDecision = /^(Conditional|Logical|ArrowFunction|Binary|Unary)Expression$/.test(node.type);
  return isDecision || (typeof node.type === "string" && Object.values(node).some(decides));
}
