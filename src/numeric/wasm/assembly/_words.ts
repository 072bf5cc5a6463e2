// Words of text columns, each stored once: an open-addressing table from a word's bytes to its number.

/** One column's words. The host makes all three arrays large enough before every call. */
@unmanaged
export class Dictionary {
  /** Word number plus one, or 0 for a free slot; as many as `mask` + 1. */
  slots: usize;
  mask: u32;
  /** Address, length and hash of each word. */
  entries: usize;
  count: u32;
}

const ENTRY: u32 = 12;

/** Where the bytes of the next new word go. */
let heap: usize = 0;

export function setHeap(address: usize): void {
  heap = address;
}

export function getHeap(): usize {
  return heap;
}

/** The number of a word; a new one is copied to the heap. */
export function intern(dictionary: Dictionary, word: usize, length: u32): i32 {
  const hash = hashOf(word, length);
  let slot = hash & dictionary.mask;
  while (true) {
    const code = load<u32>(dictionary.slots + (slot << 2));
    if (code == 0) return add(dictionary, slot, word, length, hash);
    const entry = dictionary.entries + (code - 1) * ENTRY;
    if (
      load<u32>(entry, 8) == hash &&
      load<u32>(entry, 4) == length &&
      memory.compare(load<u32>(entry), word, length) == 0
    )
      return code - 1;
    slot = (slot + 1) & dictionary.mask;
  }
}

function add(dictionary: Dictionary, slot: u32, word: usize, length: u32, hash: u32): i32 {
  const code = dictionary.count++;
  const entry = dictionary.entries + code * ENTRY;
  if (word != heap) memory.copy(heap, word, length);
  store<u32>(entry, heap);
  store<u32>(entry, length, 4);
  store<u32>(entry, hash, 8);
  store<u32>(dictionary.slots + (slot << 2), code + 1);
  heap += length;
  return code;
}

/** Eight bytes at a time; the last may reach past the word, where the host keeps readable bytes. */
function hashOf(word: usize, length: u32): u32 {
  let h: u64 = length;
  let i: u32 = 0;
  for (; i + 8 <= length; i += 8) h = (h ^ load<u64>(word + i)) * 0x9e3779b97f4a7c15;
  const rest = length - i;
  if (rest > 0) h = (h ^ (load<u64>(word + i) & (((<u64>1) << (rest << 3)) - 1))) * 0x9e3779b97f4a7c15;
  h ^= h >>> 32;
  return <u32>((h * 0xd6e8feb86659fd93) >>> 32);
}

/** Fills the new, zeroed slots of a dictionary that has grown. */
export function rehash(dictionary: Dictionary): void {
  for (let code: u32 = 0; code < dictionary.count; code++) {
    let slot = load<u32>(dictionary.entries + code * ENTRY, 8) & dictionary.mask;
    while (load<u32>(dictionary.slots + (slot << 2)) != 0) slot = (slot + 1) & dictionary.mask;
    store<u32>(dictionary.slots + (slot << 2), code + 1);
  }
}
