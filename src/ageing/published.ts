/**
 * Validation accuracies of Zhang et al., J. Hazard. Mater. 496:139301 (2025), doi:10.1016/j.jhazmat.2025.139301, on 1,371
 * samples of seven types. Polymers, split, network and code were not published where we could read it: they stand beside
 * ours for orientation.
 */
export const PUBLISHED_AGEING = { fused: 0.964, image: 0.853, spectrum: 0.478 } as const;

/** How arms are called in tables and figures. */
export const AGEING_ARMS: Readonly<Record<string, string>> = {
  fused: 'fused by cross-attention',
  concatenated: 'concatenated',
  late: 'late fusion (mean of two)',
  image: 'image alone',
  spectrum: 'spectrum alone',
  forest: 'random forest on descriptors',
};

/** What an arm is published with, if anything. */
export const publishedAgeing = (arm: string): number | undefined =>
  Object.hasOwn(PUBLISHED_AGEING, arm) ? PUBLISHED_AGEING[arm as keyof typeof PUBLISHED_AGEING] : undefined;
