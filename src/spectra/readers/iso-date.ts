/**
 * A date in ISO 8601 from the ways in which instruments write it: `2020/06/16 10:11:29.0`, `97/01/28` (the standard's
 * year first), `28/8/2023`, `13-Feb-1997`; `null` where it cannot be told.
 */
export function isoDate(words: string, time = ''): string | null {
  const date = yearMonthDay(words);
  if (!date) return null;
  const [year, month, day] = date;
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const two = (n: number) => String(n).padStart(2, '0');
  const clock = /(\d{1,2}):(\d{2})(?:[:.](\d{2}))?/.exec(`${words} ${time}`);
  const hours = clock ? `T${two(Number(clock[1]))}:${clock[2]}:${clock[3] ?? '00'}` : '';
  return `${year}-${two(month)}-${two(day)}${hours}`;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function yearMonthDay(words: string): [number, number, number] | null {
  const named = /(\d{1,2})[\s\-./]*([a-z]{3})[a-z]*[\s\-./,]*(\d{2,4})/i.exec(words);
  const month = named ? MONTHS.indexOf(named[2].toLowerCase()) : -1;
  if (named && month >= 0) return [century(Number(named[3])), month + 1, Number(named[1])];
  const parts = /(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})/.exec(words);
  if (!parts) return null;
  const [a, b, c] = parts.slice(1).map(Number);
  if (parts[1].length === 4) return [a, b, c];
  if (parts[3].length === 4) return b > 12 ? [c, a, b] : [c, b, a];
  return [century(a), b, c];
}

const century = (year: number): number => (year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year);
