import type { Reader } from '../web/reader';

export interface Actor {
  actor: string;
  userId: number | null;
}

/** The two fields of an audit record that say who; an API key has a name but no account. */
export const actorOf = (reader: Reader): Actor => ({
  actor: reader.kind === 'user' ? reader.name : `api-key:${reader.name}`,
  userId: reader.kind === 'user' ? reader.id : null,
});
