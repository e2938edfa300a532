import { drive, quantile } from './clients.ts';

// A process of its own: the same request again and again. Arguments: port, path, headers as JSON, requests, clients. Prints JSON.
const [port, path, headers, requests, clients] = process.argv.slice(2);
const call = { method: 'GET' as const, path: path ?? '/', headers: JSON.parse(headers ?? '{}') as Record<string, string> };
const times: number[] = [];
const statuses: Record<number, number> = {};
let bytes = 0;
const began = performance.now();
await drive(Number(port), Array(Number(requests)).fill(call), Number(clients), (_, answer) => {
  times.push(answer.milliseconds);
  statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
  bytes = Buffer.byteLength(answer.body);
  // Thousands of pages are not to be kept: only their times count.
  answer.body = '';
});
const seconds = (performance.now() - began) / 1000;
process.stdout.write(JSON.stringify({ perSecond: times.length / seconds, p50: quantile(times, 0.5), statuses, bytes }));
