/** The environment variable that asks the program to print a page instead of opening its window. */
export const printVariable = 'TICKWRIGHT_PRINT'
