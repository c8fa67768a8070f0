/**
 * A `where` condition on `case_record c`: code, applicant or procedure contain the text, without regard to marks and
 * case. Two conditions joined by "or", each served by an index.
 * @param parameter the text made ready by `asTyped`, e.g. '$2'
 */
export const matches = (parameter: string): string => `(
  search_key(c.code || ' ' || c.applicant_name) like '%' || search_key(${parameter}) || '%'
  or c.procedure_id = any(array(
    select id from procedure where search_key(name) like '%' || search_key(${parameter}) || '%')))`;

/** What was typed is looked for as it is: '%' and '_' are no wildcards. */
export const asTyped = (text: string | null): string | null => text?.replace(/[\\%_]/g, '\\$&') ?? null;
