/** One thing that a model could have known and should not. */
export interface Leak {
  readonly kind: 'shared group' | 'group as feature' | 'fitted on test rows';
  readonly detail: string;
}

/** What a fold's checks need to know: which rows trained, which were scored, and what every fitted part saw. */
export interface FoldUse {
  /** Publication of each training row, source and target together. */
  readonly trainGroups: Iterable<string>;
  /** Publication of each scored row. */
  readonly testGroups: Iterable<string>;
  /** Row ids from which scaler, imputation, vocabulary and weights were fitted. */
  readonly fittedOn: Iterable<string>;
  /** Row ids that are scored. */
  readonly scored: Iterable<string>;
  /** Original columns that became features. */
  readonly featureColumns: Iterable<string>;
  /** The column that names the publication. */
  readonly groupColumn: string;
}

/**
 * Looks for the leaks that turn a score into a fiction: a publication on both sides of a grouped split, a scored row
 * that something was fitted on, or the publication itself among the features.
 * @param options.grouped - whether the split claims to hold whole publications out; a random split does not.
 * @returns every leak found; none for an honest fold.
 */
export function findLeaks(use: FoldUse, { grouped = true }: { grouped?: boolean } = {}): Leak[] {
  const leaks: Leak[] = [];
  const trained = new Set(use.trainGroups);
  const shared = [...new Set(use.testGroups)].filter((group) => trained.has(group));
  if (grouped && shared.length > 0)
    leaks.push({ kind: 'shared group', detail: `${shared.length} on both sides, such as "${shared[0]}"` });
  const fitted = new Set(use.fittedOn);
  const seen = [...use.scored].filter((id) => fitted.has(id));
  if (seen.length > 0)
    leaks.push({
      kind: 'fitted on test rows',
      detail: `${seen.length} scored rows were seen, such as "${seen[0]}"`,
    });
  if (new Set(use.featureColumns).has(use.groupColumn))
    leaks.push({ kind: 'group as feature', detail: `column "${use.groupColumn}" must not be a descriptor` });
  return leaks;
}

/**
 * Refuses a leaking fold.
 * @throws RangeError that names every leak.
 */
export function refuseLeaks(use: FoldUse, options: { grouped?: boolean } = {}): void {
  const leaks = findLeaks(use, options);
  if (leaks.length === 0) return;
  throw new RangeError(`the fold leaks: ${leaks.map((l) => `${l.kind} (${l.detail})`).join('; ')}`);
}
