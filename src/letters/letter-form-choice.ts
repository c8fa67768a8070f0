/** One version of a form, without its text. */
export interface FormVersion {
  id: number;
  form: string;
  version: number;
  /** an office's; otherwise it comes with the program */
  own: boolean;
  /** an office's word that the text of the program is used again */
  usual: boolean;
  validFrom: string;
  validTo: string | null;
}

/**
 * The version a document of that day is made with. An office's text goes before the program's, a newer version before
 * an older one; of several forms that serve the same kind, the one that came into force last.
 * @param day 'YYYY-MM-DD', as all days here
 */
export function chooseForm(versions: FormVersion[], day: string): FormVersion | undefined {
  const valid = versions.filter((v) => v.validFrom <= day && (v.validTo === null || v.validTo >= day));
  const forms = [...new Set(valid.map((v) => v.form))];
  const chosen = forms.flatMap((form) => chosenOf(valid.filter((v) => v.form === form)) ?? []);
  return chosen.sort((a, b) => b.validFrom.localeCompare(a.validFrom) || b.id - a.id)[0];
}

function chosenOf(versions: FormVersion[]): FormVersion | undefined {
  const own = newest(versions.filter((v) => v.own));
  return own && !own.usual ? own : newest(versions.filter((v) => !v.own));
}

const newest = (versions: FormVersion[]): FormVersion | undefined =>
  versions.reduce<FormVersion | undefined>(
    (best, v) => (best && best.version > v.version ? best : v),
    undefined,
  );
