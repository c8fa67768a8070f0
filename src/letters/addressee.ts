import * as fs from 'node:fs';
import * as path from 'node:path';
import { TEMPLATES_DIR } from '../platform/paths';
import type { Addressee } from './letter-model';

export type ApplicantKind = 'person' | 'organisation' | 'household-business';

const { person, firstWords } = JSON.parse(
  fs.readFileSync(path.join(TEMPLATES_DIR, 'letters', 'addressing.json'), 'utf8'),
) as { person: string; firstWords: string[] };

/** Persons are "Ông/Bà": no source tells their sex. Organisations are called by their name. */
export function addresseeOf(name: string, kind: ApplicantKind | null, address: string | null): Addressee {
  const clean = oneLine(name);
  const isPerson = kind === null ? !soundsLikeOrganisation(clean) : kind === 'person';
  return {
    title: isPerson ? person : '',
    name: clean,
    call: isPerson ? person : clean,
    address: address ? oneLine(address) || null : null,
  };
}

function soundsLikeOrganisation(name: string): boolean {
  const lower = `${name.toLocaleLowerCase('vi')} `;
  return firstWords.some((words) => lower.startsWith(`${words} `));
}

const oneLine = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
