import net from 'node:net';

/** From here on this process cannot reach another machine: a mail to a real person would fail the test that sends it. */
export function stayOnThisMachine(allowed: (string | undefined)[]): void {
  const known = new Set(['localhost', '::1', '0.0.0.0', ...allowed.filter(Boolean).map((url) => new URL(url ?? '').hostname)]);
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]) {
    const [first] = args.flat();
    const host = typeof first === 'object' && first !== null && 'host' in first ? String(first.host ?? 'localhost') : 'localhost';
    const isPath = typeof first === 'object' && first !== null && 'path' in first && first.path;
    if (!isPath && !known.has(host) && !/^(::ffff:)?127\./.test(host)) throw new Error(`A test tried to reach ${host}`);
    return Reflect.apply(connect, this, args);
  } as typeof connect;
}
