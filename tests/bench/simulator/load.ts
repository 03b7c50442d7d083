import { once } from "node:events";
import { connect, type Socket } from "node:net";

const connections = 8;

/**
 * Makes the calls, one after the other on each of eight connections. They are ready bytes, so that the servers and
 * not the client set the pace.
 *
 * @throws Error if one is not answered with 200
 */
export async function load(port: number, calls: readonly Buffer[]): Promise<void> {
  const left = calls.values();
  const useConnection = async () => {
    const socket = await connected(port);
    for (const call of left) await answerTo(socket, call);
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, useConnection));
}

/** Makes one call. @returns the body of its answer */
export async function ask(port: number, call: Buffer): Promise<Buffer> {
  const socket = await connected(port);
  const body = await answerTo(socket, call);
  socket.destroy();
  return body;
}

async function connected(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return socket;
}

async function answerTo(socket: Socket, call: Buffer): Promise<Buffer> {
  socket.write(call);
  let bytes = Buffer.alloc(0);
  for (;;) {
    const [part] = (await once(socket, "data")) as [Buffer];
    bytes = Buffer.concat([bytes, part]);
    const end = bytes.indexOf("\r\n\r\n");
    if (end === -1) continue;
    const head = bytes.toString("latin1", 0, end);
    const body = bytes.subarray(end + 4);
    if (!head.startsWith("HTTP/1.1 200 ")) throw new Error(bytes.toString());
    if (body.length >= Number(/content-length: (\d+)/i.exec(head)?.[1])) return body;
  }
}
