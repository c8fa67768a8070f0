import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';

@Injectable()
export class LetterPromise {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  takeEffect(_tx: Tx, _letterIds: number[], _at: Date, _by: string): Promise<number> {
    return Promise.resolve(0);
  }
}
