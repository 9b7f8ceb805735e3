// graphile-worker, with what its page on performance gives: a local queue, and completion in batches.
import { Logger, makeWorkerUtils, run as work } from 'graphile-worker';
import { run } from './harness.mjs';

const BATCH = 10_000;
const told = ['error', 'warning'];
const logger = new Logger(() => (level, message) => told.includes(level) && console.error(message));

await run(async (connectionString, starts) => {
    const preset = {
        worker: {
            connectionString,
            concurrentJobs: 24,
            maxPoolSize: 25,
            pollInterval: 1,
            localQueue: { size: 500 },
            completeJobBatchDelay: 0,
            failJobBatchDelay: 0,
            logger,
        },
    };
    const utils = await makeWorkerUtils({ preset });
    await utils.migrate();
    await work({
        preset,
        noHandleSignals: true,
        taskList: {
            noop(_payload, helpers) {
                starts.started(helpers.job.run_at.getTime());
            },
        },
    });
    return {
        async submit(dueMs) {
            await utils.addJob('noop', {}, { runAt: new Date(dueMs) });
        },
        async submitAll(dues) {
            for (let i = 0; i < dues.length; i += BATCH) {
                const batch = dues.slice(i, i + BATCH);
                await utils.addJobs(batch.map((due) => ({ identifier: 'noop', payload: {}, runAt: new Date(due) })));
            }
        },
    };
});
