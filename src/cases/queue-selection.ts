import { isCivilDate } from '../domain/local-date';
import type { UrgencyGroup } from '../domain/outcome';
import type { Reader } from '../web/reader';
import { GROUP_SLUGS, GROUPS, sliceOf, type GroupBounds } from './queue-groups';
import { isLetterFilter, LETTER_FILTERS, type QueueQuery } from './queue-query';
import type { QueueFilter, QueueScope, QueueSlice } from './queue.repository';

/** The part of the queue a reader picked on the ruler or in the list. */
export interface PickedPart {
  kind: 'group' | 'day' | 'later';
  group: UrgencyGroup | null;
  day: string | null;
  slice: QueueSlice;
}

const DAY = /^(tu-)?((\d{4})-(\d{2})-(\d{2}))$/;

/** What `han` asks for; null when it asks for nothing known. */
export function pickedPart(han: string | undefined, bounds: GroupBounds): PickedPart | null {
  if (!han) return null;
  const group = GROUPS.find((g) => GROUP_SLUGS[g] === han);
  if (group) return { kind: 'group', group, day: null, slice: sliceOf(group, bounds) };
  const m = DAY.exec(han);
  if (!m || !isCivilDate(Number(m[3]), Number(m[4]), Number(m[5]))) return null;
  const day = m[2]!;
  const later = m[1] !== undefined;
  const slice: QueueSlice = { state: 'running', fromDay: day, toDay: later ? null : day };
  return { kind: later ? 'later' : 'day', group: null, day, slice };
}

export function scopeOf(reader: Reader, query: Pick<QueueQuery, 'pham-vi'>): QueueScope {
  const mine = { userId: reader.id, name: reader.name, departmentId: reader.departmentId };
  return { communeIds: reader.communeIds, mine: query['pham-vi'] === 'cua-toi' ? mine : null };
}

export const filterOf = (reader: Reader, query: QueueQuery): QueueFilter => ({
  ...scopeOf(reader, query),
  departmentCode: query.don_vi || null,
  officer: query.nguoi || null,
  letterStates: isLetterFilter(query.thu) ? [...LETTER_FILTERS[query.thu]] : null,
  text: query.tim || null,
});

/** True when the list is narrowed by more than the scope. */
export const isNarrowed = (query: QueueQuery): boolean =>
  Boolean(query.don_vi || query.nguoi || isLetterFilter(query.thu) || query.tim);
