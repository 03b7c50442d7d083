/** A size for people: "12.4 GiB". */
export function inGiB(bytes: number): string {
  return `${Math.round((bytes / gibibyte) * 10) / 10} GiB`;
}

export const gibibyte = 1024 ** 3;
