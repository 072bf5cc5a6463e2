import { type Card, cardNamed, listCards } from '../frames/cards.js';
import { findFile, locate } from '../frames/locate.js';

const USAGE = 'usage: nurdle data list [--json] | describe <id> [--json] | get <id> [--json]';

/**
 * `nurdle data`: what data sets there are, what one holds, and fetching it.
 * @param args - the words after `nurdle data`.
 * @returns the exit code: 0 when done, 1 when a data set could not be had, 2 for a command that is not known.
 */
export async function dataCommand(args: string[]): Promise<number> {
  const json = args.includes('--json');
  const [verb, id, ...rest] = args.filter((word) => word !== '--json');
  const known = verb === 'list' ? id === undefined : ['describe', 'get'].includes(verb) && id !== undefined;
  if (!known || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  try {
    const { value, lines } = verb === 'list' ? list() : verb === 'describe' ? describe(id) : await get(id);
    console.log(json ? JSON.stringify(value) : lines.join('\n'));
    return 0;
  } catch (error) {
    console.error(json ? JSON.stringify({ error: (error as Error).message }) : (error as Error).message);
    return 1;
  }
}

interface Answer {
  readonly value: unknown;
  readonly lines: readonly string[];
}

function list(): Answer {
  const sets = listCards().map((card) => ({
    id: card.id,
    title: card.title,
    role: card.role,
    synthetic: card.synthetic,
    path: findFile(card),
  }));
  const width = Math.max(...sets.map(({ id }) => id.length));
  return {
    value: sets,
    lines: sets.map(({ id, title, synthetic, path }) => {
      const state = synthetic
        ? 'made on demand, synthetic'
        : (path ?? 'not here; nurdle data get fetches it');
      return `${id.padEnd(width)}  ${title}\n${' '.repeat(width)}  ${state}`;
    }),
  };
}

function describe(id: string): Answer {
  const card = cardNamed(id);
  return {
    value: card,
    lines: [...heading(card), '', ...columnLines(card), '', ...card.traps.map((trap) => `! ${trap}`)],
  };
}

function heading({ id, title, cite, doi, licence, origin, file, rows, label }: Card): string[] {
  return [
    `${id}: ${title}`,
    `cite     ${cite}${doi ? ` doi:${doi}` : ''}`,
    `licence  ${licence}`,
    ...(origin ? [`origin   ${origin.repository}, ${origin.path}, commit ${origin.commit}`] : []),
    ...(file ? [`file     ${file.name}, ${file.bytes} bytes, SHA-256 ${file.sha256}`] : []),
    ...(rows ? [`rows     ${rows}`] : []),
    `label    ${label}`,
  ];
}

const columnLines = ({ columns }: Card): string[] =>
  columns.map(({ name, meaning, unit }) => `  ${name}${unit ? ` [${unit}]` : ''}: ${meaning}`);

async function get(id: string): Promise<Answer> {
  const card = cardNamed(id);
  if (card.synthetic)
    return {
      value: { id, from: 'generator' },
      lines: [`${id} is made on demand by its generator: nothing to fetch`],
    };
  const { path, from } = await locate(card);
  return {
    value: { id, path, from, sha256: card.file!.sha256 },
    lines: [`${id}: ${path} (${from}, SHA-256 right)`],
  };
}
