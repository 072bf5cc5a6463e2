// Our side of one task, in a process of its own so that its memory can be told: `node ours.js TASK FOLDER`.
import { loadTasks } from './tasks.js';

const [name, folder] = process.argv.slice(2);
const [task] = await loadTasks([name]);
const result = await task.ours(folder);
console.log(JSON.stringify({ ...result, rss_mb: process.resourceUsage().maxRSS / 1024 }));
