/** Contenders timed in turns, slice by slice, so that whatever else the machine does hits all of them alike. */

export interface Contender {
  name: string;
  /** Number of prepared questions. */
  size: number;
  /** Answers the questions from..to-1 and sums up the answers, so that none can be left out. */
  run(from: number, to: number): number;
}

/** Nanoseconds per operation, one figure a round. */
export type Rounds = number[];

interface Lane {
  contender: Contender;
  batch: number;
  at: number;
  rounds: Rounds;
}

const BATCH_NS = 500_000;

let checksum = 0;

/** Runs the next batches of the lane for at least so long. @returns nanoseconds per operation */
function slice(lane: Lane, nanoseconds: number): number {
  const { contender } = lane;
  let [done, passed] = [0, 0];
  const start = process.hrtime.bigint();
  while (passed < nanoseconds) {
    const to = Math.min(contender.size, lane.at + lane.batch);
    checksum = (checksum + contender.run(lane.at, to)) % 1_000_000_007;
    done += to - lane.at;
    lane.at = to === contender.size ? 0 : to;
    passed = Number(process.hrtime.bigint() - start);
  }
  return passed / done;
}

function warm(contender: Contender, nanoseconds: number): Lane {
  const lane: Lane = { contender, batch: 1, at: 0, rounds: [] };
  const perOperation = () => slice(lane, nanoseconds);
  lane.batch = Math.max(1, Math.min(contender.size, Math.round(BATCH_NS / perOperation())));
  lane.batch = Math.max(1, Math.min(contender.size, Math.round(BATCH_NS / perOperation())));
  lane.at = 0;
  return lane;
}

/** @returns the rounds of each contender by its name; the k-th figures of all were taken one after the other */
export function interleave(
  contenders: Contender[],
  { rounds, sliceMs }: { rounds: number; sliceMs: number },
): Map<string, Rounds> {
  const lanes = contenders.map((contender) => warm(contender, sliceMs * 2e6));
  for (let round = 0; round < rounds; round++)
    // Each round begins with another one: nobody always runs behind the same neighbour.
    for (let k = 0; k < lanes.length; k++) {
      const lane = lanes[(k + round) % lanes.length]!;
      lane.rounds.push(slice(lane, sliceMs * 1e6));
    }
  if (!Number.isFinite(checksum)) throw new Error('a contender answered no number');
  return new Map(lanes.map(({ contender, rounds: figures }) => [contender.name, figures]));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How many times as long the other one takes, by rounds. */
export const timesFaster = (ours: Rounds, theirs: Rounds): number =>
  median(theirs.map((nanoseconds, round) => nanoseconds / ours[round]!));
