declare const brand: unique symbol

/** A `Base` that only the file defining `Name` may create, so that two quantities of one base type cannot be mixed. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name }
