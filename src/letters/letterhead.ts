import { communeLabel } from '../units/place-name';
import type { UnitSettings } from '../units/unit-settings';
import type { LetterModel } from './letter-model';

export interface Office {
  settings: UnitSettings;
  communeName: string;
  centreName: string;
}

export type Letterhead = Pick<
  LetterModel,
  'agencyParent' | 'agency' | 'agencyInText' | 'oneStop' | 'place' | 'suffix' | 'signer'
>;

const COMMITTEE = 'Ủy ban nhân dân';
const upper = (text: string): string => text.normalize('NFC').toLocaleUpperCase('vi');

/** What every letter of an office has in common. Names of places come from the unit's settings only. */
export function letterheadOf(office: Office): Letterhead {
  const { settings } = office;
  return {
    agencyParent: inOnePiece(settings.agencyParent),
    agency: inOnePiece(settings.agency),
    agencyInText: agencyInText(office),
    oneStop: `${office.centreName} ${communeLabel(office.communeName)}`,
    place: settings.placeName,
    suffix: settings.numberSuffix,
    signer: settings.signer,
  };
}

/** The agency as inside a sentence: capitals of the letterhead become the name as it is written. */
function agencyInText({ settings, communeName, centreName }: Office): string {
  const place = communeLabel(communeName);
  const agency = upper(settings.agency);
  if (agency === upper(centreName)) return `${centreName} ${place}`;
  if (agency.startsWith(upper(COMMITTEE))) return `${COMMITTEE} ${place}`;
  return settings.agency;
}

/** "ỦY BAN NHÂN DÂN XÃ …" breaks before the place, never inside the committee's name. */
const inOnePiece = (name: string): string =>
  name.normalize('NFC').replace(/(ủy|uỷ) ban nhân dân/giu, (words) => words.replace(/ /g, '\u00a0'));
