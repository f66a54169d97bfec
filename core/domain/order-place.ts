/** Where a working order lives: in the service's own book, on its way to the venue, there, or nobody knows. */
export const orderPlaces = ['service', 'sending', 'venue', 'cancelling', 'unknown'] as const
export type OrderPlace = (typeof orderPlaces)[number]
