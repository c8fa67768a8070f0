import { Injectable } from '@nestjs/common';
import type { Reader } from './reader';

/** The office a page speaks for: foot of the page, head of printed pages, sign-in page. */
export interface Office {
  /** "Trung tâm Phục vụ hành chính công xã Bình Lư, tỉnh Lai Châu" */
  name: string;
  /** "07:30–11:30, 13:30–17:30", null when not known */
  officeHours: string | null;
}

type FindOffice = (reader: Reader | null) => Promise<Office | null>;

/** A later feature says which office it is; until then pages name none. */
@Injectable()
export class OfficeDirectory {
  private find: FindOffice = () => Promise.resolve(null);

  register(find: FindOffice): void {
    this.find = find;
  }

  /** The reader's office; for somebody not signed in the one this installation serves. */
  of(reader: Reader | null): Promise<Office | null> {
    return this.find(reader);
  }
}
