import type { SourceTrail } from '../../execution/messages.js';

const CLOSING = 1e9;

/** Text edits gathered in any order, applied at once; insertions at one place keep the order they came in. */
export class Edits {
  private readonly all: { start: number; end: number; text: string; rank: number }[] = [];

  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  /** An insertion that closes what began earlier: before the others at the same place, inner ones first. */
  close(at: number, text: string): void {
    this.all.push({ start: at, end: at, text, rank: this.all.length - CLOSING });
  }

  replace(start: number, end: number, text: string): void {
    this.all.push({ start, end, text, rank: this.all.length });
  }

  /** The edited text, and where it differs from `code`. */
  apply(code: string): { text: string; trail: SourceTrail['edits'] } {
    const trail: [number, number, number][] = [];
    let text = '';
    let at = 0;
    for (const edit of this.all.sort((a, b) => a.start - b.start || a.rank - b.rank)) {
      if (edit.start < at) continue;
      text += code.slice(at, edit.start);
      trail.push([text.length, edit.text.length, edit.end - edit.start]);
      text += edit.text;
      at = edit.end;
    }
    return { text: text + code.slice(at), trail };
  }
}
