import ts from "typescript";

/** What an entry exports. */
export interface PublicSymbol {
  readonly name: string;
  /** Classes and functions are called by programs, so each shows a whole one. */
  readonly needsExample: boolean;
  readonly examples: readonly string[];
}

/** The symbols that a file of declarations exports, with the programs of their `@example` tags. */
export function publicSymbols(types: string): readonly PublicSymbol[] {
  const program = ts.createProgram([types], {
    module: ts.ModuleKind.NodeNext,
    skipLibCheck: true,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(types);
  const module = file && checker.getSymbolAtLocation(file);
  if (!module) throw new Error(`${types} exports nothing. Run "npm run build".`);
  return checker.getExportsOfModule(module).map((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const members =
      symbol.flags & ts.SymbolFlags.Class
        ? [...(symbol.members?.values() ?? []), ...(symbol.exports?.values() ?? [])]
        : [];
    return {
      name: exported.name,
      needsExample: (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Function)) !== 0,
      examples: [symbol, ...members].flatMap((one) => examplesOf(one, checker)),
    };
  });
}

function examplesOf(symbol: ts.Symbol, checker: ts.TypeChecker): string[] {
  return symbol
    .getJsDocTags(checker)
    .filter(({ name }) => name === "example")
    .map(({ text }) => ts.displayPartsToString(text))
    .flatMap((text) => /```ts\n([^]*?)```/.exec(text)?.[1] ?? []);
}
