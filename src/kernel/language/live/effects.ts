import type ts from 'typescript';
import type { TypeScript } from './internals.js';

/** File names of cells. */
export const CELL = /\/__cell_\d+\.ts$/;

/** TypeScript of the user's own, which is compiled as well as checked. */
export function isLocalModule(fileName: string): boolean {
  return (
    /\.[cm]?tsx?$/.test(fileName) && !/\.d\.[cm]?ts$|\/node_modules\//.test(fileName) && !CELL.test(fileName)
  );
}

/** Whether the file changes what others see: global declarations, augmentations, references, imports for effect. */
export function hasEffects(ts: TypeScript, file: ts.SourceFile): boolean {
  if (file.fileName.endsWith('.json')) return false;
  const types = file.typeReferenceDirectives.filter(({ fileName }) => fileName !== 'node');
  if (
    types.length > 0 ||
    file.referencedFiles.length > 0 ||
    file.libReferenceDirectives.length > 0 ||
    !ts.isExternalModule(file)
  )
    return true;
  return file.statements.some(
    (statement) =>
      isForEffect(ts, statement) || (ts.isModuleDeclaration(statement) && isAmbient(ts, statement)),
  );
}

/** `import 'x'` */
export function isForEffect(ts: TypeScript, node: ts.Node): boolean {
  return ts.isImportDeclaration(node) && node.importClause === undefined;
}

/** `declare module 'x'` or `declare global` */
function isAmbient(ts: TypeScript, node: ts.ModuleDeclaration): boolean {
  return ts.isStringLiteral(node.name) || (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
}
