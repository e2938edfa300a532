import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterFile } from './after-file.ts';

export interface Gate {
  /** The address given, by way of the gate. */
  url: string;
  /** As when the server behind it goes away: what is open breaks, and nobody gets in. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** A way to a server that can be shut and opened again. */
export async function gateTo(address: string): Promise<Gate> {
  const { hostname, port } = new URL(address);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((from) => {
    const to = keep(connect(Number(port), hostname));
    keep(from).pipe(to).pipe(from);
    from.on('close', () => to.destroy());
    to.on('close', () => from.destroy());
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const shut = () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    return closed;
  };
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  afterFile(shut);
  const url = new URL(address);
  url.host = `127.0.0.1:${own}`;
  return { url: url.href, shut, open: () => listen(own) };
}
