// What every table peer shares: the rows and their columns.

import { COLUMNS, offices, rows } from '../../data/offices.mjs';

export { COLUMNS };

/** Fresh copies each time, so that nothing a peer hangs on them stays. */
export const copies = (list) => list.map((row) => ({ ...row }));

/** Rows as `prepare` asks for them. */
export const rowsOf = ({ posts }) => rows(offices(posts)).map(({ id, ...row }) => ({ id, ...Object.fromEntries(COLUMNS.map(([name]) => [name, row[name]])) }));
