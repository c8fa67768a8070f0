import type { INestApplicationContext } from '@nestjs/common';
import { AlertBootstrap } from './alerts/alert-bootstrap';
import { CalendarBootstrap } from './calendars/calendar-bootstrap';
import { LetterAdoption } from './letters/letter-adoption';
import { LetterFormBootstrap } from './letters/letter-form-bootstrap';
import { ReportBootstrap } from './reports/report-bootstrap';
import { UnitBootstrap } from './units/unit-bootstrap';

/**
 * Facts without which the service cannot work: a commune, the calendar, alert rules, the PAR criterion, forms of
 * letters. Safe at every start; before `init`, so that no job meets an empty database.
 */
export async function bootstrapFacts(app: INestApplicationContext): Promise<void> {
  await app.get(UnitBootstrap).run();
  await app.get(CalendarBootstrap).run();
  await app.get(AlertBootstrap).run();
  await app.get(ReportBootstrap).run();
  await app.get(LetterFormBootstrap).run();
  await app.get(LetterAdoption).run();
}
