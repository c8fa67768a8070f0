import { z } from 'zod';
import { epochDay, isCivilDate, isoDay } from '../domain/local-date';

const WRONG = 'Nhập ngày dạng ngày/tháng/năm, ví dụ 05/02/2026.';

/** A day as people type it, 'dd/mm/yyyy', to 'YYYY-MM-DD'. */
export const typedDay = z.string(WRONG).transform((text, context) => {
  const found = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text);
  const [day, month, year] = found ? [Number(found[1]), Number(found[2]), Number(found[3])] : [0, 0, 0];
  if (found && isCivilDate(year, month, day)) return isoDay(epochDay(year, month, day));
  context.addIssue({ code: 'custom', message: WRONG });
  return z.NEVER;
});
