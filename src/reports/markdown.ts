/** A table in Markdown; bars in words do not cut cells. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(header), `|${header.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

const escapeCell = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A report in sections of named fields; a field without a value is a blank to be filled in. */
export interface SectionedReport {
  readonly title: string;
  readonly lead: readonly string[];
  readonly sections: readonly ReportSection[];
}

export interface ReportSection {
  readonly title: string;
  readonly fields: readonly ReportField[];
}

export interface ReportField {
  readonly title: string;
  /** Text in Markdown; `null` for a blank. */
  readonly value: string | null;
}

/** What stands in a blank. */
export const BLANK = '**[blank: to be filled in]**';

/** The report as a page of Markdown. */
export function reportPage({ title, lead, sections }: SectionedReport): string {
  const field = ({ title, value }: ReportField): string => `### ${title}\n\n${value ?? BLANK}\n`;
  const section = ({ title, fields }: ReportSection): string =>
    `## ${title}\n\n${fields.map(field).join('\n')}`;
  return [`# ${title}`, ...lead, ...sections.map(section)].join('\n\n');
}
