import {
  TOLD_BY_CONTENT,
  contradicts,
  fits,
  holdsDates,
  likeness,
  type ColumnContent,
} from './column-content';
import type { Field } from './fields';
import { tickWord, type HeadingCandidate, type NamedHeading, type Naming } from './headings';
import { plainKey } from './plain-key';

/** One column of a file as it was understood, with some of its cells. */
export interface SourceColumn {
  /** Position in the row, from 0; of JSON the order in which the keys came. */
  index: number;
  heading: string;
  field: Field | null;
  /** At most three, each at most 60 characters. */
  samples: string[];
}

/** What a person decided that a column is. */
export interface ChosenColumn {
  index: number;
  heading: string;
  field: Field | null;
}

/** A heading over cells of something else. */
export interface Contradiction {
  field: Field;
  heading: string;
  sample: string;
}

export interface Mapping {
  columns: SourceColumn[];
  contradictions: Contradiction[];
}

interface Claim {
  index: number;
  naming: Naming;
  strength: number;
}

const CONTENT_OF_NOTHING: ColumnContent = { filled: 0, counts: {}, samples: [], codeDays: 0 };
const IMPORTANT: Field[] = [
  'code',
  'status',
  'receivedAt',
  'promisedAt',
  'finishedAt',
  'returnedAt',
  'submittedAt',
];

/** Headings and cells -> the field of each column. Ambiguous headings are settled by what stands below them. */
export function mapColumns({ headings }: HeadingCandidate, contents: ColumnContent[]): Mapping {
  const contentAt = (index: number): ColumnContent => contents[index] ?? CONTENT_OF_NOTHING;
  const owner = settle(headings, contentAt);
  const columns = headings.map(({ index, heading }) => ({
    index,
    heading,
    field: [...owner].find(([, at]) => at === index)?.[0] ?? null,
    samples: contentAt(index).samples,
  }));
  return { columns: withTicks(columns), contradictions: contradictionsIn(columns, contents) };
}

function contradictionsIn(columns: SourceColumn[], contents: ColumnContent[]): Contradiction[] {
  const codes = contents.find((content) => likeness(content, 'code') >= 0.5);
  return columns.flatMap(({ index, heading, field }) => {
    const content = contents[index] ?? CONTENT_OF_NOTHING;
    if (field === null) return [];
    // Nothing below the heading of the codes, while they stand elsewhere.
    if (field === 'code' && content.filled === 0 && codes) return [{ field, heading, sample: '' }];
    return contradicts(content, field) ? [{ field, heading, sample: content.samples[0] ?? '' }] : [];
  });
}

/** Each field goes to the column that claims it best; the others may claim what else their heading may mean. */
function settle(headings: NamedHeading[], contentAt: (index: number) => ColumnContent): Map<Field, number> {
  const owner = new Map<Field, number>();
  const claims = headings.flatMap(({ index, names }) => claimsOf(index, names, contentAt(index)));
  claims.sort((a, b) => b.strength - a.strength || a.naming.rank - b.naming.rank || a.index - b.index);
  const settled = new Set<number>();
  for (const { index, naming } of claims) {
    if (settled.has(index) || owner.has(naming.field)) continue;
    owner.set(naming.field, index);
    settled.add(index);
  }
  return owner;
}

/** 3: the heading means this and the cells do not speak against it; 2: they make it mean this; 1: they speak against it. */
function claimsOf(index: number, names: Naming[], content: ColumnContent): Claim[] {
  const sound = names.filter((naming) => isSound(naming, content));
  const [first] = names;
  if (sound.length === 0) return first && !first.unsure ? [{ index, naming: first, strength: 1 }] : [];
  const fitting = sound.find((naming) => fits(content, naming.field));
  const best = names.length > 1 && fitting ? fitting : sound[0];
  return sound
    .filter((naming) => naming === best || fits(content, naming.field))
    .map((naming) => ({
      index,
      naming,
      strength: naming === best ? (naming === first && !naming.unsure ? 3 : 2) : 1.5,
    }));
}

function isSound(naming: Naming, content: ColumnContent): boolean {
  if (contradicts(content, naming.field)) return false;
  if (!naming.unsure) return true;
  if (!fits(content, naming.field)) return false;
  // A bare "Ngày" is the day of reception only when the codes say so.
  return naming.field !== 'receivedAt' || content.codeDays * 2 >= content.filled;
}

/** Whether so much speaks against the headings that the columns must have moved. */
export const isMisaligned = (contradictions: Contradiction[]): boolean =>
  contradictions.length >= 2 || contradictions.some(({ field }) => IMPORTANT.includes(field));

