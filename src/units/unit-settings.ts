import { z } from 'zod';
import { communeLabel, placeOf } from './place-name';

/**
 * When a letter gets its number: before it is signed, after it (number and date are blank on the printed sheet), or
 * from another system, whose number is entered (Decree 30/2020, Điều 15 allows each).
 */
export const NUMBERING_ORDERS = ['before-signature', 'after-signature', 'external'] as const;
export type NumberingOrder = (typeof NUMBERING_ORDERS)[number];

/** What letters, mails and deadlines need to know about a commune. Stored values win over the derived ones. */
export const unitSettingsSchema = z.object({
  /** with its kind, as inside a sentence: "tỉnh Lai Châu" */
  provinceName: z.string(),
  /** place of a document's date line: "Bình Lư" */
  placeName: z.string(),
  agencyParent: z.string(),
  agency: z.string(),
  agencyShort: z.string(),
  /** what follows the number of a letter: "16/XL-TTPVHCC" */
  numberSuffix: z.string(),
  numberingOrder: z.enum(NUMBERING_ORDERS),
  signer: z.object({
    /** lines above the title: ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"] */
    authority: z.array(z.string()),
    title: z.string(),
    name: z.string(),
  }),
  phone: z.string(),
  timeOfDay: z.enum(['end-of-office', 'same-hour']),
  /** first part of the commune's case codes: "H35.50.12" */
  caseCodePrefix: z.string(),
});

export type UnitSettings = z.infer<typeof unitSettingsSchema>;

/** As stored in `unit.settings` of a commune. */
export const storedSettingsSchema = unitSettingsSchema.partial();
export type StoredSettings = z.infer<typeof storedSettingsSchema>;

export interface UnitNames {
  commune: string;
  centre: string;
  /** null when the tree has no province above the commune */
  province: string | null;
}

export const CENTRE_NAME = 'Trung tâm Phục vụ hành chính công';

/** The settings a commune has before anybody edits them. */
export function defaultSettings(names: UnitNames): UnitSettings {
  const short = initialsOf(names.centre);
  return {
    provinceName: names.province ? communeLabel(names.province) : '',
    placeName: placeOf(names.commune),
    agencyParent: `ỦY BAN NHÂN DÂN ${names.commune.toUpperCase()}`,
    agency: names.centre.toUpperCase(),
    agencyShort: `${short} ${communeLabel(names.commune)}`,
    numberSuffix: `XL-${short}`,
    numberingOrder: 'before-signature',
    signer: { authority: [], title: 'GIÁM ĐỐC', name: '' },
    phone: '',
    timeOfDay: 'end-of-office',
    caseCodePrefix: '',
  };
}

/** "Trung tâm Phục vụ hành chính công" -> "TTPVHCC"; marks stay: "Văn phòng Đảng ủy" -> "VPĐU". */
export const initialsOf = (name: string): string =>
  name
    .normalize('NFC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'và')
    .map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : word.charAt(0).toUpperCase()))
    .join('');

/**
 * What has to be kept: values that differ from every set of derived ones. Values derived from the old names do not
 * count as typed, so a form that was filled in before the name was corrected does not freeze them.
 */
export function settingsToStore(given: UnitSettings, derived: UnitSettings[]): StoredSettings {
  const typed = Object.entries(given).filter(([key, value]) =>
    derived.every((d) => JSON.stringify(d[key as keyof UnitSettings]) !== JSON.stringify(value)),
  );
  return storedSettingsSchema.parse(Object.fromEntries(typed));
}
