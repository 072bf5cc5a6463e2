/** Types of what every cell finds without an import. */
export const AMBIENT_FILE = '/__nurdle__/kernel.d.ts';

export const AMBIENT_TYPES = `
/** Shows a value in the cell's output. With \`id\`, a later call with \`update: true\` replaces it. */
declare function display(value: unknown, options?: { id?: string; update?: boolean; metadata?: object }): void;
/** Clears the cell's output; with \`wait\`, only when the next output comes. */
declare function clearOutput(wait?: boolean): void;
/** Asks the user for a line of text. */
declare function input(prompt?: string): Promise<string>;
`;
