// BullMQ: finished jobs are removed, and one worker has many jobs at a time, as its guide says for jobs that are short.
import { Queue, Worker } from 'bullmq';
import { run } from './harness.mjs';

const BATCH = 5_000;
const CONCURRENCY = 100;

await run(async (address, starts) => {
    const { hostname: host, port } = new URL(address);
    const connection = { host, port: Number(port), maxRetriesPerRequest: null };
    const queue = new Queue('peers', {
        connection,
        defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    const noop = async (job) => starts.started(job.timestamp + job.opts.delay);
    const worker = new Worker('peers', noop, { connection, concurrency: CONCURRENCY });
    worker.on('error', (e) => console.error(e));
    await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
    const options = (due) => {
        const timestamp = Date.now();
        return { timestamp, delay: Math.max(0, due - timestamp) };
    };
    return {
        async submit(due) {
            await queue.add('noop', {}, options(due));
        },
        async submitAll(dues) {
            for (let i = 0; i < dues.length; i += BATCH) {
                const batch = dues.slice(i, i + BATCH);
                await queue.addBulk(batch.map((due) => ({ name: 'noop', data: {}, opts: options(due) })));
            }
        },
    };
});
