import type { Envelope } from './portal-envelope';
import type { Fault } from './faults';
import type { Pushed } from './push';
import { pushSummary, recordSummary } from './push-words';

interface PortalFault {
  /** As the record calls it. */
  field: string;
  value: string;
  message: string;
  remedy: string;
}

/** As clients of the portal read answers: '0' is success, everything else is not. */
export interface PortalAnswer {
  error_code: string;
  message: string;
  result?: { total: number; created: number; updated: number; unchanged: number; failed: number };
  /** Every record that was sent, in its order. */
  data?: {
    MaHoSo: string | null;
    error_code: string;
    message: string;
    faults: PortalFault[];
    warnings: PortalFault[];
  }[];
}

const SUCCESS = '0';
/** Some records stayed out; the others went in. */
const SOME_FAILED = '1';

export function portalAnswer({ records }: Envelope, pushed: Pushed): PortalAnswer {
  const { rows: total, created, updated, unchanged, faulty: failed } = pushed;
  return {
    error_code: failed === 0 ? SUCCESS : SOME_FAILED,
    message: pushSummary(pushed),
    result: { total, created, updated, unchanged, failed },
    data: records.map((record, i) => {
      const faults = pushed.faults.filter((f) => f.line === i + 1);
      return {
        MaHoSo: codeOf(record),
        error_code: faults.length === 0 ? SUCCESS : SOME_FAILED,
        message: recordSummary(faults),
        faults: faults.map(faultOf),
        warnings: pushed.warnings.filter((f) => f.line === i + 1).map(faultOf),
      };
    }),
  };
}

const codeOf = ({ MaHoSo }: Record<string, unknown>): string | null =>
  typeof MaHoSo === 'string' || typeof MaHoSo === 'number' ? String(MaHoSo).slice(0, 100) : null;

const faultOf = ({ column, value, message, remedy }: Fault): PortalFault => ({
  ...{ field: column, value, message, remedy },
});
