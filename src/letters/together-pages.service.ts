import { Injectable } from '@nestjs/common';
import type { Reader } from '../web/reader';
import { isPickedFor } from './desk-list';
import type { Letter } from './letter';
import { LetterChoice } from './letter-choice.service';
import { MAX_REASON, type ReasonNature } from './letter-reason';
import { ReasonCatalogue } from './reason-catalogue.service';

export interface TypedReason {
  ly_do: string;
  ly_do_mau: string;
  tinh_chat?: ReasonNature | null;
}

/** View models of the pages that do one thing to many letters. */
@Injectable()
export class TogetherPages {
  constructor(
    private readonly choice: LetterChoice,
    private readonly catalogue: ReasonCatalogue,
  ) {}

  async reason(reader: Reader, codes: string[], typed: TypedReason | null): Promise<object> {
    const chosen = await this.choice.of(reader, codes);
    const form = {
      ly_do: typed?.ly_do ?? '',
      ly_do_mau: typed?.ly_do_mau ?? '',
      nature: typed?.tinh_chat ?? null,
    };
    return {
      ...split(chosen, isPickedFor['thieu-ly-do']),
      reasons: await this.catalogue.of(chosen[0]!.unitId),
      maxReason: MAX_REASON,
      form,
    };
  }

  async approval(reader: Reader, codes: string[]): Promise<object> {
    return split(await this.choice.of(reader, codes), isPickedFor['cho-duyet']);
  }
}

function split(chosen: Letter[], fits: (letter: Letter) => boolean) {
  const letters = chosen.filter(fits);
  const promises = letters.filter((l) => l.newDueAt !== null).length;
  return {
    letters: letters.map(line),
    count: letters.length,
    promises,
    leftOut: chosen.filter((l) => !fits(l)).map(line),
  };
}

export function line(letter: Letter) {
  const { code, applicantName: who, number, form, state, deadlineAt, newDueAt, reason } = letter;
  return { code, who, procedure: letter.procedureName, number, form, state, deadlineAt, newDueAt, reason };
}
