import type { StoredSettings } from './unit-settings';

export type UnitKind = 'province' | 'commune' | 'centre' | 'department';

/** A node of the organisation tree. */
export interface Unit {
  id: number;
  parentId: number | null;
  kind: UnitKind;
  code: string;
  name: string;
  /** named by a file or by the first start, not yet confirmed by an administrator */
  incomplete: boolean;
  active: boolean;
  settings: StoredUnitSettings;
}

/** `aliases`: further names of a department in the files that are imported. */
export type StoredUnitSettings = StoredSettings & { aliases?: string[] };

export type NewUnit = Omit<Unit, 'id' | 'active'>;
