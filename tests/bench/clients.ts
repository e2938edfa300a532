import net from 'node:net';

export interface Call {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Answer {
  status: number;
  body: string;
  milliseconds: number;
  /** True when the connection broke before an answer came. */
  broken: boolean;
}

/**
 * Sends `calls` over `clients` kept-alive connections, each waiting for its answer before the next, and gives the answers in the
 * order of the calls. HTTP/1.1 by hand: a full client library costs more than the server it measures, on the same two cores.
 */
export async function drive(
  port: number,
  calls: readonly Call[],
  clients: number,
  each?: (index: number, answer: Answer) => void,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const client = () =>
    new Promise<void>((resolve) => {
      let socket: net.Socket;
      let index = -1;
      let began = 0;
      let buffer: Buffer = Buffer.alloc(0);
      const give = (answer: Omit<Answer, 'milliseconds'>) => {
        const whole = { ...answer, milliseconds: performance.now() - began };
        answers[index] = whole;
        each?.(index, whole);
        send();
      };
      const send = () => {
        index = next++;
        const call = calls[index];
        if (!call) {
          socket.end();
          resolve();
          return;
        }
        const body = call.body ?? '';
        const lines = [`${call.method} ${call.path} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: keep-alive'];
        for (const [name, value] of Object.entries(call.headers ?? {})) lines.push(`${name}: ${value}`);
        if (call.method === 'POST') lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
        began = performance.now();
        socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
      };
      const read = (chunk: Buffer) => {
        buffer = buffer.length > 0 ? Buffer.concat([buffer, chunk]) : chunk;
        const end = buffer.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = buffer.toString('latin1', 0, end);
        const status = Number(head.slice(9, 12));
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
        if (buffer.length < end + 4 + length) return;
        const body = buffer.toString('utf8', end + 4, end + 4 + length);
        buffer = buffer.subarray(end + 4 + length);
        give({ status, body, broken: false });
      };
      const open = (then: () => void) => {
        socket = net.connect(port, '127.0.0.1', then);
        socket.setNoDelay(true);
        socket.on('data', read);
        socket.on('error', () => {});
        socket.on('close', () => {
          if (index < 0 || !calls[index] || answers[index]) return;
          answers[index] = { status: 0, body: '', milliseconds: performance.now() - began, broken: true };
          each?.(index, { status: 0, body: '', milliseconds: 0, broken: true });
          resolve();
        });
      };
      open(send);
    });
  await Promise.all(Array.from({ length: clients }, client));
  return answers;
}

/** The value below which `share` (0 to 1) of the numbers lie. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