/** "Trực tuyến | Trực tiếp | Bưu chính" as columns of their own, each ticked where it holds. */
function withTicks(columns: SourceColumn[]): SourceColumn[] {
  if (columns.some((c) => c.field === 'channel')) return columns;
  const isTick = (c: SourceColumn) =>
    c.field === null && tickWord(c.heading) !== null && c.samples.every((sample) => sample.length <= 3);
  if (columns.filter(isTick).length < 2) return columns;
  return columns.map((c) => (isTick(c) ? { ...c, field: 'channel' } : c));
}

/** What the cells alone say, with the headings where the cells do not: a proposal for a person to confirm. */
export function suggestColumns({ headings }: HeadingCandidate, contents: ColumnContent[]): SourceColumn[] {
  const fields = new Map<number, Field>();
  const take = (field: Field, index: number | undefined) => {
    if (index !== undefined && ![...fields.values()].includes(field)) fields.set(index, field);
  };
  for (const field of TOLD_BY_CONTENT) take(field, likeliest(contents, field, fields));
  for (const [i, field] of dateFields(headings, contents).entries()) take(field, dateColumns(contents)[i]);
  for (const { index, names } of headings) {
    const free = names.find((n) => !n.unsure && !contradicts(contents[index] ?? CONTENT_OF_NOTHING, n.field));
    if (free && !fields.has(index)) take(free.field, index);
  }
  const headingAt = new Map(headings.map((h) => [h.index, h.heading]));
  const width = Math.max(
    0,
    ...headings.map((h) => h.index + 1),
    contents.findLastIndex((c) => c.filled > 0) + 1,
  );
  return Array.from({ length: width }, (_, index) => ({
    index,
    heading: headingAt.get(index) ?? '',
    field: fields.get(index) ?? null,
    samples: contents[index]?.samples ?? [],
  })).filter((c) => c.heading !== '' || c.samples.length > 0);
}

function likeliest(contents: ColumnContent[], field: Field, taken: Map<number, Field>): number | undefined {
  let best: { index: number; share: number } | undefined;
  contents.forEach((content, index) => {
    const share = likeness(content, field);
    if (!taken.has(index) && share >= 0.5 && share > (best?.share ?? 0)) best = { index, share };
  });
  return best?.index;
}

/** Columns of dates: the one with the days of the codes first, then as they stand. */
function dateColumns(contents: ColumnContent[]): number[] {
  const found = [...contents.keys()].filter((i) => holdsDates(contents[i] ?? CONTENT_OF_NOTHING));
  const days = (i: number): number => contents[i]?.codeDays ?? 0;
  const received = found.reduce((best, i) => (days(i) > days(best) ? i : best), found[0] ?? 0);
  return found.length === 0 ? [] : [received, ...found.filter((i) => i !== received)];
}

/** Reception, then the dates the headings speak of in their order, then what is usual. */
function dateFields(headings: NamedHeading[], contents: ColumnContent[]): Field[] {
  const usual: Field[] = ['promisedAt', 'finishedAt', 'returnedAt'];
  const named = headings.flatMap(({ names }) => names.slice(0, 1).map((n) => n.field));
  const order = [...named.filter((f) => usual.includes(f)), ...usual];
  return ['receivedAt', ...new Set(order)].slice(0, dateColumns(contents).length) as Field[];
}

/** A person's mapping on this heading: by position when the headings are the same, else by their texts. */
export function applyChosen(
  candidate: HeadingCandidate,
  contents: ColumnContent[],
  chosen: ChosenColumn[],
): SourceColumn[] {
  if (sameHeadings(candidate.headings, chosen))
    return chosen.map((column) => ({ ...column, samples: contents[column.index]?.samples ?? [] }));
  const byKey = new Map(chosen.map((c) => [plainKey(c.heading), c.field]));
  const taken = new Set(chosen.map((c) => c.field));
  return mapColumns(candidate, contents).columns.map((column) => {
    const known = byKey.get(plainKey(column.heading));
    if (known !== undefined) return { ...column, field: known };
    return column.field !== null && taken.has(column.field) ? { ...column, field: null } : column;
  });
}

export const sameHeadings = (headings: NamedHeading[], chosen: ChosenColumn[]): boolean => {
  const named = chosen.filter((c) => c.heading !== '');
  return (
    named.length > 0 &&
    named.length === headings.length &&
    named.every(({ index, heading }, i) => headings[i]?.index === index && headings[i].heading === heading)
  );
};

/** How many headings of the candidate the person decided about. */
export function chosenIn({ headings }: HeadingCandidate, chosen: ChosenColumn[]): number {
  const keys = new Set(chosen.map((c) => plainKey(c.heading)).filter((key) => key !== ''));
  return headings.filter(({ heading }) => keys.has(plainKey(heading))).length;
}
