/** What a cell should do: print this result (as text), show nothing (`null`), print this, or fail in this way. */
export type Expected = string | null | { prints: string } | { fails: string; says?: RegExp };

export interface Scenario {
  it: string;
  /** Cells of one notebook, in order, each with what it should do. */
  cells: readonly (readonly [code: string, expected: Expected])[];
  /** What tslab's own converter gets wrong is asked of the live backend only. */
  liveOnly?: boolean;
}

const typeError = (says: RegExp): Expected => ({ fails: 'TypeScriptError', says });

export const SCENARIOS: readonly Scenario[] = [
  {
    it: 'shows the last expression',
    cells: [
      ['1 + 1', '2'],
      ["'text'", "'text'"],
      ['undefined', null],
      ['[1, 2, 3]', '[ 1, 2, 3 ]'],
      ['({ a: 1, b: { c: [true] } })', '{ a: 1, b: { c: [ true ] } }'],
      ['new Map([[1, 2]])', 'Map(1) { 1 => 2 }'],
      ["new Set(['a'])", "Set(1) { 'a' }"],
      ['1; 2; 3', '3'],
      ['5;', '5'],
      ['const noResult = 1', null],
      ['if (true) { 7 }', null],
      ['// only a comment', null],
      ['10n ** 20n', '100000000000000000000n'],
      ['`a${1 + 1}b`', "'a2b'"],
      ['const nothing: any = null; nothing ?? 4', '4'],
      ['/a+/.exec("caat")![0]', "'aa'"],
      ['typeof undefined', "'undefined'"],
      ['new Date(0).toISOString()', "'1970-01-01T00:00:00.000Z'"],
      ['Symbol("s")', 'Symbol(s)'],
      ['new Float64Array([1.5, 2])', 'Float64Array(2) [ 1.5, 2 ]'],
      ['true && false', 'false'],
      ['0', '0'],
      ["''", "''"],
      ['NaN', 'NaN'],
    ],
  },
  {
    it: 'keeps variables from cell to cell',
    cells: [
      ['const a = 1, b = 2', null],
      ['a + b', '3'],
      ['let c = 3; var d = 4', null],
      ['c += 10; d *= 2; [c, d]', '[ 13, 8 ]'],
      ['c++; c', '14'],
      ['--d', '7'],
      ['let later: number', null],
      ['later = 5; later', '5'],
      ['const f = () => c', null],
      ['f()', '14'],
    ],
  },
  {
    it: 'sees in older functions what a later cell assigns',
    liveOnly: true,
    cells: [
      ['let n = 1; const read = () => n; function write(value: number) { n = value; }', null],
      ['n = 2; read()', '2'],
      ['write(9); n', '9'],
      ['let n = 100; read()', '100'],
    ],
  },
  {
    it: 'lets names be declared again',
    cells: [
      ['const x = 1', null],
      ['const x = "two"', null],
      ['x.length', '3'],
      ['class A { a = 1 }', null],
      ['class A { b = 2 }', null],
      ['new A()', 'A { b: 2 }'],
      ['function g() { return 1 }', null],
      ['function g() { return "again" }', null],
      ['g()', "'again'"],
      ['enum E { X }', null],
      ['enum E { Y = 5 }', null],
      ['E.Y', '5'],
      ['interface P { a: number }', null],
      ['interface P { b: string }', null],
      ['const p: P = { b: "b" }; p', "{ b: 'b' }"],
      ['let x = [1]; x', '[ 1 ]'],
    ],
  },
  {
    it: 'checks types before it runs anything',
    cells: [
      ['const n: number = 1', null],
      ['const s: string = n', typeError(/Type 'number' is not assignable to type 'string'/)],
      ['n.foo', typeError(/Property 'foo' does not exist/)],
      ['unknownName', typeError(/Cannot find name 'unknownName'/)],
      ['console.log("not printed"); n = 2', typeError(/Cannot assign to 'n' because it is a constant/)],
      ['Math.max("a")', typeError(/not assignable to parameter of type 'number'/)],
      ['function twice(v: number) { return 2 * v }', null],
      ['twice("a")', typeError(/Argument of type 'string'/)],
      ['s', typeError(/Cannot find name 's'/)],
      ['twice(n)', '2'],
      ['const bad = ;', { fails: 'SyntaxError', says: /Expression expected/ }],
      ['if (', { fails: 'SyntaxError' }],
    ],
  },
  {
    it: 'keeps types from cell to cell',
    cells: [
      ['type Id = number | string; interface Particle { id: Id; size?: number }', null],
      ['const one: Particle = { id: 1 }; const two: Particle = { id: "b", size: 2 }', null],
      ['one.size?.toFixed(1)', null],
      ['two.size!.toFixed(1)', "'2.0'"],
      [
        'type Sized = Required<Particle>; const three: Sized = { id: 3, size: 1 }; three',
        '{ id: 3, size: 1 }',
      ],
      ['const four: Sized = { id: 4 }', typeError(/Property 'size' is missing/)],
      ['const pick = <K extends keyof Particle>(p: Particle, k: K): Particle[K] => p[k]', null],
      ['pick(two, "size")', '2'],
      ['pick(two, "weight")', typeError(/"weight"/)],
      ['const xs = [one, two] as const satisfies readonly Particle[]; xs.length', '2'],
    ],
  },
  {
    it: 'destructures',
    cells: [
      ['const { a, b: renamed, c = 3, ...rest } = { a: 1, b: 2, d: 4, e: 5 } as any', null],
      ['[a, renamed, c, rest]', '[ 1, 2, 3, { d: 4, e: 5 } ]'],
      ['const [first, , third = 30, ...others] = [1, 2, undefined, 4, 5]', null],
      ['[first, third, others]', '[ 1, 30, [ 4, 5 ] ]'],
      ['const { deep: { er: [inner] } } = { deep: { er: [42] } }; inner', '42'],
      ['const key = "k"; const { [key]: computed } = { k: 8 }; computed', '8'],
    ],
  },
  {
    it: 'has functions with hoisting, recursion, overloads and generators',
    cells: [
      ['hoisted(); function hoisted() { return 1 }', null],
      ['hoisted()', '1'],
      ['function fact(k: number): number { return k < 2 ? 1 : k * fact(k - 1) }; fact(5)', '120'],
      [
        'function len(a: string): number; function len(a: unknown[]): number; function len(a: any) { return a.length }',
        null,
      ],
      ['len("abc") + len([1])', '4'],
      ['function* count() { yield 1; yield 2 }; [...count()]', '[ 1, 2 ]'],
      ['const sq = (z: number) => z * z; sq.name + sq(3)', "'sq9'"],
      ['const named = function () { return 2 }; named.name', "'named'"],
      ['function sum(...terms: number[]) { return terms.reduce((a, b) => a + b, 0) }; sum(1, 2, 3)', '6'],
      ['function shadow(sum: number) { return sum }; shadow(4)', '4'],
      ['const outer = () => { const fact = 1; return fact }; outer()', '1'],
      ['[1, 2, 3].map(sq)', '[ 1, 4, 9 ]'],
      ['const tag = (parts: TemplateStringsArray, v: number) => parts.join("|") + v; tag`a${1}b`', "'a|b1'"],
    ],
  },
  {
    it: 'has classes',
    cells: [
      [
        'class Box<T> { constructor(public value: T) {} get() { return this.value } static of<T>(v: T) { return new Box(v) } }',
        null,
      ],
      ['Box.of(3).get()', '3'],
      [
        'class Named extends Box<string> { #secret = 1; get size() { return this.value.length + this.#secret } }',
        null,
      ],
      ['new Named("ab").size', '3'],
      [
        'abstract class Shape { abstract area(): number }; class Square extends Shape { side = 2; area() { return this.side ** 2 } }',
        null,
      ],
      ['new Square().area()', '4'],
      [
        'class Self { static self = Self; static count = 0; make() { return new Self() } }; new Self().make() instanceof Self',
        'true',
      ],
      ['const Anonymous = class { v = 1 }; Anonymous.name', "'Anonymous'"],
      ['new Shape()', typeError(/Cannot create an instance of an abstract class/)],
      ['class Counter { static n = 0; static { Counter.n = 5 } }; Counter.n', '5'],
    ],
  },
  {
    it: 'has decorators',
    cells: [
      [
        'const seen: string[] = []; function log(target: any, key: string, d: PropertyDescriptor) { seen.push(key) }',
        null,
      ],
      ['class Decorated { @log run() { return 1 } }; seen', "[ 'run' ]"],
    ],
  },
  {
    it: 'has enums and namespaces',
    cells: [
      ['enum Polymer { PE, PP = 5, PS }; Polymer.PS', '6'],
      ['Polymer[0]', "'PE'"],
      ['enum Level { Low = "low", High = "high" }; Level.High', "'high'"],
      ['namespace Geometry { export const two = 2; export const twice = (v: number) => two * v }', null],
      ['Geometry.twice(4)', '8'],
      ['const p: Polymer = Polymer.PE; p', '0'],
    ],
  },
  {
    it: 'awaits at the top level',
    cells: [
      ['const v = await Promise.resolve(5); v', '5'],
      ['await Promise.resolve(7)', '7'],
      ['const both = await Promise.all([1, Promise.resolve(2)]); both', '[ 1, 2 ]'],
      ['async function slow(v: number) { await null; return v * 2 }', null],
      ['await slow(4)', '8'],
      ['(await slow(1)) + (await slow(2))', '6'],
      ['await Promise.reject(new RangeError("no"))', { fails: 'RangeError', says: /^no$/ }],
      [
        'try { await Promise.reject(new Error("x")) } catch (e: any) { console.log(e.message) }',
        { prints: 'x\n' },
      ],
    ],
  },
  {
    it: 'awaits in parentheses and in loops',
    liveOnly: true,
    cells: [
      ['await (Promise.resolve(7))', '7'],
      ['const g = await (async () => 3)(); g', '3'],
      ['async function* ticks() { yield 1; yield 2 }', null],
      ['let total = 0; for await (const t of ticks()) total += t; total', '3'],
      ['for await (const t of ticks()) { console.log(t) }', { prints: '1\n2\n' }],
      ['const later = (await (Promise.resolve([1, 2, 3]))).length; later', '3'],
    ],
  },
  {
    it: 'loops with var, let and labels',
    cells: [
      ['for (let i = 0; i < 2; i++) console.log(i)', { prints: '0\n1\n' }],
      [
        'outer: for (const a of [1, 2]) { for (const b of [1]) { if (a === 1) continue outer; console.log(a) } }',
        { prints: '2\n' },
      ],
      ['let k = 0; while (k < 3) k++; k', '3'],
      ['do { k-- } while (k > 0); k', '0'],
      [
        'switch (k) { case 0: console.log("zero"); break; default: console.log("other") }',
        { prints: 'zero\n' },
      ],
      [
        'const fs: (() => number)[] = []; for (let i = 0; i < 2; i++) fs.push(() => i); fs.map((f) => f())',
        '[ 0, 1 ]',
      ],
      ['for (const key in { x: 1 }) console.log(key)', { prints: 'x\n' }],
      [
        'try { throw new Error("t") } catch { console.log("caught") } finally { console.log("done") }',
        { prints: 'caught\ndone\n' },
      ],
    ],
  },
  {
    it: 'keeps var from inside blocks and loop heads',
    liveOnly: true,
    cells: [
      ['for (var i = 0; i < 3; i++) {}', null],
      ['i', '3'],
      ['for (var [u, w] of [[1, 2], [3, 4]]) {}', null],
      ['u + w', '7'],
      ['if (true) { var inBlock = 4 }', null],
      ['inBlock', '4'],
    ],
  },
  {
    it: 'imports',
    cells: [
      ['import { basename, join as joined } from "node:path"', null],
      ['basename(joined("a", "b.ts"))', "'b.ts'"],
      ['import os from "os"; typeof os.cpus', "'function'"],
      ['import * as path from "path"; path.extname("a.ts")', "'.ts'"],
      ['import type { Stats } from "fs"; const stats: Stats | undefined = undefined; stats', null],
      ['import { type Dirent, existsSync } from "fs"; existsSync("/")', 'true'],
      ['import fast from "fast-deep-equal"; fast([1], [1])', 'true'],
      ['import * as aq from "arquero"; aq.table({ a: [1, 2] }).numRows()', '2'],
      ['import { nothingLikeThat } from "path"', typeError(/nothingLikeThat/)],
      ['import { x } from "no-such-package"', typeError(/Cannot find module 'no-such-package'/)],
      ['import { matrix } from "nurdle"; matrix(2, 2).data.length', '4'],
      ['import "node:fs"', null],
      ['const { sep } = require("path"); sep', "'/'"],
    ],
  },
  {
    it: 'imports dynamically',
    cells: [
      ['const p = await import("node:path"); p.basename("/a/b")', "'b'"],
      ['(await import("arquero")).table({ a: [1] }).numCols()', '1'],
    ],
  },
  {
    it: 'accepts exports and forgets them',
    liveOnly: true,
    cells: [
      ['export const exported = 1; export function alsoExported() { return exported }', null],
      ['exported + alsoExported()', '2'],
      ['export default 5', '5'],
      ['export { exported }', null],
    ],
  },
  {
    it: 'reports what a cell throws',
    cells: [
      ['throw new TypeError("wrong kind")', { fails: 'TypeError', says: /^wrong kind$/ }],
      ['throw "a string"', { fails: 'Thrown', says: /a string/ }],
      [
        'class Custom extends Error { override name = "Custom" }; throw new Custom("mine")',
        { fails: 'Custom', says: /mine/ },
      ],
      ['JSON.parse("{")', { fails: 'SyntaxError', says: /JSON/ }],
      ['(null as any).x', { fails: 'TypeError', says: /null/ }],
      ['[].reduce((a: any, b: any) => a)', { fails: 'TypeError', says: /Reduce of empty array/ }],
    ],
  },
  {
    it: 'keeps what a failing cell declared before it failed',
    liveOnly: true,
    cells: [
      ['const before = 1; throw new Error("then")', { fails: 'Error' }],
      ['before', '1'],
    ],
  },
  {
    it: 'prints',
    cells: [
      ['console.log("a", 1, { b: 2 })', { prints: 'a 1 { b: 2 }\n' }],
      ['console.log("%d%%", 5)', { prints: '5%\n' }],
      ['process.stdout.write("no newline"); undefined', { prints: 'no newline' }],
      [
        'console.table([{ a: 1 }])',
        { prints: '┌─────────┬───┐\n│ (index) │ a │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘\n' },
      ],
      ['console.error("to stderr")', { prints: 'to stderr\n' }],
    ],
  },
  {
    it: 'assigns to the notebook’s names by destructuring',
    liveOnly: true,
    cells: [
      ['let m = 1, n = 2; ({ m, n } = { m: 5, n: 6 }); m + n', '11'],
      ['[m = 7] = [undefined]; m', '7'],
      ['[m, n] = [n, m]; const short = { m, n }; short', '{ m: 6, n: 7 }'],
      ['({ v: n = 3 } = {} as { v?: number }); n', '3'],
    ],
  },
  {
    it: 'knows names that begin with underscores',
    liveOnly: true,
    cells: [
      ['const __double = 6, ___triple = 7; __double + ___triple', '13'],
      ['((__double: number) => __double)(1) + __double', '7'],
    ],
  },
  {
    it: 'is not misled by missing semicolons',
    liveOnly: true,
    cells: [
      ['const o = { v: 1 }\nconst { v } = o\nv', '1'],
      ['function say() { return 1 }\nlet q = 1\nq++\nsay()', '1'],
      ['const call = () => 2\nlet r = call()\n;[r, q].length', '2'],
      ['const h = () => {\n  q\n  say()\n  return q\n}\nh()', '2'],
      ['let t = 1\nt\nconst z = 5\nz', '5'],
    ],
  },
  {
    it: 'has globals of Node',
    cells: [
      ['typeof Buffer', "'function'"],
      ['Buffer.from("ab").toString("hex")', "'6162'"],
      ['new URL("http://a/b").pathname', "'/b'"],
      ['typeof setTimeout + typeof fetch + typeof process.cwd', "'functionfunctionfunction'"],
      ['structuredClone({ a: [1] })', '{ a: [ 1 ] }'],
      ['new TextEncoder().encode("é").length', '2'],
      ['performance.now() > 0', 'true'],
    ],
  },
  {
    it: 'does not mistake locals for the notebook’s names',
    cells: [
      ['const value = 1, name2 = "n"', null],
      ['((value: number) => value)(7)', '7'],
      ['{ const value = 8; console.log(value) }', { prints: '8\n' }],
      ['value', '1'],
      ['const obj = { value: 2, name2() { return this.value } }; obj.name2()', '2'],
      ['class C { value = 3; get name2() { return this.value } }; new C().name2', '3'],
      ['try { throw 1 } catch (value) { console.log(value) }', { prints: '1\n' }],
      ['[5].map((value) => ({ value }))', '[ { value: 5 } ]'],
      ['const $ = 4, _ = 5; $ + _', '9'],
    ],
  },
  {
    it: 'shows rich values',
    cells: [
      ['const fig = { data: [{ y: [1, 2] }], layout: {} }; fig', 'Figure with 1 trace'],
      [
        '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>b</b>", "text/plain": "bold" }) })',
        'bold',
      ],
      ['({ $display: () => ({ "text/plain": "by name" }) })', 'by name'],
      ['import { html } from "nurdle"; html("<i>i</i>")', '<i>i</i>'],
      ['new Float32Array(1000)', 'Float32Array(1000) [0, 0, 0, 0, 0, 0, 0, 0, …]'],
    ],
  },
  {
    it: 'reads the typings of modules when a cell uses them',
    liveOnly: true,
    cells: [
      ["import fs from 'node:fs'; fs.existsSync('/')", 'true'],
      ["fs.existsSync('/').length", typeError(/'length' does not exist on type 'boolean'/)],
      [
        "import { readFile } from 'fs/promises'; const text = readFile('/', 'utf8').catch(() => 'none')",
        null,
      ],
      ['(await text).toUpperCase()', "'NONE'"],
      ['text.length', typeError(/'length' does not exist on type 'Promise<string>'/)],
      ['process.stdout.isTTY.toFixed()', typeError(/'toFixed' does not exist on type 'boolean'/)],
      [
        "import { EventEmitter, once } from 'events'; const emitter = new EventEmitter(); emitter.listenerCount('a')",
        '0',
      ],
      ['Buffer.from([1]).readUInt8(0)', '1'],
      ["new URL('http://a/b').pathname", "'/b'"],
      ["import type { Table } from 'nurdle'; import { matrix } from 'nurdle'; matrix(2, 3).cols", '3'],
      ["matrix('two', 3)", typeError(/'string' is not assignable/)],
      ["import { table } from 'arquero'; table({ a: [1, 2] }).numRows()", '2'],
      ['table({ a: [1] }).numRows().length', typeError(/'length' does not exist on type 'number'/)],
    ],
  },
  {
    it: 'lets a cell add to the global scope and to modules',
    liveOnly: true,
    cells: [
      ['declare global { interface Array<T> { second(): T } }', null],
      ['Array.prototype.second = function () { return this[1]; }', { prints: '' }],
      ['[1, 2].second().toFixed(1)', "'2.0'"],
      ["import * as os from 'os'; declare module 'os' { const invented: number }", null],
      ['const n: string = os.invented', typeError(/'number' is not assignable to type 'string'/)],
    ],
  },
];
