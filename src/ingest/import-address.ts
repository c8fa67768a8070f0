/** Page of the imports; each one stands below it with its number. */
export const IMPORTS = '/quan-tri/nhap-ho-so';

export const runHref = (id: number): string => `${IMPORTS}/${id}`;
