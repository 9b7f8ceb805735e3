// Answers questions with croner: reads lines "id<TAB>expression<TAB>zone<TAB>after, ms<TAB>count" from stdin and writes
// "id<TAB>ms,ms,…", or "id<TAB>error: why". Usage: node croner-answers.mjs DIRECTORY-OF-CRONER
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { Cron } = await import(pathToFileURL(`${process.argv[2]}/dist/croner.js`));
for await (const line of createInterface({ input: process.stdin })) {
    const [id, expression, timezone, after, count] = line.split("\t");
    let answer;
    try {
        const fires = new Cron(expression, { timezone, paused: true }).nextRuns(Number(count), new Date(Number(after)));
        answer = fires.map((fire) => fire.getTime()).join(",");
    } catch (error) {
        answer = `error: ${String(error.message).split("\n")[0]}`;
    }
    console.log(`${id}\t${answer}`);
}
