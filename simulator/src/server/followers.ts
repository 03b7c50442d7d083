import type { IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import type { Duplex } from "node:stream";
import type { Clock } from "./clock.js";

/** The processes that wait by the simulator's clock instead of the real one. */
export interface Followers {
  /** Answers a request for an upgrade: `GET /_simulator/clock` with `Upgrade: followed-time`. */
  join(request: IncomingMessage, socket: Duplex): void;
  /** Ends all connections. */
  close(): void;
}

/**
 * Time passes only while all of them wait: then it goes on to the first end of a wait. So what a process does takes no
 * time of the world, however slow the machine is.
 *
 * Each has a connection of lines. The simulator writes the time, at first and whenever it was moved. The follower
 * writes `rest NOW END`: it has heard that it is NOW, has nothing to do and wakes at END; `rest NOW` without an end
 * if it does not wait for anything; and `busy` when it has something to do again. Moments are milliseconds since the
 * epoch. Who has not written since the time was moved counts as busy; who is gone, counts no more.
 *
 * @param speed how many seconds of the world a real one holds at most
 */
export function timeFollowers(clock: Clock, speed: number): Followers {
  const followers = new Map<Duplex, "busy" | { readonly end: number }>();
  let pause: NodeJS.Timeout | undefined;

  clock.onMoved(() => {
    for (const follower of followers.keys()) tell(follower);
  });

  function tell(follower: Duplex): void {
    followers.set(follower, "busy");
    follower.write(`${clock.now()}\n`);
  }

  function hear(follower: Duplex, line: string): void {
    const [state, now, end] = line.split(" ");
    const isAtRest = state === "rest" && Number(now) === clock.now();
    followers.set(follower, isAtRest ? { end: end === undefined ? Infinity : Number(end) } : "busy");
    passOn();
  }

  function passOn(): void {
    clearTimeout(pause);
    const ends: number[] = [];
    for (const state of followers.values()) {
      if (state === "busy") return;
      ends.push(state.end);
    }
    const next = Math.min(...ends);
    if (next === Infinity) return;
    if (speed === Infinity) clock.passTo(next);
    else pause = setTimeout(() => clock.passTo(next), (next - clock.now()) / speed);
  }

  function leave(follower: Duplex): void {
    if (followers.delete(follower)) passOn();
  }

  return {
    join(request, socket) {
      socket.on("error", () => socket.destroy());
      if (request.url !== "/_simulator/clock" || clock.kind === "real") {
        socket.end("HTTP/1.1 409 Conflict\r\nConnection: close\r\n\r\n");
        return;
      }
      socket.write(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: followed-time\r\n\r\n",
      );
      createInterface(socket)
        .on("line", (line) => hear(socket, line))
        .on("error", () => undefined);
      // The sockets of an HTTP server stay half open when the other side is gone.
      socket.once("end", () => socket.destroy());
      socket.once("close", () => leave(socket));
      tell(socket);
    },
    close() {
      clearTimeout(pause);
      for (const socket of followers.keys()) socket.destroy();
    },
  };
}
