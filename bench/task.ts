/** One row's worth of work: the same computation by us and by its peers, each in a process of its own. */
export interface BenchTask {
  /** What `--only` takes, such as `mlp`. */
  readonly name: string;
  /** The work in a few words, with its sizes. */
  readonly title: string;
  /** Writes the inputs, seeded, into `folder`: ours and the peers' processes read them from there. */
  prepare(folder: string): void | Promise<void>;
  /** Our side. Reads, warms up, then measures the work itself. Runs in a fresh process. */
  ours(folder: string): BenchResult | Promise<BenchResult>;
  readonly peers: readonly BenchPeer[];
  /** Lines to print when all sides have run, from what they left in `folder`. */
  compare?(folder: string): readonly string[];
  /** How often each side runs; the medians are reported. Default 5. */
  readonly repeats?: number;
}

/** A program to measure against: `python bench/peers/<script> <argument> <folder>`. */
export interface BenchPeer {
  /** As printed, such as `PyTorch`. */
  readonly name: string;
  /** File under bench/peers/. Its last line of output is a JSON object `{ seconds, quality, rss_mb }`. */
  readonly script: string;
  /** First argument, for a script that holds several peers. */
  readonly argument?: string;
  /** The ratio ours / peer that we want to stay below; absent for a peer that is shown for comparison only. */
  readonly goal?: number;
}

/** What one run of one side reports. */
export interface BenchResult {
  /** Wall time of the work, without start-up, reading and warm-up. */
  readonly seconds: number;
  /** What shows that the work was done well, such as `{ accuracy: 0.91 }`. */
  readonly quality: Readonly<Record<string, number>>;
  /** Peak resident memory of the process in MB; the harness fills it in for our side. */
  readonly rss_mb?: number;
}

/** One line of the report. A side that could not run has `null` and says why in `missing`. */
export interface BenchRow {
  readonly task: string;
  readonly peer: string;
  readonly ours_s: number;
  readonly peer_s: number | null;
  readonly ratio: number | null;
  readonly goal: number | null;
  readonly quality: { ours: Readonly<Record<string, number>>; peer: Readonly<Record<string, number>> | null };
  /** Peak memory of our process, in MB. */
  readonly rss_mb: number;
  readonly peer_rss_mb: number | null;
  readonly missing?: string;
}
