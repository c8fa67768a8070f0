import type { Reader } from '../web/reader';

/** The two fields of an audit record that say who; an API key has a name but no account. */
export const actorOf = (reader: Reader): { actor: string; userId: number | null } => ({
  actor: reader.kind === 'user' ? reader.name : `api-key:${reader.name}`,
  userId: reader.kind === 'user' ? reader.id : null,
});
