/** A text in both languages of the workstation. */
export interface BilingualText {
  readonly en: string
  readonly zh: string
}
