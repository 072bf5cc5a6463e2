import type ts from 'typescript';
import type { TypeScript } from './internals.js';
import { SCOPE } from './scope.js';

/** An import statement as the assignments that it makes; empty when it imports types only. */
export function lowerImport(
  ts: TypeScript,
  statement: ts.ImportDeclaration,
  checker: ts.TypeChecker,
): string {
  const { importClause: clause, moduleSpecifier } = statement;
  const load = `await _$k.import(${moduleSpecifier.getText()})`;
  if (!clause) return `${load};`;
  const bindings = importBindings(ts, clause).filter(({ name }) => importsValue(ts, name, checker));
  if (bindings.length === 0) return clause.isTypeOnly || clause.namedBindings ? '' : `${load};`;
  return `{ const _$m = ${load}; ${bindings.map(({ name, from }) => `${SCOPE}.${name.text} = ${from};`).join(' ')} }`;
}

interface Binding {
  name: ts.Identifier;
  from: string;
}

function importBindings(ts: TypeScript, clause: ts.ImportClause): Binding[] {
  if (clause.isTypeOnly) return [];
  const bindings: Binding[] = [];
  if (clause.name) bindings.push({ name: clause.name, from: '_$m.default' });
  const named = clause.namedBindings;
  if (named && ts.isNamespaceImport(named)) bindings.push({ name: named.name, from: '_$m.all' });
  if (named && ts.isNamedImports(named))
    for (const element of named.elements)
      if (!element.isTypeOnly)
        bindings.push({ name: element.name, from: member((element.propertyName ?? element.name).text) });
  return bindings;
}

const member = (name: string) => (name === 'default' ? '_$m.default' : `_$m.all[${JSON.stringify(name)}]`);

/** An imported interface or type leaves nothing at run time; what the checker does not know may be a value. */
function importsValue(ts: TypeScript, name: ts.Identifier, checker: ts.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) return true;
  const target = checker.getAliasedSymbol(symbol);
  return target.escapedName === 'unknown' || (target.flags & ts.SymbolFlags.Value) !== 0;
}
