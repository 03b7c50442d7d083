// Loaded into a server that is measured (node --import), so that the server itself is the one that people run:
// tells its parent how much processor time it used, and what it used it for.
import { Session } from "node:inspector/promises";

const session = new Session();
const answers = {
  cpu() {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  async startProfile() {
    session.connect();
    await session.post("Profiler.enable");
    await session.post("Profiler.start");
  },
  async stopProfile() {
    return (await session.post("Profiler.stop")).profile;
  },
};
process.on("message", async (asked) => process.send({ answer: await answers[asked]() }));
process.channel.unref();
// A measurement that is killed does not leave its servers behind.
process.on("disconnect", () => process.exit());
