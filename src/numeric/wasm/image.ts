import { type Arena, arena } from './arena.js';
import { loadKernels } from './load.js';
import type { Pointer } from './network.js';

/** What `assembly/image.ts` exports; see there for the layout. */
interface ImageKernels {
  correlateRows(
    ...args: [
      ...pictures: [X: Pointer, Y: Pointer, width: number, height: number],
      ...kernel: [K: Pointer, taps: number, P: Pointer],
    ]
  ): void;
  correlateColumns(
    ...args: [
      ...pictures: [X: Pointer, Y: Pointer, width: number, height: number],
      ...kernel: [K: Pointer, taps: number],
    ]
  ): void;
}

/** Room for two pictures and two kernels, with the kernels that work on it. */
export interface ImageWorkspace {
  readonly kernels: ImageKernels;
  readonly arena: Arena;
  readonly X: Pointer;
  readonly Y: Pointer;
  /** Room for a kernel of each axis, and for a row with its margins. */
  readonly down: Pointer;
  readonly across: Pointer;
  readonly row: Pointer;
}

const SLACK = 16;
let kept: { pixels: number; taps: number; workspace: ImageWorkspace } | undefined;

/** A workspace with room for so many pixels and taps: this thread's last one where it is large enough. */
export function imageWorkspace(pixels: number, taps: number): ImageWorkspace {
  if (kept && kept.pixels >= pixels && kept.taps >= taps) return kept.workspace;
  const room = arena();
  const [X, Y, row] = [pixels, pixels, pixels + 2 * taps].map((length) => room.allocate(length + SLACK));
  const [down, across] = [room.allocate(taps), room.allocate(taps)];
  const kernels = loadKernels<ImageKernels>('image', room);
  kept = { pixels, taps, workspace: { kernels, arena: room, X, Y, down, across, row } };
  return kept.workspace;
}
