import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { chosen, load, UnknownBench } from './catalogue';
import { asJson, asTable, type Measurement } from './report';

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const measurements: Measurement[] = [];
  for (const name of chosen(positionals)) {
    say(`── ${name}`);
    measurements.push(...(await load(name)(say)));
  }
  process.stdout.write(`${values.json ? asJson(measurements) : asTable(measurements)}\n`);
}

main(process.argv.slice(2)).catch((e: unknown) => {
  process.stderr.write(`${e instanceof UnknownBench ? e.message : ((e as Error).stack ?? String(e))}\n`);
  process.exitCode = 1;
});
