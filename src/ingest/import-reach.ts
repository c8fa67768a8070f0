import type { Reader } from '../web/reader';

export type ImportReach = Pick<Reader, 'unitId' | 'communeIds'>;

/** Where somebody's imports belong: the one commune, or the office above several, whose communes the rows name. */
export const importPlace = ({ unitId, communeIds }: ImportReach): number =>
  communeIds.length === 1 ? communeIds[0]! : unitId;

/** Whose imports somebody sees: those of the own communes, and the lists of a whole province for who stands above it. */
export const importReach = ({ unitId, communeIds }: ImportReach): number[] =>
  communeIds.length === 1 ? communeIds : [...communeIds, unitId];
