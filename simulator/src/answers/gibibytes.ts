/** Sizes of the world are GiB; answers count bytes. */
export const bytes = (gibibytes: number): number => Math.round(gibibytes * 1024 ** 3);
