/** Jupyter counts a cursor in Unicode code points, JavaScript in UTF-16 units. */
export function fromCodePoints(text: string, offset: number): number {
  let units = 0;
  let points = 0;
  for (const character of text) {
    if (points++ >= offset) break;
    units += character.length;
  }
  return units;
}

export function toCodePoints(text: string, offset: number): number {
  return [...text.slice(0, offset)].length;
}
