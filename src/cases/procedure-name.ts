import type { KnownProcedure, ProcedureFacts } from './procedure.repository';

/** A procedure as a file names it. */
export interface NamedProcedure {
  code: string | null;
  name: string;
  fieldName: string | null;
  fieldCode: string | null;
  departmentName: string | null;
}

/** "Thủ tục đăng ký khai sinh" and "Đăng ký  khai sinh" are one procedure; the input is a search key. */
export const procedureKey = (nameKey: string): string =>
  nameKey
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^thu tuc:? /, '');

/**
 * Finds procedures the way files name them: by code; without a code by name. A procedure that a file once named
 * without its code takes the code as soon as one is known. Equal names with two codes are two procedures.
 */
export class ProcedureIndex {
  private readonly byCode = new Map<string, KnownProcedure>();
  private readonly byName = new Map<string, KnownProcedure[]>();

  constructor(known: KnownProcedure[]) {
    for (const procedure of known) this.add(procedure);
  }

  add(procedure: KnownProcedure): void {
    if (procedure.code !== null) this.byCode.set(procedure.code, procedure);
    const key = procedureKey(procedure.nameKey);
    const same = this.byName.get(key);
    if (!same) this.byName.set(key, [procedure]);
    else if (!same.includes(procedure)) same.push(procedure);
  }

  find(code: string | null, nameKey: string): KnownProcedure | undefined {
    const same = this.byName.get(procedureKey(nameKey)) ?? [];
    if (code === null) return same.find((p) => !p.incomplete) ?? same[0];
    return this.byCode.get(code) ?? same.find((p) => p.code === null);
  }
}

/** What is stored wins; a file only fills what is missing. */
export const filledFrom = (stored: ProcedureFacts, file: ProcedureFacts): ProcedureFacts => ({
  code: stored.code ?? file.code,
  name: stored.name,
  fieldName: stored.fieldName ?? file.fieldName,
  fieldCode: stored.fieldCode ?? file.fieldCode,
  departmentName: stored.departmentName ?? file.departmentName,
});

export const sameFacts = (a: ProcedureFacts, b: ProcedureFacts): boolean =>
  a.code === b.code &&
  a.name === b.name &&
  a.fieldName === b.fieldName &&
  a.fieldCode === b.fieldCode &&
  a.departmentName === b.departmentName;

/** Name of a procedure in an address: its code, or a number when no file told the code. */
export const slugOf = (procedure: { id: number; code: string | null }): string =>
  procedure.code ?? `so-${procedure.id}`;
