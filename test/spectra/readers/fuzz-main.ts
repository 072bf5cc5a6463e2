// npm run fuzz [-- COUNT [SEED]]: breaks COUNT files a reader (100,000 by default) and says what came of them.
import { fuzz, seeds } from './fuzz.js';

const [count = 100_000, seed = 1] = process.argv.slice(2).map(Number);
for (const [name, bases] of seeds()) {
  const { files, read, refused, slowestMs, failures } = fuzz(name, bases, count, seed);
  console.log(
    `${name}: ${files} files, ${read} read, ${refused} refused, ${failures.length} failures, slowest ${slowestMs.toFixed(0)} ms`,
  );
  for (const failure of failures.slice(0, 5)) console.log(`  ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
}
