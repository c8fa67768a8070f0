import { bitOf, type Field } from './fields';

/**
 * How each column of a case follows from what a source says (`s`) and what is known (`c`). The source that named the
 * case first leads: what it says replaces what it said before. Another source, or an older list of the same, only
 * adds: it fills what is not known and moves a case forward, never back.
 */
interface MergeColumn {
  name: string;
  leads: string;
  adds: string;
  /** For a case nobody knows yet; default: what the source says. */
  fresh?: string;
}

/** A new case takes what the file says; a known one keeps what the file does not carry. */
const carried = (fields: Field[], said: string, kept: string): string => {
  const bits = fields.reduce((mask, field) => mask | bitOf(field), 0);
  return `case when c.id is null or s.carried & ${bits} <> 0 then ${said} else ${kept} end`;
};

const filled = (column: string): string => `coalesce(c.${column}, s.${column})`;

const plain = (field: Field, name: string): MergeColumn => ({
  name,
  leads: carried([field], `s.${name}`, `c.${name}`),
  adds: filled(name),
});

/** A fact that people may record here too: the source wins when it says something new, not when it repeats itself. */
const contested = (field: Field, column: string): string =>
  carried(
    [field],
    `case when c.id is not null and s.${column} is not distinct from c.said_${column}
    then c.${column} else s.${column} end`,
    `c.${column}`,
  );

const said = (field: Field, column: string): MergeColumn => ({
  name: `said_${column}`,
  fresh: `s.${column}`,
  leads: carried([field], `s.${column}`, `c.said_${column}`),
  adds: `c.said_${column}`,
});

const RANKS = [1, 2, 9, 4, 4, 4, 9, 9, 9, 10];
/** How far a case is, by its status 1 to 10: waiting, received, in hands, ended. */
export const rankOf = (status: number): number => RANKS[status - 1] ?? 0;
const rank = (status: string): string => `(array[${RANKS.join(', ')}])[${status}]`;

const FORWARD = `s.status is not null and ${rank('s.status')} > ${rank('c.status')}`;
const PROMISED = contested('promisedAt', 'promised_at');

export const MERGE_COLUMNS: MergeColumn[] = [
  { name: 'procedure_id', leads: 'coalesce(p.id, c.procedure_id)', adds: 'c.procedure_id', fresh: 'p.id' },
  {
    name: 'department_id',
    leads: carried(['departmentName'], 'd.id', 'c.department_id'),
    adds: 'coalesce(c.department_id, d.id)',
    fresh: 'd.id',
  },
  plain('officerName', 'officer_name'),
  {
    name: 'officer_id',
    leads: carried(['officerName'], 'o.id', 'c.officer_id'),
    adds: 'case when c.officer_name is null then o.id else c.officer_id end',
    fresh: 'o.id',
  },
  plain('applicantName', 'applicant_name'),
  plain('applicantKind', 'applicant_kind'),
  plain('address', 'address'),
  plain('phone', 'phone'),
  plain('email', 'email'),
  plain('summary', 'summary'),
  plain('channel', 'channel'),
  {
    name: 'status',
    leads: `coalesce(${contested('status', 'status')}, 2)`,
    adds: `case when ${FORWARD} then s.status else c.status end`,
    fresh: 'coalesce(s.status, 2)',
  },
  plain('submittedAt', 'submitted_at'),
  {
    name: 'received_at',
    leads: contested('receivedAt', 'received_at'),
    adds: 'case when c.status = 1 then coalesce(s.received_at, c.received_at) else c.received_at end',
  },
  // The first promise ever known; a supplement tells the one before it.
  {
    name: 'promised_first_at',
    leads: `coalesce(s.promised_first_at, c.promised_first_at, ${PROMISED})`,
    adds: 'coalesce(least(c.promised_first_at, s.promised_first_at), s.promised_at)',
    fresh: 'coalesce(s.promised_first_at, s.promised_at)',
  },
  { name: 'promised_at', leads: PROMISED, adds: filled('promised_at') },
  { name: 'finished_at', leads: contested('finishedAt', 'finished_at'), adds: filled('finished_at') },
  { name: 'returned_at', leads: contested('returnedAt', 'returned_at'), adds: filled('returned_at') },
  said('status', 'status'),
  said('receivedAt', 'received_at'),
  said('promisedAt', 'promised_at'),
  said('finishedAt', 'finished_at'),
  said('returnedAt', 'returned_at'),
];

export const MERGED = MERGE_COLUMNS.map((column) => column.name);

export const MERGE_EXPRESSIONS = MERGE_COLUMNS.map(({ name, leads, adds }) =>
  leads === adds ? `${leads} as ${name}` : `case when m.leads then ${leads} else ${adds} end as ${name}`,
).join(',\n');

/** The same for cases nobody knows yet, in the order of `MERGED`. */
export const FRESH_EXPRESSIONS = MERGE_COLUMNS.map(({ name, fresh }) => fresh ?? `s.${name}`).join(', ');

/** The case would be less far than it is; on a row `x` of the difference. */
export const GOES_BACK = `(not x.fresh and ${rank('x.status')} < ${rank('(x.old).status')})`;

/** The row tells a known case, of the same source, otherwise than the source did; on `s` and `c`. */
export const TELLS_OTHERWISE = (['status', 'promised_at', 'finished_at', 'returned_at'] as const)
  .map((column, i) => {
    const field = (['status', 'promisedAt', 'finishedAt', 'returnedAt'] as const)[i]!;
    return `(s.carried & ${bitOf(field)} <> 0 and s.${column} is distinct from c.said_${column})`;
  })
  .join(' or ');
