/**
 * Ids for the prints of one stream. A venue's own number is kept; where it gives none (or text), a print is numbered
 * among those of the same time, so that two equal prints stay two and reading the same history again adds none.
 */
export class PrintOrdinals {
  #time = Number.NaN
  #count = 0

  idOf(venueId: string | undefined, time: number): number {
    const number = venueId === undefined || venueId === '' ? Number.NaN : Number(venueId)
    if (Number.isSafeInteger(number)) return number
    this.#count = time === this.#time ? this.#count + 1 : 0
    this.#time = time
    return this.#count
  }
}
