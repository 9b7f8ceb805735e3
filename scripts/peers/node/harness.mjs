// Measures one peer on command: a line in, a line out. PeerMain.java does the same with the same words.
import { createInterface } from 'node:readline';

const DAY_MS = 86_400_000;
const LEAD_MS = 3_000;
const WARMUP_MAX = 20_000;
const HERD_WARMUPS = 3;
const SINGLES_WARMUP_TIMES = 4;
const SAMPLE = 1_000;
const FIRST_LIMIT_S = 120;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Microseconds of the wall clock. Date has milliseconds only, so they come from the monotonic clock and the distance of
// the two: what Date says is never later than the wall clock, so the greatest distance seen is the right one. A pause
// in between makes a distance smaller, which does no harm.
const ANCHOR_MS = 20;
let distanceUs = 0;
const monotonicUs = () => Number(process.hrtime.bigint()) / 1_000;
function anchor() {
    let greatest = -Infinity;
    for (const until = Date.now() + ANCHOR_MS; Date.now() < until; ) {
        const wall = Date.now() * 1_000;
        greatest = Math.max(greatest, wall - monotonicUs());
    }
    distanceUs = greatest;
}
const wallUs = () => Math.floor(monotonicUs() + distanceUs);

// When jobs started, seen from within them.
class Starts {
    firstMs = 0;
    watch = { fromMs: 0, untilMs: 0, count: 0, skewUs: [] };
    #seen = [];

    started(dueMs) {
        const us = wallUs();
        if (this.firstMs === 0) {
            this.firstMs = Math.floor(us / 1_000);
            this.#seen.forEach((resolve) => resolve());
        }
        const watch = this.watch;
        if (dueMs >= watch.fromMs && dueMs < watch.untilMs) {
            watch.skewUs.push(us - dueMs * 1_000);
        }
    }

    expect(count, fromMs, untilMs) {
        this.watch = { fromMs, untilMs, count, skewUs: [] };
    }

    async await(deadlineMs) {
        const watch = this.watch;
        while (watch.skewUs.length < watch.count && Date.now() < deadlineMs) {
            await pause(50);
        }
        await pause(300); // who starts a job twice does it soon
        return watch.skewUs;
    }

    async first(seconds) {
        if (this.firstMs === 0) {
            await Promise.race([new Promise((resolve) => this.#seen.push(resolve)), pause(seconds * 1_000)]);
        }
        return this.firstMs;
    }
}

function waitingMs() {
    return Date.now() + 2 * DAY_MS + Math.floor(Math.random() * 365 * DAY_MS);
}

// A load that was not ready in time is worth nothing.
function refuseLate(dueMs) {
    const lateMs = Date.now() - dueMs;
    if (lateMs > 0) {
        throw new Error(`submitting took so long that the jobs were late; lateMs=${lateMs}`);
    }
}

const filled = (count, due) => Array.from({ length: count }, (_, i) => due(i));

class Harness {
    constructor(peer, starts) {
        this.peer = peer;
        this.starts = starts;
    }

    async singles(count) {
        for (let i = 0; i < SINGLES_WARMUP_TIMES * count; i++) {
            await this.peer.submit(waitingMs());
        }
        const micros = [];
        for (let i = 0; i < count; i++) {
            const dueMs = waitingMs();
            const started = process.hrtime.bigint();
            await this.peer.submit(dueMs);
            micros.push(Number((process.hrtime.bigint() - started) / 1_000n));
        }
        return micros.join(' ');
    }

    async bulk(count) {
        await this.peer.submitAll(filled(count, waitingMs));
        const due = filled(count, waitingMs);
        const started = process.hrtime.bigint();
        await this.peer.submitAll(due);
        return Number(process.hrtime.bigint() - started) / 1e9;
    }

    async herd(count, limitSeconds) {
        const warmup = Math.min(count, WARMUP_MAX);
        for (let i = 0; i < HERD_WARMUPS; i++) {
            const warm = await this.release(warmup, limitSeconds);
            if (warm.length < warmup) {
                return warm.join(' '); // what is left of it would be in the way of the next
            }
        }
        return (await this.release(count, limitSeconds)).join(' ');
    }

    async release(count, limitSeconds) {
        const dueMs = (await this.leadMs(count)) + Date.now();
        this.starts.expect(count, dueMs, dueMs + 1);
        await this.peer.submitAll(filled(count, () => dueMs));
        refuseLate(dueMs);
        anchor();
        return this.starts.await(dueMs + limitSeconds * 1_000);
    }

    async steady(rate, warmSeconds, seconds, limitSeconds) {
        const count = (warmSeconds + seconds) * rate;
        const fromMs = (await this.leadMs(count)) + Date.now();
        const measuredMs = fromMs + warmSeconds * 1_000;
        const untilMs = measuredMs + seconds * 1_000;
        this.starts.expect(seconds * rate, measuredMs, untilMs);
        await this.peer.submitAll(filled(count, (i) => fromMs + Math.floor((i * 1_000) / rate)));
        refuseLate(fromMs);
        anchor();
        return (await this.starts.await(untilMs + limitSeconds * 1_000)).join(' ');
    }

    // How long before they are due so many jobs have to be submitted: twice as long as a sample says.
    async leadMs(count) {
        await this.peer.submitAll(filled(SAMPLE, waitingMs)); // warms up
        const startedMs = Date.now();
        await this.peer.submitAll(filled(SAMPLE, waitingMs));
        return LEAD_MS + Math.ceil((2 * (Date.now() - startedMs) * count) / SAMPLE);
    }

    async stream(rate, seconds, waiting) {
        await this.peer.submitAll(filled(waiting, waitingMs));
        const fromMs = Date.now() + LEAD_MS;
        await this.peer.submitAll(filled(rate * seconds, (i) => fromMs + Math.floor((i * 1_000) / rate)));
        if ((await this.starts.first(FIRST_LIMIT_S)) === 0) {
            throw new Error('nothing started');
        }
        return '';
    }

    first() {
        return this.starts.first(FIRST_LIMIT_S);
    }
}

const COMMANDS = ['singles', 'bulk', 'herd', 'steady', 'stream', 'first'];

/** Runs a peer: open(address, starts) gives an object with submit and submitAll. */
export async function run(open) {
    const answer = (line) => process.stdout.write(`${line}\n`);
    anchor();
    const starts = new Starts();
    const harness = new Harness(await open(process.argv[2], starts), starts);
    answer('ok');
    for await (const line of createInterface({ input: process.stdin })) {
        const [command, ...numbers] = line.split(' ');
        try {
            if (!COMMANDS.includes(command)) {
                throw new Error(`no such command; command=${command}`);
            }
            answer(`ok ${await harness[command](...numbers.map(Number))}`);
        } catch (e) {
            console.error(e);
            answer(`error ${String(e.message).replace(/\s+/g, ' ')}`);
        }
    }
    process.exit(0);
}
