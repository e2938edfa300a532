import { readFileSync } from 'node:fs';
import { type Call, drive, quantile } from './clients.ts';

// A process of its own, as the people who register are. Arguments: port, file of calls, clients. Prints JSON.
const [port, file, clients] = process.argv.slice(2);
const calls: Call[] = JSON.parse(readFileSync(file ?? '', 'utf8'));
const began = performance.now();
const answers = await drive(Number(port), calls, Number(clients));
const seconds = (performance.now() - began) / 1000;
const times = answers.filter((answer) => answer && !answer.broken).map((answer) => answer.milliseconds);
process.stdout.write(
  JSON.stringify({
    seconds,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    answers: calls.map((_, index) => ({ status: answers[index]?.status ?? 0, body: answers[index]?.body ?? '' })),
  }),
);
