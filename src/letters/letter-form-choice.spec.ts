import { chooseForm, type FormVersion } from './letter-form-choice';

let ids = 0;
const version = (
  form: string,
  n: number,
  validFrom: string,
  more: Partial<FormVersion> = {},
): FormVersion => ({
  ...{ id: ++ids, form, version: n, own: false, usual: false, validFrom, validTo: null, ...more },
});

const OLD = version('apology-2018', 1, '2019-01-06', { validTo: '2025-06-30' });
const NEW = version('extension-apology', 1, '2025-07-01');
const CORRECTED = version('extension-apology', 2, '2025-07-01');
const NEXT_YEAR = version('extension-apology', 3, '2027-01-01');
const OWN = version('extension-apology', 1, '2026-08-01', { own: true });
const OWN_LATER = version('extension-apology', 2, '2026-10-01', { own: true, validTo: '2026-12-31' });
const USUAL_AGAIN = version('extension-apology', 3, '2026-11-01', { own: true, usual: true });

describe('the form of a document', () => {
  it.each<[string, FormVersion[], string, FormVersion | undefined]>([
    ['is the one in force on its day', [OLD, NEW], '2025-07-01', NEW],
    ['of an old day is the old one', [OLD, NEW], '2025-06-30', OLD],
    ['begins on the first day it is valid', [OLD, NEW], '2019-01-06', OLD],
    ['does not exist before there was one', [OLD, NEW], '2019-01-05', undefined],
    ['does not exist after the last day', [OLD], '2025-07-01', undefined],
    ['is its newest version', [CORRECTED, NEW], '2026-01-01', CORRECTED],
    ['is no version that comes into force later', [NEW, CORRECTED, NEXT_YEAR], '2026-12-31', CORRECTED],
    ['changes on the day the next one comes into force', [NEW, NEXT_YEAR], '2027-01-01', NEXT_YEAR],
    ['is the text of the office where it has one', [CORRECTED, OWN], '2026-08-01', OWN],
    ['is that of the program until the text of the office begins', [CORRECTED, OWN], '2026-07-31', CORRECTED],
    ['is the newest text of the office', [NEW, OWN, OWN_LATER], '2026-12-31', OWN_LATER],
    ['is the older text of the office again after the newer ends', [NEW, OWN, OWN_LATER], '2027-01-01', OWN],
    ['is the program’s again when the office says so', [NEW, OWN, OWN_LATER, USUAL_AGAIN], '2026-11-01', NEW],
    ['stays the office’s until it says so', [NEW, OWN, OWN_LATER, USUAL_AGAIN], '2026-10-31', OWN_LATER],
    ['of several that serve the kind came last', [version('a', 9, '2020-01-01'), NEW], '2026-01-01', NEW],
    ['does not exist without any', [], '2026-01-01', undefined],
  ])('%s', (_, versions, day, expected) => expect(chooseForm(versions, day)).toBe(expected));
});
